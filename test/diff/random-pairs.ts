import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { diffContracts, verdictOf } from "../../src/diff/index.ts";
import { isObject, mapSubschemas } from "../../src/json/index.ts";
import type { Change, Contract, Json, JsonObject, Schema } from "../../src/model/index.ts";
import { randomSample } from "../../src/samples/index.ts";
import { Random } from "../fuzz/random.ts";
import { INHERITED_NAMES, type RandomSchemas, randomSchemas } from "../fuzz/random-schema.ts";
import { sideOf } from "./helpers.ts";

/** Pairs of schemas are the webhooks of two documents, since reading a document costs more than a schema. */
const PAIRS_PER_ROUND = 40;

export interface RandomPair {
  readonly base: Schema;
  readonly revision: Schema;
  readonly named: RandomSchemas["named"];
  readonly changes: readonly Change[];
  /** The same, the other way round. */
  readonly backward: readonly Change[];
  /** The same schema in other places: JSON in a string, a header, and what receivers answer, which is told the other way round. */
  readonly elsewhere: readonly { readonly place: string; readonly changes: readonly Change[] }[];
  /** Payloads that keep to the revision, and whether they keep to the base. */
  readonly payloads: readonly { readonly value: Json; readonly isAllowed: boolean }[];
}

/** Schemas with a change or several in them, how they were compared, and payloads of the revision; the same for the same seed. */
export async function randomPairs(
  seed: number,
  round: number,
  { payloads }: { readonly payloads: (verdict: ReturnType<typeof verdictOf>) => number },
): Promise<readonly RandomPair[]> {
  const random = new Random(seed, round);
  const { named, payloads: bases } = withPlainNames(randomSchemas(random, PAIRS_PER_ROUND));
  const revisions = bases.map((schema) => changed(schema, random));
  const base = await sideOf(documentWith(named, bases));
  const revision = await sideOf(documentWith(named, revisions));
  const forward = byWebhook(diffContracts({ base, revision }));
  const backward = byWebhook(diffContracts({ base: revision, revision: base }));
  const judges = { base: judgeOf(base.contract), revision: judgeOf(revision.contract) };
  return bases.map((schema, index): RandomPair => {
    const name = `w${index}`;
    const told = (changes: typeof forward, prefix: string) => changes.get(`${prefix}${index}`) ?? [];
    const changes = forward.get(name) ?? [];
    const ours = judges.base(payloadOf(base.contract, name));
    const theirs = judges.revision(payloadOf(revision.contract, name));
    const values = Array.from({ length: payloads(verdictOf(changes)) }, () =>
      randomSample(revision.contract, payloadOf(revision.contract, name), () => random.fraction()),
    ).flatMap((sample) => (sample.ok && theirs(sample.value) === true ? [sample.value] : []));
    return {
      base: schema,
      revision: revisions[index] ?? true,
      named,
      changes,
      backward: backward.get(name) ?? [],
      elsewhere: [
        { place: "JSON in a string", changes: told(forward, "c") },
        { place: "a header", changes: told(forward, "h") },
        { place: "a reply", changes: told(backward, "r") },
      ],
      payloads: values.map((value) => ({ value, isAllowed: ours(value) !== false })),
    };
  });
}

function byWebhook(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const found = new Map<string, Change[]>();
  for (const change of changes) found.set(change.webhook, [...(found.get(change.webhook) ?? []), change]);
  return found;
}

function documentWith(components: RandomSchemas["named"], payloads: readonly Schema[]): Record<string, unknown> {
  const webhooks = Object.fromEntries(
    payloads.flatMap((schema, index) => [
      webhook(`w${index}`, { payload: { properties: { value: schema } } }),
      webhook(`c${index}`, {
        payload: {
          properties: { value: { type: "string", contentMediaType: "application/json", contentSchema: schema } },
        },
      }),
      webhook(`h${index}`, { payload: true, header: schema }),
      webhook(`r${index}`, { payload: true, reply: { properties: { value: schema } } }),
    ]),
  );
  return { openapi: "3.1.0", info: { title: "T", version: "1" }, webhooks, components: { schemas: components } };
}

function webhook(
  name: string,
  { payload, header, reply }: { readonly payload: Schema; readonly header?: Schema; readonly reply?: Schema },
): readonly [string, object] {
  const content = (schema: Schema) => ({ content: { "application/json": { schema } } });
  const parameters = header === undefined ? [] : [{ name: "X-Value", in: "header", schema: header }];
  const responses = reply === undefined ? {} : { "200": { description: "", ...content(reply) } };
  // Without it, a webhook may be called after a constant of its payload.
  return [name, { post: { "x-webhook-name": name, parameters, requestBody: content(payload), responses } }];
}

function payloadOf({ webhooks }: Contract, name: string): Schema {
  return webhooks.find((webhook) => webhook.name === name)?.payload ?? true;
}

/** AJV's verdict. A `oneOf` is read as `anyOf`: that several alternatives hold is no promise that anybody builds on. */
function judgeOf(contract: Contract): (schema: Schema) => (value: Json) => boolean | null {
  const ajv = new Ajv2020.default({ strict: false, allErrors: false, validateFormats: true, logger: false });
  addFormats.default(ajv);
  const schemas = Object.fromEntries(Object.entries(contract.schemas).map(([key, schema]) => [key, inclusive(schema)]));
  return (schema) => {
    const validate = ajv.compile({ schemas, allOf: [inclusive(schema)] });
    return (value) => {
      try {
        return validate(value);
      } catch {
        // Its own code fails on some schemas with `unevaluatedProperties`; then it has no verdict.
        return null;
      }
    };
  };
}

function inclusive(schema: Schema): Schema {
  if (!isObject(schema)) return schema;
  const { oneOf, ...rest } = mapSubschemas(schema, inclusive as never) as JsonObject;
  if (oneOf === undefined) return rest;
  return rest["anyOf"] === undefined
    ? { ...rest, anyOf: oneOf }
    : { ...rest, allOf: [rest["allOf"] ?? [], { anyOf: oneOf }].flat() };
}

/** A schema with a keyword less, or more, or another part, at one or two places. */
export function changed(schema: Schema, random: Random): Schema {
  let result = schema;
  for (let left = random.integer(1, 2); left > 0; left--) result = changedOnce(result, random);
  return result;
}

function changedOnce(schema: Schema, random: Random): Schema {
  if (!isObject(schema) || random.chance(0.05)) return fresh(random);
  const inner: Schema[] = [];
  mapSubschemas(schema, (part) => {
    inner.push(part as Schema);
    return part;
  });
  if (inner.length > 0 && random.chance(0.6)) {
    const chosen = random.integer(0, inner.length - 1);
    let index = 0;
    return mapSubschemas(schema, (part) => (index++ === chosen ? changedOnce(part as Schema, random) : part)) as Schema;
  }
  const keywords = Object.keys(schema);
  const lost = random.chance(0.5) ? random.pick(keywords) : undefined;
  const kept = Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== lost));
  const more = random.chance(0.6) ? fresh(random) : {};
  return isObject(more) ? { ...kept, ...more } : kept;
}

function fresh(random: Random): Schema {
  return withPlainNames(randomSchemas(random, 1)).payloads[0] ?? true;
}

/** AJV takes the names that every object inherits for properties of its own. */
function withPlainNames(schemas: RandomSchemas): RandomSchemas {
  let text = JSON.stringify(schemas);
  for (const [name, other] of INHERITED_NAMES) text = text.replaceAll(JSON.stringify(name), JSON.stringify(other));
  return JSON.parse(text) as RandomSchemas;
}

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { getAt, mapSubschemas, parsePointer, setOwn } from "../../src/json/index.ts";
import type { Json, JsonObject, OutputFile, Schema } from "../../src/model/index.ts";
import { emitContractFiles, emitRuntimeFiles, loadContract } from "../../src/pipeline.ts";
import { createMemoryReader } from "../../src/read/index.ts";
import type { Validator } from "../../src/runtime/types.ts";
import { ValueMaker } from "./guided-value.ts";
import { type Mutable, placesOf, removeAt, setAt, valueAt } from "./places.ts";
import { type Problem, thrown } from "./problem.ts";
import type { Counts } from "./protocol.ts";
import { Random } from "./random.ts";
import { INHERITED_NAMES, type RandomSchemas, randomSchemas } from "./random-schema.ts";

/** So many schemas are the webhooks of one document, since reading and emitting a document costs more than a schema. */
export const SCHEMAS_PER_ROUND = 50;
const VALUES_PER_SCHEMA = 30;

/** A schema and a value on which the emitted validator and AJV do not agree, with all that the schema refers to. */
interface Disagreement {
  readonly named: Readonly<Record<string, Schema>>;
  readonly schema: Schema;
  readonly value: Json;
}

export interface Round {
  readonly problems: readonly Problem[];
  readonly counts: Counts;
}

/** Compares emitted validators with AJV itself: random schemas as the webhooks of a document, random values. */
export class ValidatorComparison {
  readonly #root: string;
  #folders = 0;
  #runtime: Promise<void> | undefined;

  /** @param root  an empty folder */
  constructor(root: string) {
    this.#root = root;
  }

  /** One round of many schemas; the same for the same seed and index. */
  async round(seed: number, index: number): Promise<Round> {
    const random = new Random(seed, index);
    const schemas = randomSchemas(random, SCHEMAS_PER_ROUND);
    const counts = { schemas: 0, values: 0, valid: 0, withoutReference: 0 };
    const problems: Problem[] = [];
    try {
      const validators = await this.#validatorsOf(schemas);
      const judge = authority(schemas.named);
      const values = new ValueMaker(random, (ref) => lookUp(schemas.named, ref));
      for (const [number, schema] of schemas.payloads.entries()) {
        const validate = validators[number] as Validator;
        const reference = judge(schema);
        counts.schemas++;
        let isReported = false;
        for (let left = VALUES_PER_SCHEMA; left > 0; left--) {
          const value = values.make(schema);
          const wanted = reference(value);
          counts.values++;
          if (wanted === null) counts.withoutReference++;
          if (wanted === true) counts.valid++;
          const problem = wanted === null || isReported ? null : compare({ validate, schema }, value, wanted);
          if (problem === null) continue;
          isReported = true;
          const smallest = await this.#smallest({ named: schemas.named, schema, value });
          problems.push({ ...problem, text: `${problem.text}\n${JSON.stringify(smallest)}` });
        }
      }
    } catch (error) {
      problems.push(thrown("validators", error));
    }
    return { problems, counts };
  }

  /** The validators that are emitted for a document with these payloads, imported as a receiver would. */
  async #validatorsOf({ named, payloads }: RandomSchemas): Promise<readonly Validator[]> {
    const webhooks = Object.fromEntries(
      payloads.map((schema, index) => {
        const content = { "application/json": { schema: inBody(schema) } };
        // Without it, a webhook may be called after a constant of its payload.
        return [`w${index}`, { post: { "x-webhook-name": `w${index}`, requestBody: { content } } }];
      }),
    );
    const document = { openapi: "3.1.0", info: { title: "T", version: "1" }, webhooks, components: { schemas: named } };
    const reader = createMemoryReader({ "openapi.json": JSON.stringify(document) }, { cwd: "/w" });
    const { value, diagnostics } = await loadContract("openapi.json", { cwd: "/w", reader, id: "case" });
    if (value === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
    const emitted = await emitContractFiles(value.contract, {});
    const unusable = emitted.diagnostics.filter(({ code }) => /not-usable$/.test(code));
    if (unusable.length > 0) throw new Error(unusable.map(({ message }) => message).join("\n"));
    this.#runtime ??= emitRuntimeFiles().then((files) => this.#write("runtime", files));
    await this.#runtime;
    const folder = String(this.#folders++);
    this.#write(folder, emitted.value);
    const validators: Validator[] = [];
    for (const index of payloads.keys()) {
      const webhook = value.contract.webhooks.find(({ name }) => name === `w${index}`);
      if (webhook === undefined) throw new Error(`the webhook w${index} is not in the contract`);
      const file = join(this.#root, folder, "validators", `${webhook.key}.js`);
      const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { readonly validate: Validator };
      validators.push(module.validate);
    }
    rmSync(join(this.#root, folder), { recursive: true });
    return validators;
  }

  #write(folder: string, files: readonly OutputFile[]): void {
    for (const { path, text } of files) {
      const file = join(this.#root, folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** Leaves out, one by one, whatever the two still disagree without. */
  async #smallest(found: Disagreement): Promise<Disagreement> {
    const whole = JSON.parse(JSON.stringify(found)) as { [key: string]: Mutable };
    const disagree = async () => {
      const { named, schema, value } = whole as unknown as Disagreement;
      try {
        const wanted = authority(named)(schema)(value);
        const [validate] = await this.#validatorsOf({ named, payloads: [schema] });
        return wanted !== null && validate !== undefined && compare({ validate, schema }, value, wanted) !== null;
      } catch {
        return false;
      }
    };
    const until = Date.now() + SMALLEST_MILLISECONDS;
    for (let shrunk = true; shrunk; ) {
      shrunk = false;
      for (const place of placesOf(whole)) {
        if (Date.now() > until) return whole as unknown as Disagreement;
        if (place.holder === whole && place.key !== "schema") continue;
        const isThere = Array.isArray(place.holder)
          ? Number(place.key) < place.holder.length
          : Object.hasOwn(place.holder, place.key);
        if (!isThere) continue;
        const before = valueAt(place);
        if (place.holder !== whole) {
          const kept = Array.isArray(place.holder) ? [...place.holder] : { ...place.holder };
          removeAt(place);
          if (await disagree()) {
            shrunk = true;
            continue;
          }
          restore(place.holder, kept);
        }
        if (typeof before === "boolean" || JSON.stringify(before).length <= 2) continue;
        for (const simpler of [true, false, ...(Array.isArray(before) ? [[]] : [{}])]) {
          setAt(place, simpler as Mutable);
          if (await disagree()) {
            shrunk = true;
            break;
          }
          setAt(place, before);
        }
      }
    }
    return whole as unknown as Disagreement;
  }
}

const SMALLEST_MILLISECONDS = 20_000;

function restore(holder: Mutable[] | { [key: string]: Mutable }, kept: Mutable[] | { [key: string]: Mutable }): void {
  if (Array.isArray(holder)) holder.splice(0, holder.length, ...(kept as Mutable[]));
  else {
    for (const key of Object.keys(holder)) delete holder[key];
    for (const [key, value] of Object.entries(kept)) setOwn(holder, key, value);
  }
}

/** Whether a payload may be taken for several events, or for nothing but a name: then it stands in a property. */
function isWrapped(schema: Schema): boolean {
  return typeof schema === "object" && ["$ref", "allOf", "anyOf", "oneOf"].some((word) => Object.hasOwn(schema, word));
}

function inBody(schema: Schema): Schema {
  return isWrapped(schema) ? { required: ["body"], properties: { body: schema as JsonObject } } : schema;
}

/** What is wrong with the verdict of an emitted validator. */
function compare(
  { validate, schema }: { validate: Validator; schema: Schema },
  value: Json,
  wanted: boolean,
): Problem | null {
  const body = isWrapped(schema) ? { body: value } : value;
  const before = JSON.stringify(body);
  const keyword = () => validate.errors?.[0]?.keyword ?? "none";
  try {
    const said = validate(body);
    if (!said && keyword() === "unevaluatedProperties" && before.includes('"__proto__":')) {
      // AJV joins the notes of alternatives in plain objects, which cannot hold that name: it is refused where in doubt.
      return null;
    }
    if (said !== wanted) {
      const kind = said ? "a validator takes what AJV refuses" : `a validator refuses what AJV takes (${keyword()})`;
      return { kind, text: before };
    }
    if (!said && keyword() === "none") return { kind: "a validator refuses and does not say why", text: before };
  } catch (error) {
    return thrown("a validator", error);
  }
  return JSON.stringify(body) === before ? null : { kind: "a validator changes the value", text: before };
}

function lookUp(named: Readonly<Record<string, Schema>>, ref: string): Schema | undefined {
  const tokens = parsePointer(decodeURIComponent(ref.slice("#/components/schemas".length)));
  return tokens === null ? undefined : (getAt(named as JsonObject, tokens) as Schema | undefined);
}

/**
 * The same schema in other words, where `contains` wants an item: AJV takes an empty array for what the one before it was
 * where they stand in one list, and for good beside `prefixItems`.
 */
function withoutEmptyArrays(schema: Schema): Schema {
  if (typeof schema === "boolean") return schema;
  const { contains, minContains, minItems } = schema;
  const wanted = contains === undefined || minContains === 0 || (typeof minItems === "number" && minItems > 0);
  return mapSubschemas({ ...schema, ...(wanted ? {} : { minItems: 1 }) }, withoutEmptyArrays);
}

/**
 * AJV as its own documentation says to run it, on names that no object inherits.
 * @returns for a schema and a value its verdict; null where it has none.
 */
function authority(named: Readonly<Record<string, Schema>>): (schema: Schema) => (value: Json) => boolean | null {
  const mended = Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, withoutEmptyArrays(schema)]));
  const judges = [false, true].map((allErrors) => {
    const ajv = new Ajv2020.default({ strict: false, logger: false, allErrors });
    addFormats.default(ajv, { mode: "full" });
    ajv.addSchema({ $id: "doc", components: { schemas: renamed(mended as JsonObject) } } as JsonObject);
    return ajv;
  });
  return (schema) => {
    const text = JSON.stringify(renamed(withoutEmptyArrays(schema))).replaceAll('"#/components/', '"doc#/components/');
    const validators = judges.map((ajv) => ajv.compile(JSON.parse(text) as Schema));
    return (value) => {
      try {
        const [first, second] = validators.map((validate) => validate(renamed(value)) === true);
        // Beside contradictions (`not: true`) it loses its notes for `unevaluated…`: it throws, or does not agree with
        // itself, and has no judgement then.
        return first === second ? (first ?? null) : null;
      } catch (error) {
        if (error instanceof TypeError || error instanceof ReferenceError) return null;
        throw error;
      }
    };
  };
}

/** A copy in which neither members nor texts have a name that every object inherits. */
function renamed(value: Json): Json {
  if (typeof value === "string") return INHERITED_NAMES.get(value) ?? value;
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) copy[INHERITED_NAMES.get(key) ?? key] = renamed(member);
  return copy;
}

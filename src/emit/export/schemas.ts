import { eachSubschema, isObject, mapSubschemas, parsePointer, setOwn } from "../../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../../model/index.ts";
import { Keys, toComponentKey } from "./keys.ts";

const PREFIX = "#/schemas/";

/** The key that a contract's `$ref` names; null where it is none of a contract. */
export function keyOfReference(ref: Json | undefined): string | null {
  if (typeof ref !== "string" || !ref.startsWith(PREFIX)) return null;
  return parsePointer(`/${ref.slice(PREFIX.length)}`)?.join("/") ?? null;
}

/** A schema of a contract; undefined where there is none of this key. */
export function schemaOf(contract: Contract, key: string): Schema | undefined {
  return Object.hasOwn(contract.schemas, key) ? contract.schemas[key] : undefined;
}

/** The named schemas that some schemas refer to, directly or not; sorted by key. */
export function reachableSchemas(contract: Contract, from: readonly Schema[]): readonly string[] {
  const found = new Set<string>();
  const pending: Schema[] = [...from];
  for (let schema = pending.pop(); schema !== undefined; schema = pending.pop()) {
    for (const key of referencesIn(schema)) {
      if (found.has(key)) continue;
      const target = schemaOf(contract, key);
      if (target === undefined) continue;
      found.add(key);
      pending.push(target);
    }
  }
  return [...found].sort();
}

/** Every schema that a contract's webhooks use themselves. */
export function schemasOfWebhooks({ webhooks }: Contract): readonly Schema[] {
  return webhooks.flatMap(({ headers, payload, replies }) => [
    payload,
    ...(headers === undefined ? [] : [headers]),
    ...replies.flatMap((reply) => [reply.payload ?? [], reply.headers ?? []].flat() as Schema[]),
  ]);
}

/** How the named schemas of a contract are called in a document, by their key in the contract. */
export function schemaNames(keys: readonly string[], reserved: readonly string[] = []): ReadonlyMap<string, string> {
  const taken = new Keys(reserved);
  return new Map(keys.map((key) => [key, taken.take(toComponentKey(key))]));
}

/** Rewrites one schema object whose subschemas have been rewritten already. */
export type Rewrite = (schema: JsonObject) => Schema;

/**
 * Copies a schema for a document: each `$ref`, and each target of a discriminator's `mapping`, becomes what `referTo` makes
 * of its key; then `rewrite` has its turn, inner schemas first. Data (`const`, `examples`) stays as it is.
 */
export function copySchema(
  schema: Schema,
  referTo: (key: string) => string,
  rewrite: Rewrite = (same) => same,
): Schema {
  if (!isObject(schema)) return schema;
  const copy: Record<string, Json> = {};
  const mapped = mapSubschemas(schema, (subschema) => copySchema(subschema, referTo, rewrite));
  for (const [keyword, value] of Object.entries(mapped)) {
    if (keyword === "$ref") setOwn(copy, keyword, reference(value, referTo));
    else if (keyword === "discriminator") setOwn(copy, keyword, withMapping(value, referTo));
    else setOwn(copy, keyword, value);
  }
  return rewrite(copy);
}

function reference(ref: Json, referTo: (key: string) => string): Json {
  const key = keyOfReference(ref);
  return key === null ? ref : referTo(key);
}

function withMapping(discriminator: Json, referTo: (key: string) => string): Json {
  if (!isObject(discriminator) || !isObject(discriminator["mapping"])) return discriminator;
  const mapping: Record<string, Json> = {};
  for (const [value, target] of Object.entries(discriminator["mapping"])) {
    setOwn(mapping, value, reference(target, referTo));
  }
  return { ...discriminator, mapping };
}

function referencesIn(schema: Schema): readonly string[] {
  if (!isObject(schema)) return [];
  const found: string[] = [];
  const add = (ref: Json | undefined) => {
    const key = keyOfReference(ref);
    if (key !== null) found.push(key);
  };
  add(schema["$ref"]);
  const { discriminator } = schema;
  if (isObject(discriminator) && isObject(discriminator["mapping"])) {
    for (const target of Object.values(discriminator["mapping"])) add(target);
  }
  eachSubschema(schema, (subschema) => {
    found.push(...referencesIn(subschema));
  });
  return found;
}

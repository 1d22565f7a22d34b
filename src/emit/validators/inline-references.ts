import { isObject, mapSubschemas, setOwn } from "../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../model/index.ts";
import { keyOfReference } from "../decoded-schemas.ts";

/** A schema of at most so many keywords costs less where it is used than as a call. */
const KEYWORDS_MAX = 6;

/** References that are followed one inside the other; a hostile document has chains that would end the stack. */
const CHAIN_MAX = 100;

export interface InlinedSchemas {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly payloads: readonly Schema[];
}

/**
 * Writes named schemas into the places that refer to them where that makes the validators no larger: small ones without
 * references of their own, and those that one place only refers to. What is recursive, or large and shared, stays a
 * reference and becomes a function that is called.
 */
export function inlineReferences(
  schemas: Readonly<Record<string, Schema>>,
  payloads: readonly Schema[],
): InlinedSchemas {
  const uses = countUses(schemas, payloads);
  const inlined = new Map<string, Schema>();
  const open = new Set<string>();
  return {
    payloads: payloads.map(inline),
    schemas: Object.fromEntries(Object.keys(schemas).map((key) => [key, inlinedSchema(key)])),
  };

  function inlinedSchema(key: string): Schema {
    const known = inlined.get(key);
    if (known !== undefined) return known;
    open.add(key);
    const schema = inline(schemas[key] ?? true);
    open.delete(key);
    inlined.set(key, schema);
    return schema;
  }

  function inline(schema: Schema): Schema {
    if (!isObject(schema)) return schema;
    const copy = mapSubschemas(schema, inline);
    const key = keyOfReference(copy["$ref"]);
    if (key === null || !Object.hasOwn(schemas, key) || open.has(key) || open.size >= CHAIN_MAX) return copy;
    const target = inlinedSchema(key);
    const isSmall = sizeOf(target) <= KEYWORDS_MAX;
    if (!isSmall && (uses.get(key) ?? 0) > 1) return copy;
    return replaceReference(copy, target);
  }
}

/** The target in place of the `$ref`; beside other keywords it stands in an `allOf`, so that neither hides the other's. */
function replaceReference(schema: JsonObject, target: Schema): Schema {
  const { $ref: _, ...siblings } = schema;
  if (Object.keys(siblings).length === 0) return target;
  if (target === true) return siblings;
  const allOf = Array.isArray(siblings["allOf"]) ? siblings["allOf"] : [];
  const copy: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(siblings)) setOwn(copy, keyword, value);
  copy["allOf"] = [target, ...allOf];
  return copy;
}

/** How many places refer to each schema, counted once for each place that is reached. */
function countUses(
  schemas: Readonly<Record<string, Schema>>,
  payloads: readonly Schema[],
): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const pending: Schema[] = [...payloads];
  for (let schema = pending.pop(); schema !== undefined; schema = pending.pop()) {
    if (!isObject(schema)) continue;
    const key = keyOfReference(schema["$ref"]);
    if (key !== null) {
      const count = uses.get(key) ?? 0;
      uses.set(key, count + 1);
      if (count === 0) pending.push(schemas[key] ?? true);
    }
    mapSubschemas(schema, (part) => {
      pending.push(part);
      return part;
    });
  }
  return uses;
}

/** The number of keywords in a schema and the schemas in it; infinite with a reference. */
function sizeOf(schema: Schema): number {
  if (!isObject(schema)) return 0;
  if (schema["$ref"] !== undefined) return Number.POSITIVE_INFINITY;
  let size = Object.keys(schema).length;
  mapSubschemas(schema, (part) => {
    size += sizeOf(part);
    return part;
  });
  return size;
}

import { isArray, isObject, setOwn } from "../json/index.ts";
import type { Json, JsonObject } from "../model/index.ts";

/**
 * Rewrites one schema object (not the schemas in it) into the words of draft 2020-12, so that nothing after this stage
 * knows another dialect: OpenAPI 3.0's `nullable`, `example` and boolean bounds, draft-07's lists of items and `dependencies`,
 * AsyncAPI's `discriminator` that is a name. Documents use these words also where their version has no such word, and mean
 * the same by them, so one rule serves all.
 * @see https://json-schema.org/draft/2020-12/release-notes
 * @see https://spec.openapis.org/oas/v3.0.4.html#fixed-fields-for-use-with-schemas
 */
export function toDraft2020(schema: JsonObject): JsonObject {
  const copy: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(schema)) convertKeyword(copy, keyword, value, schema);
  return schema["nullable"] === true ? withNull(copy) : copy;
}

function convertKeyword(copy: Record<string, Json>, keyword: string, value: Json, schema: JsonObject): void {
  switch (keyword) {
    case "nullable":
      return;
    case "items":
      if (!isArray(value)) break;
      setOwn(copy, "prefixItems", value);
      if (schema["additionalItems"] !== undefined) setOwn(copy, "items", schema["additionalItems"]);
      return;
    case "additionalItems":
      // Only means something beside a list of items, where the branch above has read it.
      return;
    case "dependencies":
      if (!isObject(value)) break;
      convertDependencies(copy, value);
      return;
    case "discriminator":
      if (typeof value !== "string") break;
      setOwn(copy, "discriminator", { propertyName: value });
      return;
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      if (typeof value !== "boolean") break;
      convertBound(copy, keyword, value, schema);
      return;
    case "minimum":
      if (schema["exclusiveMinimum"] === true) return;
      break;
    case "maximum":
      if (schema["exclusiveMaximum"] === true) return;
      break;
    case "example":
      if (!isArray(schema["examples"])) setOwn(copy, "examples", [value]);
      return;
  }
  setOwn(copy, keyword, value);
}

/** `minimum: 0, exclusiveMinimum: true` is `exclusiveMinimum: 0`. */
function convertBound(copy: Record<string, Json>, keyword: string, isExclusive: boolean, schema: JsonObject): void {
  const bound = schema[keyword === "exclusiveMinimum" ? "minimum" : "maximum"];
  if (isExclusive && typeof bound === "number") setOwn(copy, keyword, bound);
}

function convertDependencies(copy: Record<string, Json>, dependencies: JsonObject): void {
  const required: Record<string, Json> = {};
  const schemas: Record<string, Json> = {};
  for (const [name, value] of Object.entries(dependencies)) setOwn(isArray(value) ? required : schemas, name, value);
  if (Object.keys(required).length > 0) setOwn(copy, "dependentRequired", required);
  if (Object.keys(schemas).length > 0) setOwn(copy, "dependentSchemas", schemas);
}

const NOT_ASSERTED_OF_NULL: ReadonlySet<string> = new Set(["$ref", "allOf", "anyOf", "const", "not", "oneOf"]);

/**
 * `nullable: true`. Beside a `type` it adds one; beside references and compositions, which speak of null too, null is an
 * alternative to the whole. An `enum` without null would take back what `nullable` gives, which no author means.
 */
function withNull(schema: Record<string, Json>): JsonObject {
  const values = schema["enum"];
  if (isArray(values) && !values.includes(null)) schema["enum"] = [...values, null];
  if (Object.keys(schema).some((keyword) => NOT_ASSERTED_OF_NULL.has(keyword))) return orNull(schema);
  const type = schema["type"];
  if (typeof type === "string" && type !== "null") schema["type"] = [type, "null"];
  if (isArray(type) && !type.includes("null")) schema["type"] = [...type, "null"];
  return schema;
}

/** What describes the schema stays in front, where readers look for it. */
function orNull(schema: JsonObject): JsonObject {
  const { title, description, deprecated, examples, default: fallback, ...rest } = schema;
  const notes = Object.fromEntries(
    Object.entries({ title, description, deprecated, examples, default: fallback }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as JsonObject;
  return { ...notes, anyOf: [rest, { type: "null" }] };
}

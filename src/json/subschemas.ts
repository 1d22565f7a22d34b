import { isObject, type JsonRecord, type JsonValue, setOwn } from "./is.ts";

/**
 * Where JSON Schema keeps schemas inside a schema: under a keyword directly, in a list, or in a map by name.
 * Draft-07 words stand beside 2020-12's, since documents mix them.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-10
 */
const KEYWORDS_WITH_SCHEMA: ReadonlySet<string> = new Set([
  "additionalItems",
  "additionalProperties",
  "contains",
  "contentSchema",
  "else",
  "if",
  "items",
  "not",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
]);
const KEYWORDS_WITH_LIST: ReadonlySet<string> = new Set(["allOf", "anyOf", "items", "oneOf", "prefixItems"]);
const KEYWORDS_WITH_MAP: ReadonlySet<string> = new Set([
  "$defs",
  "definitions",
  "dependencies",
  "dependentSchemas",
  "patternProperties",
  "properties",
]);

/** Whether a value can be a schema: an object, or `true`/`false`. */
export function isSchema(value: JsonValue | undefined): value is JsonRecord | boolean {
  return typeof value === "boolean" || isObject(value);
}

/** A schema inside another, with the keyword path that leads to it: `["properties", "id"]`, `["items"]`. */
export type SubschemaVisitor = (subschema: JsonRecord | boolean, path: readonly string[]) => void;

/** Visits the direct subschemas of one schema object, in document order. What is no schema where one belongs is passed over. */
export function eachSubschema(schema: JsonRecord, visit: SubschemaVisitor): void {
  mapSubschemas(schema, (subschema, path) => {
    visit(subschema, path);
    return subschema;
  });
}

/**
 * Copies one schema object with each direct subschema replaced by what `map` makes of it; `undefined` leaves it out.
 * The order of keys is kept; everything else is shared with the original.
 */
export function mapSubschemas(
  schema: JsonRecord,
  map: (subschema: JsonRecord | boolean, path: readonly string[]) => JsonValue | undefined,
): JsonRecord {
  const copy: Record<string, JsonValue> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    const mapped = mapKeyword(keyword, value, map);
    if (mapped !== undefined) setOwn(copy, keyword, mapped);
  }
  return copy;
}

function mapKeyword(
  keyword: string,
  value: JsonValue,
  map: (subschema: JsonRecord | boolean, path: readonly string[]) => JsonValue | undefined,
): JsonValue | undefined {
  if (KEYWORDS_WITH_LIST.has(keyword) && Array.isArray(value)) {
    return value.flatMap((item: JsonValue, index) => {
      const mapped = isSchema(item) ? map(item, [keyword, String(index)]) : item;
      return mapped === undefined ? [] : [mapped];
    });
  }
  if (KEYWORDS_WITH_SCHEMA.has(keyword) && isSchema(value)) return map(value, [keyword]);
  if (KEYWORDS_WITH_MAP.has(keyword) && isObject(value)) {
    const copy: Record<string, JsonValue> = {};
    for (const [name, item] of Object.entries(value)) {
      const mapped = isSchema(item) ? map(item, [keyword, name]) : item;
      if (mapped !== undefined) setOwn(copy, name, mapped);
    }
    return copy;
  }
  return value;
}

/**
 * Copies one schema object so that there is a schema wherever a keyword wants one. What is none becomes `true` under a
 * name or at an index that counts; a list's other members and whole keywords are left out.
 * @param onMisfit  is told of each such place by its keyword path
 */
export function withoutMisfits(schema: JsonRecord, onMisfit: (path: readonly string[]) => void): JsonRecord {
  const copy: Record<string, JsonValue> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    const fitting = fittingValue(keyword, value, (...path) => onMisfit([keyword, ...path]));
    if (fitting !== undefined) setOwn(copy, keyword, fitting);
  }
  return copy;
}

function fittingValue(
  keyword: string,
  value: JsonValue,
  onMisfit: (...path: readonly string[]) => void,
): JsonValue | undefined {
  if (KEYWORDS_WITH_LIST.has(keyword) && Array.isArray(value)) {
    const isIndexed = keyword === "items" || keyword === "prefixItems";
    const list = value.flatMap((item: JsonValue, index) => {
      if (isSchema(item)) return [item];
      onMisfit(String(index));
      return isIndexed ? [true] : [];
    });
    return list.length === 0 && value.length > 0 ? undefined : list;
  }
  if (KEYWORDS_WITH_MAP.has(keyword) && isObject(value)) {
    const copy: Record<string, JsonValue> = {};
    for (const [name, item] of Object.entries(value)) {
      const isList = keyword === "dependencies" && Array.isArray(item);
      if (!isSchema(item) && !isList) onMisfit(name);
      setOwn(copy, name, isSchema(item) || isList ? item : true);
    }
    return copy;
  }
  if (!KEYWORDS_WITH_LIST.has(keyword) && !KEYWORDS_WITH_MAP.has(keyword) && !KEYWORDS_WITH_SCHEMA.has(keyword))
    return value;
  if (KEYWORDS_WITH_SCHEMA.has(keyword) && isSchema(value)) return value;
  onMisfit();
  return undefined;
}

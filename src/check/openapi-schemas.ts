import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AnySchemaObject } from "ajv";
import { isArray, isObject, type JsonRecord, type JsonValue } from "../json/index.ts";

/** Versions whose official schema is at hand. */
export type OpenApiVersion = "3.0" | "3.1" | "3.2";

/** The dialect of Schema Objects since OpenAPI 3.1; its own `…/dialect/…` adds annotations to it. */
export const JSON_SCHEMA_2020_12 = "https://json-schema.org/draft/2020-12/schema";

/**
 * The official schema of OpenAPI, as JSON Schema 2020-12.
 * @param checkSchemas  3.1 and later: look into Schema Objects too, which the official schema leaves open.
 * @see https://spec.openapis.org/#openapi-specification-schemas
 */
export function openApiSchema(
  version: OpenApiVersion,
  { checkSchemas }: { readonly checkSchemas: boolean },
): AnySchemaObject {
  const require = createRequire(import.meta.url);
  const path = require.resolve(`@seriousme/openapi-schema-validator/schemas/v${version}/schema.json`);
  const official: JsonRecord = JSON.parse(readFileSync(path, "utf8"));
  if (version === "3.0") return convertDraft04(official) as AnySchemaObject;
  return checkSchemas ? withSchemaObjects(official) : official;
}

/** The hook that the official schema has for a dialect: whatever `#meta` is, is what a Schema Object must be. */
function withSchemaObjects(official: JsonRecord): AnySchemaObject {
  const definitions = official["$defs"] as JsonRecord;
  const schema = { ...(definitions["schema"] as JsonRecord), $ref: JSON_SCHEMA_2020_12 };
  return { ...official, $defs: { ...definitions, schema } };
}

/**
 * Says the draft-04 schema of OpenAPI 3.0 in 2020-12. Alternatives that a property decides (`$ref` or not; a security
 * scheme's `type`; a parameter's `in`) become conditions, which accept the same documents and fail with the errors of the
 * one alternative that was meant.
 */
function convertDraft04(official: JsonRecord): JsonValue {
  const definitions = official["definitions"] as JsonRecord;
  const convert = (value: JsonValue): JsonValue => {
    if (isArray(value)) return value.map(convert);
    if (!isObject(value)) return value;
    const copy: Record<string, JsonValue> = {};
    for (const [keyword, member] of Object.entries(value)) {
      if (keyword === "id" || keyword === "$schema") continue;
      if (keyword === "exclusiveMinimum" && member === true) copy["exclusiveMinimum"] = value["minimum"] ?? 0;
      else if (keyword === "minimum" && value["exclusiveMinimum"] === true) continue;
      else if (keyword === "oneOf" && isArray(member))
        Object.assign(copy, convertAlternatives(member, definitions, convert));
      else copy[keyword] = convert(member);
    }
    return copy;
  };
  return convert(official);
}

const REFERENCE = "#/definitions/Reference";

function convertAlternatives(
  alternatives: readonly JsonValue[],
  definitions: JsonRecord,
  convert: (value: JsonValue) => JsonValue,
): JsonRecord {
  const others = alternatives.filter((branch) => !isObject(branch) || branch["$ref"] !== REFERENCE);
  if (others.length < alternatives.length) {
    const rest = others.length === 1 ? convert(others[0] as JsonValue) : { anyOf: convert(others) };
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    return { if: { type: "object", required: ["$ref"] }, then: { $ref: REFERENCE }, else: rest };
  }
  for (const property of ["type", "in"]) {
    const values = alternatives.map((branch) => decidingValue(branch, property, definitions));
    if (values.includes(undefined)) continue;
    const conditions = alternatives.map((branch, index) => ({
      if: { type: "object", required: [property], properties: { [property]: { const: values[index] as string } } },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: convert(branch),
    }));
    return {
      type: "object",
      required: [property],
      properties: { [property]: { enum: values as string[] } },
      allOf: conditions,
    };
  }
  return { oneOf: convert(alternatives) };
}

/** The one value that a property has in an alternative. */
function decidingValue(branch: JsonValue, property: string, definitions: JsonRecord): string | undefined {
  if (!isObject(branch)) return undefined;
  const ref = branch["$ref"];
  const target = typeof ref === "string" ? definitions[ref.replace("#/definitions/", "")] : branch;
  const properties = isObject(target) ? target["properties"] : undefined;
  const schema = isObject(properties) ? properties[property] : undefined;
  const values = isObject(schema) ? schema["enum"] : undefined;
  return isArray(values) && values.length === 1 && typeof values[0] === "string" ? values[0] : undefined;
}

import { isObject, setOwn } from "../json/index.ts";
import type { Json, JsonObject } from "../model/index.ts";

/** The dialects in which descriptions write schemas. */
export type Dialect = "draft-07" | "2020-12";

/**
 * Rewrites one schema object (not the schemas in it) into the words of 2020-12, so that nothing after this stage
 * knows another dialect.
 * @see https://json-schema.org/draft/2020-12/release-notes
 */
export function toDraft2020(schema: JsonObject, dialect: Dialect): JsonObject {
  return dialect === "2020-12" ? schema : fromDraft07(schema);
}

/** AsyncAPI's Schema Object: draft-07 with a `discriminator` that is a property's name. */
function fromDraft07(schema: JsonObject): JsonObject {
  const copy: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === "items" && Array.isArray(value)) {
      setOwn(copy, "prefixItems", value);
      if (schema["additionalItems"] !== undefined) setOwn(copy, "items", schema["additionalItems"]);
    } else if (keyword === "additionalItems") {
      // Only means something beside a list of items, where the branch above has read it.
    } else if (keyword === "dependencies" && isObject(value)) {
      const [required, schemas] = splitDependencies(value);
      if (Object.keys(required).length > 0) setOwn(copy, "dependentRequired", required);
      if (Object.keys(schemas).length > 0) setOwn(copy, "dependentSchemas", schemas);
    } else if (keyword === "discriminator" && typeof value === "string") {
      setOwn(copy, "discriminator", { propertyName: value });
    } else {
      setOwn(copy, keyword, value);
    }
  }
  return copy;
}

function splitDependencies(dependencies: JsonObject): [Record<string, Json>, Record<string, Json>] {
  const required: Record<string, Json> = {};
  const schemas: Record<string, Json> = {};
  for (const [name, value] of Object.entries(dependencies)) {
    setOwn(Array.isArray(value) ? required : schemas, name, value);
  }
  return [required, schemas];
}

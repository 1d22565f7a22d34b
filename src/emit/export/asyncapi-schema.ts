import { isArray, isObject, isSchema, setOwn } from "../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../model/index.ts";

/**
 * Rewrites one schema object (not those in it) into the words of AsyncAPI's Schema Object, a superset of draft-07, where
 * draft 2020-12 has others: lists of items, `dependencies`, and the `discriminator` that is a name. Words that draft-07 has
 * nothing for (`unevaluatedProperties`, `contentSchema`) stay: who does not know them passes them over.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#schemaObject
 */
export function toAsyncApiSchema(schema: JsonObject): Schema {
  const copy: Record<string, Json> = {};
  const { prefixItems, items, dependentRequired, dependentSchemas } = schema;
  const hasList = isArray(prefixItems) && prefixItems.length > 0 && prefixItems.every(isSchema);
  const dependencies = mergeDependencies(dependentRequired, dependentSchemas);
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === "prefixItems" && hasList) setOwn(copy, "items", value);
    else if (keyword === "items" && hasList) continue;
    else if (dependencies !== null && (keyword === "dependentRequired" || keyword === "dependentSchemas")) {
      copy["dependencies"] = dependencies;
    } else if (keyword === "discriminator") {
      const name = isObject(value) ? value["propertyName"] : value;
      if (typeof name === "string") copy["discriminator"] = name;
    } else setOwn(copy, keyword, value);
  }
  if (hasList && items !== undefined) copy["additionalItems"] = items;
  return copy;
}

/** What of a schema object is in none of AsyncAPI's words. */
export function lostInAsyncApi({ discriminator }: JsonObject): string | null {
  if (!isObject(discriminator)) return null;
  const members = Object.keys(discriminator).filter((key) => key !== "propertyName");
  if (members.length > 0) return `the ${members.join(" and ")} of its discriminator`;
  return typeof discriminator["propertyName"] === "string" ? null : "its discriminator";
}

/** One map for both keywords; null where it would not be read as the two again. */
function mergeDependencies(required: Json | undefined, schemas: Json | undefined): JsonObject | null {
  const merged: Record<string, Json> = {};
  for (const [map, fits] of [
    [required, isArray],
    [schemas, isSchema],
  ] as const) {
    if (map === undefined) continue;
    if (!isObject(map) || Object.keys(map).length === 0) return null;
    for (const [name, value] of Object.entries(map)) {
      if (!fits(value) || Object.hasOwn(merged, name)) return null;
      setOwn(merged, name, value);
    }
  }
  return Object.keys(merged).length === 0 ? null : merged;
}

import { isArray, isJsonString, isObject, own } from "../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../model/index.ts";
import { listOf, memberSchemas, targetOf } from "../matchers/applying-schemas.ts";

type Schemas = Readonly<Record<string, Schema>>;

/** The names that a schema documents at a place, or null where it leaves open what may stand there. */
export type DocumentedNames = ReadonlySet<string> | null;

/**
 * The properties that any branch of a payload's schema documents at a place; JSON in strings is looked into.
 * @param path  names, and `*` for the items of a list
 */
export function documentedNames(payload: Schema, path: readonly string[], schemas: Schemas): DocumentedNames {
  let places = branchesOf([payload], schemas);
  for (const step of path) {
    const next: readonly Json[] = places.flatMap((schema): readonly Json[] =>
      step === "*"
        ? [...listOf(own(schema, "prefixItems")), own(schema, "items") ?? true]
        : memberSchemas(schema, step),
    );
    if (next.length === 0 || next.some((schema) => schema === true)) return null;
    places = branchesOf(next, schemas);
  }
  const names = new Set<string>();
  for (const schema of places) {
    const properties = own(schema, "properties");
    for (const name of isObject(properties) ? Object.keys(properties) : []) names.add(name);
    if (isOpen(schema)) return null;
  }
  // A schema that names nothing at all describes an object of whatever.
  return names.size === 0 ? null : names;
}

/** A map takes any name, or those of its patterns. */
function isOpen(schema: JsonObject): boolean {
  if (isObject(own(schema, "patternProperties"))) return true;
  return [own(schema, "additionalProperties"), own(schema, "unevaluatedProperties")].some(isObject);
}

function branchesOf(given: readonly Json[], schemas: Schemas): readonly JsonObject[] {
  const found = new Set<JsonObject>();
  const pending: (Json | undefined)[] = [...given];
  for (let next = pending.pop(); pending.length > 0 || next !== undefined; next = pending.pop()) {
    if (!isObject(next) || found.has(next)) continue;
    found.add(next);
    pending.push(targetOf(next, schemas), own(next, "then"), own(next, "else"));
    if (isJsonString(next)) pending.push(own(next, "contentSchema"));
    for (const word of ["allOf", "anyOf", "oneOf"]) {
      const branches = own(next, word);
      if (isArray(branches)) pending.push(...branches);
    }
    const dependent = own(next, "dependentSchemas");
    if (isObject(dependent)) pending.push(...Object.values(dependent));
  }
  return [...found];
}

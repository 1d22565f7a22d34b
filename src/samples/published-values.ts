import { isArray, isObject, isSchema, parseJson } from "../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../model/index.ts";
import { type Judge, schemasOf } from "./judge.ts";

/** Values looked at in one document's examples; a recursive schema and a long list do not go on for ever. */
const VISITS_MAX = 100_000;
/** Different values kept for one schema. */
const VALUES_MAX = 5;

/**
 * The scalars that the examples of a contract's webhooks have at each schema object, so that what is made looks like what
 * the sender shows.
 */
export function publishedValues(
  { webhooks }: Pick<Contract, "webhooks">,
  judge: Judge,
): (schema: JsonObject) => readonly Json[] {
  const values = new Map<JsonObject, Json[]>();
  let visitsLeft = VISITS_MAX;
  for (const { payload, headers, examples } of webhooks) {
    for (const example of examples) {
      walk(payload, example.payload);
      if (headers !== undefined && example.headers !== undefined) walk(headers, example.headers);
    }
  }
  return (schema) => values.get(schema) ?? [];

  function walk(schema: Schema, value: Json): void {
    for (const part of partsFor(schema, value)) {
      if (--visitsLeft < 0) return;
      if (isArray(value)) {
        const { prefixItems, items } = part;
        const first = schemasOf(prefixItems);
        for (const [index, item] of value.entries()) {
          const own = first[index] ?? items;
          if (isSchema(own)) walk(own as Schema, item);
        }
      } else if (isObject(value)) {
        for (const [name, member] of Object.entries(value)) {
          for (const one of judge.memberSchemas(part, name)) walk(one, member);
        }
      } else {
        note(part, value);
        const content = typeof value === "string" && isSchema(part["contentSchema"]) ? parseJson(value) : undefined;
        if (content !== undefined) walk(part["contentSchema"] as Schema, content);
      }
    }
  }

  function note(schema: JsonObject, value: Json): void {
    const known = values.get(schema);
    if (known === undefined) values.set(schema, [value]);
    else if (known.length < VALUES_MAX && !known.includes(value)) known.push(value);
  }

  /** The parts of a schema that speak of this value; of alternatives, those that it keeps to. */
  function partsFor(schema: Schema, value: Json): readonly JsonObject[] {
    const parts = new Set<JsonObject>(isObject(schema) ? [schema] : []);
    for (const part of parts) {
      if (--visitsLeft < 0) return [];
      const branches = [...schemasOf(part["anyOf"]), ...schemasOf(part["oneOf"])];
      const next = [
        judge.lookUp(part["$ref"]),
        ...schemasOf(part["allOf"]),
        ...branches.filter((branch) => judge.accepts(branch, value)),
      ];
      for (const one of next) if (isObject(one)) parts.add(one);
    }
    return [...parts];
  }
}

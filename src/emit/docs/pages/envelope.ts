import { isArray, isObject } from "../../../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../../../model/index.ts";
import { flatten } from "../fields/flatten.ts";

/** The fields that the payloads of all events have in common, as a schema; null where there are none or one event. */
export function commonEnvelope(contract: Contract): Schema | null {
  const [first, ...rest] = contract.webhooks.map(({ payload }) => fieldsOf(payload, contract));
  if (first === undefined || rest.length === 0) return null;
  const names = [...first.properties.keys()].filter((name) => rest.every(({ properties }) => properties.has(name)));
  if (names.length === 0) return null;
  const all = [first, ...rest];
  const required = names.filter((name) => all.every((one) => one.required.has(name)));
  const properties = names.map((name) => [name, common(all.map((one) => one.properties.get(name) ?? true))] as const);
  return { type: "object", required, properties: Object.fromEntries(properties) };
}

function fieldsOf(schema: Schema, contract: Contract) {
  const properties = new Map<string, Json>();
  const required = new Set<string>();
  for (const part of flatten(schema, contract).parts) {
    const { properties: own, required: names } = part;
    for (const [name, value] of isObject(own) ? Object.entries(own) : [])
      if (!properties.has(name)) properties.set(name, value);
    for (const name of Array.isArray(names) ? names : []) if (typeof name === "string") required.add(name);
  }
  return { properties, required };
}

/** Where all say the same, that; else only what they agree on: the type and the description. */
function common(schemas: readonly Json[]): Json {
  const [first] = schemas;
  const text = JSON.stringify(first);
  if (first !== undefined && schemas.every((schema) => JSON.stringify(schema) === text)) return first;
  const agreed: Record<string, Json> = {};
  for (const keyword of ["type", "format", "description", "contentMediaType"]) {
    const [value, ...others] = schemas.map((schema) => {
      if (!isObject(schema)) return undefined;
      return keyword === "type" ? (schema["type"] ?? typeOfValues(schema)) : schema[keyword];
    });
    if (value !== undefined && others.every((one) => JSON.stringify(one) === JSON.stringify(value)))
      agreed[keyword] = value;
  }
  return agreed;
}

/** Where each event has its own value, they are mostly of one type. */
function typeOfValues(schema: JsonObject): Json | undefined {
  const values = schema["const"] === undefined ? schema["enum"] : [schema["const"]];
  if (!isArray(values)) return undefined;
  const types = new Set(values.map((value) => typeof value));
  const [only] = types;
  return types.size === 1 && (only === "string" || only === "number" || only === "boolean") ? only : undefined;
}

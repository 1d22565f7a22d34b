import { isObject } from "../../json/index.ts";
import type { Contract, Json, Schema, Webhook } from "../../model/index.ts";
import { keyOfReference } from "../decoded-schemas.ts";

/**
 * The members of a payload that its route fixes and its schema leaves open: a `discriminator` with a mapping says which
 * value belongs to which schema, and so does `x-webhook-route`, but the schema's own property is any string. With them a
 * `switch` on the wire's own field narrows the event.
 * @returns an object schema with those members; null where the schema says it all
 */
export function tagSchema({ route, payload }: Webhook, contract: Contract): Schema | null {
  const tags = route.flatMap(({ in: place, at, value }): [string, Json][] => {
    const name = at.slice(1).replaceAll("~1", "/").replaceAll("~0", "~");
    const isMember = place === "body" && at.lastIndexOf("/") === 0;
    if (!isMember || isFixed(payload, name, contract, new Set())) return [];
    return [[name, { enum: (Array.isArray(value) ? value : [value]) as readonly Json[] }]];
  });
  if (tags.length === 0) return null;
  return { type: "object", required: tags.map(([name]) => name), properties: Object.fromEntries(tags) };
}

/** Whether a member has a `const` or `enum`, in any part of the schema that speaks of the same value. */
function isFixed(schema: Schema, name: string, contract: Contract, above: Set<Schema>): boolean {
  if (!isObject(schema) || above.has(schema)) return false;
  above.add(schema);
  const key = keyOfReference(schema["$ref"]);
  if (key !== null && isFixed(contract.schemas[key] ?? true, name, contract, above)) return true;
  if (
    Array.isArray(schema["allOf"]) &&
    schema["allOf"].some((part) => isFixed(part as Schema, name, contract, above))
  ) {
    return true;
  }
  const properties = schema["properties"];
  if (!isObject(properties) || !Object.hasOwn(properties, name)) return false;
  return hasValues(properties[name] as Schema, contract, new Set());
}

function hasValues(schema: Schema, contract: Contract, above: Set<Schema>): boolean {
  if (!isObject(schema) || above.has(schema)) return false;
  above.add(schema);
  if (schema["const"] !== undefined || schema["enum"] !== undefined) return true;
  const key = keyOfReference(schema["$ref"]);
  return key !== null && hasValues(contract.schemas[key] ?? true, contract, above);
}

import { isArray, isObject, isSchema } from "../json/index.ts";
import type { Json, JsonObject, Schema } from "../model/index.ts";
import { type Judge, schemasOf } from "./judge.ts";

const DEPTH_MAX = 6;

/**
 * Ways to see to it that a schema does not hold, each a list of schemas: a property that it requires is left out, or one of its
 * properties has a value that it refuses. Always the last: `not` itself, which only the judge understands.
 */
export function negations(schema: Schema, judge: Judge): readonly (readonly Schema[])[] {
  return negationsOf(schema, judge, 0);
}

function negationsOf(schema: Schema, judge: Judge, depth: number): readonly (readonly Schema[])[] {
  if (schema === false) return [[]];
  if (!isObject(schema)) return [[false]];
  const itself: readonly Schema[] = [plainNot(schema)];
  const { $ref: ref, allOf, anyOf, not, properties, required, type } = schema;
  const target = judge.lookUp(ref);
  if (depth > DEPTH_MAX) return [itself];
  const ways: (readonly Schema[])[] = [];
  if (Object.hasOwn(schema, "const") || isArray(schema["enum"])) return [itself];
  // It may be of another type altogether; as a rule something else says of which type it is.
  if (isObject(properties)) {
    for (const [name, property] of Object.entries(properties)) {
      if (!isSchema(property) || property === true) continue;
      const other = property === false ? true : plainNot(property as JsonObject);
      ways.push([{ type: "object", required: [name], properties: { [name]: other } } as JsonObject]);
    }
  }
  if (isArray(required)) {
    for (const name of required) {
      if (typeof name === "string") ways.push([{ type: "object", properties: { [name]: false } } as JsonObject]);
    }
  }
  if (isSchema(not)) ways.push([not as Schema]);
  if (target !== undefined) ways.push(...negationsOf(target, judge, depth + 1));
  for (const one of schemasOf(allOf)) ways.push(...negationsOf(one, judge, depth + 1));
  const branches = schemasOf(anyOf);
  if (branches.length > 0) ways.push(branches.flatMap((one) => negationsOf(one, judge, depth + 1)[0] ?? []));
  if (type !== undefined) ways.push([otherType(type)]);
  return [...ways, itself];
}

/** Kept for each schema, so that the same `not` is the same object. */
const known = new WeakMap<JsonObject, JsonObject>();

function plainNot(schema: JsonObject): JsonObject {
  let negation = known.get(schema);
  if (negation === undefined) {
    negation = { not: schema };
    known.set(schema, negation);
  }
  return negation;
}

const TYPES = ["array", "boolean", "null", "number", "object", "string"];

function otherType(type: Json): JsonObject {
  const names = [type].flat();
  return { type: TYPES.filter((name) => !names.includes(name) && !(name === "number" && names.includes("integer"))) };
}

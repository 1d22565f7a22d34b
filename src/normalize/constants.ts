import { isObject, joinPointer } from "../json/index.ts";
import type { Json, JsonObject, Scalar, Schema } from "../model/index.ts";
import { lookUp, type Schemas } from "./schema-lookup.ts";

/** A place in a payload that can hold only certain values. */
export interface Constant {
  readonly values: readonly Scalar[];
  /** Whether the place is there in every payload. */
  readonly required: boolean;
}

/** Deeper than this no vendor puts what tells its events apart, and self-similar schemas would never end. */
const DEPTH_MAX = 5;

/** Nor among so many places of one payload; shallow ones are looked at first. */
const PLACES_MAX = 5_000;

/** A place that is to be looked at. */
interface Place {
  readonly pointer: string;
  readonly schemas: readonly Schema[];
  readonly required: boolean;
  readonly depth: number;
}

/**
 * The places of a payload that are fixed by `const` or `enum`, by JSON pointer, shallow ones first and then in document
 * order: through `allOf`, `$ref` and JSON in a string, whose pointer goes on inside it. Where several parts speak of one
 * place, the values that all of them allow count.
 */
export function constantsOf(schema: Schema, schemas: Schemas): ReadonlyMap<string, Constant> {
  const found = new Map<string, Constant>();
  for (const { pointer, required, parts } of placesOf(schema, schemas)) {
    const values = valuesOf(parts);
    if (values !== null) found.set(pointer, { values, required });
  }
  return found;
}

/** What the schemas of a payload's places give as examples, by JSON pointer, of those that have any. */
export function schemaExamplesOf(schema: Schema, schemas: Schemas): ReadonlyMap<string, readonly Json[]> {
  const found = new Map<string, readonly Json[]>();
  for (const { pointer, parts } of placesOf(schema, schemas)) {
    const examples = parts.flatMap((part) => (Array.isArray(part["examples"]) ? (part["examples"] as Json[]) : []));
    if (examples.length > 0) found.set(pointer, examples);
  }
  return found;
}

function* placesOf(
  schema: Schema,
  schemas: Schemas,
): Generator<{ readonly pointer: string; readonly required: boolean; readonly parts: readonly JsonObject[] }> {
  const places: Place[] = [{ pointer: "", schemas: [schema], required: true, depth: 0 }];
  for (let next = 0; next < Math.min(places.length, PLACES_MAX); next++) {
    const place = places[next] as Place;
    const parts = partsOf(place.schemas, schemas);
    yield { pointer: place.pointer, required: place.required, parts };
    if (place.depth < DEPTH_MAX && places.length < PLACES_MAX) places.push(...members(place, parts));
  }
}

/** Every schema object that speaks of the same value as these, each once. */
export function partsOf(from: readonly Schema[], schemas: Schemas): readonly JsonObject[] {
  const parts = new Set<JsonObject>();
  const pending: Schema[] = [...from].reverse();
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (!isObject(part) || parts.has(part)) continue;
    parts.add(part);
    const next: Schema[] = [];
    if (typeof part["$ref"] === "string") next.push(lookUp(schemas, part["$ref"]) ?? true);
    if (Array.isArray(part["allOf"])) next.push(...(part["allOf"] as readonly Schema[]));
    if (part["contentSchema"] !== undefined) next.push(part["contentSchema"] as Schema);
    pending.push(...next.reverse());
  }
  return [...parts];
}

/** What all parts leave; where they contradict each other, what the last one says. */
function valuesOf(parts: readonly JsonObject[]): readonly Scalar[] | null {
  let values: readonly Scalar[] | null = null;
  for (const part of parts) {
    const own = fixedValues(part);
    if (own === null) continue;
    const both: readonly Scalar[] = values === null ? own : own.filter((value) => values?.includes(value));
    values = both.length > 0 ? both : own;
  }
  return values;
}

/** `required` may stand in any part, not only in that which describes the property. */
function members({ pointer, required, depth }: Place, parts: readonly JsonObject[]): readonly Place[] {
  const byName = new Map<string, Schema[]>();
  const needed = new Set<unknown>();
  for (const part of parts) {
    if (Array.isArray(part["required"])) for (const name of part["required"]) needed.add(name);
    if (!isObject(part["properties"])) continue;
    for (const [name, property] of Object.entries(part["properties"])) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [property as Schema]);
      else list.push(property as Schema);
    }
  }
  return [...byName].map(([name, list]) => ({
    pointer: joinPointer(pointer, name),
    schemas: list,
    required: required && needed.has(name),
    depth: depth + 1,
  }));
}

/** The values that a schema's own `const` or closed `enum` leaves; null where it leaves all. */
function fixedValues(schema: JsonObject): readonly Scalar[] | null {
  if (isScalar(schema["const"])) return [schema["const"]];
  const values = schema["enum"];
  if (!Array.isArray(values) || values.length === 0 || schema["x-open-enum"] === true) return null;
  return values.every(isScalar) ? (values as readonly Scalar[]) : null;
}

export function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

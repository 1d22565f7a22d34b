import type { Json, JsonObject } from "../model/index.ts";

/** Avro's primitive types as JSON Schema. Bytes are written as the characters U+0000 to U+00FF. */
export const PRIMITIVES: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ["null", { type: "null" }],
  ["boolean", { type: "boolean" }],
  ["int", { type: "integer", format: "int32" }],
  ["long", { type: "integer", format: "int64" }],
  ["float", { type: "number", format: "float" }],
  ["double", { type: "number", format: "double" }],
  ["bytes", { type: "string", pattern: "^[\\u0000-\\u00ff]*$" }],
  ["string", { type: "string" }],
]);

const EPOCH = "since 1970-01-01T00:00:00";

/** What the number of a logical type counts, by what it is written as. */
const COUNTS: ReadonlyMap<string, string> = new Map([
  ["date", "Days since 1970-01-01."],
  ["time-millis", "Milliseconds after midnight."],
  ["time-micros", "Microseconds after midnight."],
  ["timestamp-millis", `Milliseconds ${EPOCH}Z.`],
  ["timestamp-micros", `Microseconds ${EPOCH}Z.`],
  ["timestamp-nanos", `Nanoseconds ${EPOCH}Z.`],
  ["local-timestamp-millis", `Milliseconds ${EPOCH} in local time.`],
  ["local-timestamp-micros", `Microseconds ${EPOCH} in local time.`],
  ["local-timestamp-nanos", `Nanoseconds ${EPOCH} in local time.`],
]);

/**
 * What a logical type says that JSON Schema has no word for; undefined where it says nothing, or nothing that we know.
 * @param type   of the schema made of what the logical type stands at
 * @param value  the Avro schema
 * @see https://avro.apache.org/docs/1.12.0/specification/#logical-types
 */
export function logicalNote(logical: string, type: Json | undefined, value: JsonObject): string | undefined {
  if (logical === "decimal") {
    const { precision, scale = 0 } = value;
    if (typeof precision !== "number" || typeof scale !== "number") return undefined;
    return `A decimal number of ${precision} digits, ${scale} of them after the point.`;
  }
  return type === "integer" ? COUNTS.get(logical) : undefined;
}

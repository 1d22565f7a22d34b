import { isObject, joinPointer } from "../json/index.ts";
import type { JsonObject, Scalar, Schema } from "../model/index.ts";
import { lookUp, type Schemas } from "./schema-lookup.ts";

/** A place in a payload that can hold only certain values. */
export interface Constant {
  readonly values: readonly Scalar[];
  /** Whether the place is there in every payload. */
  readonly required: boolean;
}

/** Deeper than this no vendor puts what tells its events apart, and self-similar schemas would never end. */
const DEPTH_MAX = 5;

/**
 * The places of a payload that are fixed by `const` or `enum`, by JSON pointer in document order: through `allOf`,
 * `$ref` and JSON in a string, whose pointer goes on inside it. Where several parts speak of one place, the values
 * that all of them allow count.
 */
export function constantsOf(schema: Schema, schemas: Schemas): ReadonlyMap<string, Constant> {
  const found = new Map<string, Constant>();
  visit(schema, "", true, 0, new Set());
  return found;

  function visit(current: Schema, pointer: string, required: boolean, depth: number, above: Set<Schema>): void {
    if (!isObject(current) || depth > DEPTH_MAX || above.has(current)) return;
    const path = new Set(above).add(current);
    const values = fixedValues(current);
    if (values !== null) add(pointer, values, required);
    const ref = current["$ref"];
    if (typeof ref === "string") visit(lookUp(schemas, ref) ?? true, pointer, required, depth, path);
    if (Array.isArray(current["allOf"])) {
      for (const part of current["allOf"]) visit(part as Schema, pointer, required, depth, path);
    }
    if (current["contentSchema"] !== undefined) {
      visit(current["contentSchema"] as Schema, pointer, required, depth, path);
    }
    const properties = current["properties"];
    if (!isObject(properties)) return;
    for (const [name, property] of Object.entries(properties)) {
      const here = joinPointer(pointer, name);
      visit(property as Schema, here, required && isRequired(current, name, path), depth + 1, new Set());
    }
  }

  function add(pointer: string, values: readonly Scalar[], required: boolean): void {
    const before = found.get(pointer);
    if (before === undefined) {
      found.set(pointer, { values, required });
      return;
    }
    const both = values.filter((value) => before.values.includes(value));
    found.set(pointer, { values: both.length > 0 ? both : values, required: required || before.required });
  }

  /** `required` may stand in any part of the `allOf` that the property's own part belongs to. */
  function isRequired(current: JsonObject, name: string, path: ReadonlySet<Schema>): boolean {
    return [...path, current].some((part) => requires(part, name, new Set()));
  }

  function requires(part: Schema, name: string, above: Set<Schema>): boolean {
    if (!isObject(part) || above.has(part)) return false;
    above.add(part);
    if (Array.isArray(part["required"]) && part["required"].includes(name)) return true;
    if (Array.isArray(part["allOf"]) && part["allOf"].some((item) => requires(item as Schema, name, above)))
      return true;
    return typeof part["$ref"] === "string" && requires(lookUp(schemas, part["$ref"]) ?? true, name, above);
  }
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

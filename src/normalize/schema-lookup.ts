import { isObject } from "../json/index.ts";
import type { JsonObject, Schema } from "../model/index.ts";

export type Schemas = Readonly<Record<string, Schema>>;

const PREFIX = "#/schemas/";

/** The key that a contract's `$ref` names. */
export function keyOfReference(ref: string): string | null {
  return ref.startsWith(PREFIX) ? ref.slice(PREFIX.length) : null;
}

/** The schema that a contract's `$ref` names. */
export function lookUp(schemas: Schemas, ref: string): Schema | undefined {
  const key = keyOfReference(ref);
  return key !== null && Object.hasOwn(schemas, key) ? schemas[key] : undefined;
}

/** Follows `$ref`s that stand alone (annotations beside them do not count) to the schema object they lead to. */
export function followReferences(schemas: Schemas, schema: Schema): JsonObject | null {
  let current: Schema | undefined = schema;
  for (const seen = new Set<Schema>(); isObject(current) && !seen.has(current); ) {
    seen.add(current);
    const ref = current["$ref"];
    if (typeof ref !== "string" || !hasOnlyAnnotations(current, "$ref")) return current;
    current = lookUp(schemas, ref);
  }
  return null;
}

/** Keywords that describe and do not constrain. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  "$comment",
  "default",
  "deprecated",
  "description",
  "discriminator",
  "example",
  "examples",
  "externalDocs",
  "readOnly",
  "title",
  "writeOnly",
  "xml",
]);

/** Whether a schema constrains nothing but by the keywords named. */
export function hasOnlyAnnotations(schema: JsonObject, ...except: readonly string[]): boolean {
  return Object.keys(schema).every((key) => except.includes(key) || ANNOTATIONS.has(key) || key.startsWith("x-"));
}

import { isArray, isObject, own } from "../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../model/index.ts";
import { Judge } from "../../samples/judge.ts";

const PREFIX = "#/schemas/";
/** Deeper than any payload; recursion through references that never consumes a value ends here. */
const DEPTH_MAX = 64;

type Schemas = Readonly<Record<string, Schema>>;

const judges = new WeakMap<Schemas, Judge>();

/** Judges remember the patterns that they have seen. */
function judgeOf(schemas: Schemas): Judge {
  const judge = judges.get(schemas) ?? new Judge(schemas);
  judges.set(schemas, judge);
  return judge;
}

/** The schema that a contract's `$ref` names. */
export function targetOf(schema: JsonObject, schemas: Schemas): Schema | undefined {
  const ref = own(schema, "$ref");
  if (typeof ref !== "string" || !ref.startsWith(PREFIX)) return undefined;
  return own(schemas as JsonObject, ref.slice(PREFIX.length).replaceAll("~1", "/").replaceAll("~0", "~")) as
    | Schema
    | undefined;
}

/**
 * The schemas that say something of an object or an array: those that always apply, and of alternatives the first that
 * the value keeps to.
 */
export function applyingSchemas(given: readonly Schema[], value: Json, schemas: Schemas): readonly JsonObject[] {
  const found = new Set<JsonObject>();
  const judge = judgeOf(schemas);
  for (const schema of given) visit(schema, 0);
  return [...found];

  function visit(schema: Json | undefined, depth: number): void {
    if (!isObject(schema) || found.has(schema) || depth > DEPTH_MAX) return;
    found.add(schema);
    visit(targetOf(schema, schemas), depth + 1);
    for (const part of listOf(own(schema, "allOf"))) visit(part, depth + 1);
    for (const word of ["anyOf", "oneOf"]) {
      visit(
        listOf(own(schema, word)).find((branch) => judge.accepts(branch as Schema, value)),
        depth + 1,
      );
    }
    const condition = own(schema, "if");
    if (condition !== undefined)
      visit(own(schema, judge.accepts(condition as Schema, value) ? "then" : "else"), depth + 1);
  }
}

/** What one schema object says of a member: by its name, by patterns, or of all others. */
export function memberSchemas(schema: JsonObject, name: string): readonly Schema[] {
  const properties = own(schema, "properties");
  const named = isObject(properties) ? own(properties, name) : undefined;
  const patterns = own(schema, "patternProperties");
  const byPattern = isObject(patterns)
    ? Object.entries(patterns).flatMap(([pattern, part]) => (matches(pattern, name) ? [part as Schema] : []))
    : [];
  if (named !== undefined) return [named as Schema, ...byPattern];
  if (byPattern.length > 0) return byPattern;
  const others = own(schema, "additionalProperties") ?? own(schema, "unevaluatedProperties");
  return others === undefined || others === true ? [] : [others as Schema];
}

/** Names are short, so that even a bad expression ends soon. */
function matches(pattern: string, name: string): boolean {
  try {
    return name.length <= 100 && new RegExp(pattern, "u").test(name);
  } catch {
    return false;
  }
}

export function typeOf(value: Json): "array" | "boolean" | "null" | "number" | "object" | "string" {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  return typeof value as "boolean" | "number" | "object" | "string";
}

export function listOf(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}

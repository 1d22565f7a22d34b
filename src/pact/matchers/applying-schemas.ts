import { equal, isArray, isObject, own } from "../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../model/index.ts";

const PREFIX = "#/schemas/";
/** Deeper than any payload; recursion through references that never consumes a value ends here. */
const DEPTH_MAX = 64;
/** Steps for one value: schemas that double at each level have no end otherwise. */
const STEPS_MAX = 50_000;

type Schemas = Readonly<Record<string, Schema>>;

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
  const judge = new Judge(schemas);
  for (const schema of given) visit(schema, 0);
  return [...found];

  function visit(schema: Json | undefined, depth: number): void {
    if (!isObject(schema) || found.has(schema) || depth > DEPTH_MAX) return;
    found.add(schema);
    visit(targetOf(schema, schemas), depth + 1);
    for (const part of listOf(own(schema, "allOf"))) visit(part, depth + 1);
    for (const word of ["anyOf", "oneOf"]) {
      visit(
        listOf(own(schema, word)).find((branch) => judge.fits(branch, value)),
        depth + 1,
      );
    }
    const condition = own(schema, "if");
    if (condition !== undefined) visit(own(schema, judge.fits(condition, value) ? "then" : "else"), depth + 1);
  }
}

/**
 * Whether a value is of the kind that a schema describes, which is what tells alternatives apart: types, constants, names,
 * and these of the members. Formats, patterns and bounds are no part of it.
 */
class Judge {
  readonly #schemas: Schemas;
  #steps = 0;

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  fits(schema: Json | undefined, value: Json, depth = 0): boolean {
    if (schema === false) return false;
    if (!isObject(schema) || depth > DEPTH_MAX || ++this.#steps > STEPS_MAX) return true;
    const also = (part: Json | undefined) => this.fits(part, value, depth + 1);
    if (!hasType(own(schema, "type"), value)) return false;
    if (Object.hasOwn(schema, "const") && !equal(own(schema, "const") as Json, value)) return false;
    const allowed = own(schema, "enum");
    const isOpen = own(schema, "x-open-enum") === true;
    if (isArray(allowed) && !isOpen && !allowed.some((one) => equal(one, value))) return false;
    if (!also(targetOf(schema, this.#schemas)) || !listOf(own(schema, "allOf")).every(also)) return false;
    for (const word of ["anyOf", "oneOf"]) {
      const branches = listOf(own(schema, word));
      if (branches.length > 0 && !branches.some(also)) return false;
    }
    if (isObject(value)) return this.#fitsMembers(schema, value, depth);
    return isArray(value) ? this.#fitsItems(schema, value, depth) : true;
  }

  #fitsMembers(schema: JsonObject, value: JsonObject, depth: number): boolean {
    if (!listOf(own(schema, "required")).every((name) => typeof name !== "string" || Object.hasOwn(value, name)))
      return false;
    return Object.entries(value).every(([name, member]) =>
      memberSchemas(schema, name).every((part) => this.fits(part, member, depth + 1)),
    );
  }

  #fitsItems(schema: JsonObject, value: readonly Json[], depth: number): boolean {
    const first = listOf(own(schema, "prefixItems"));
    return value.every((item, index) => this.fits(first[index] ?? own(schema, "items"), item, depth + 1));
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

export function hasType(type: Json | undefined, value: Json): boolean {
  const types = [type ?? []].flat().filter((one) => typeof one === "string");
  if (types.length === 0) return true;
  return types.includes(typeOf(value)) || (types.includes("integer") && Number.isInteger(value));
}

export function typeOf(value: Json): "array" | "boolean" | "null" | "number" | "object" | "string" {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  return typeof value as "boolean" | "number" | "object" | "string";
}

export function listOf(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}

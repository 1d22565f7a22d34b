import { equal, isArray, isJsonString, isObject, own } from "../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../model/index.ts";
import { listOf, targetOf, typeOf } from "./applying-schemas.ts";
import { formatExpressions } from "./format-expressions.ts";
import { onigurumaPattern } from "./oniguruma.ts";

export type JsonType = "array" | "boolean" | "integer" | "null" | "number" | "object" | "string";

/** One way in which a value may be written: all of this holds. */
export interface Form {
  readonly types: ReadonlySet<JsonType>;
  /** Null: any value of these types. */
  readonly values: readonly Json[] | null;
  /** Expressions that a string matches, each the whole of it. */
  readonly expressions: readonly string[];
  /** The string holds JSON of this shape. */
  readonly content: Schema | null;
}

const EVERY_TYPE: ReadonlySet<JsonType> = new Set(["array", "boolean", "null", "number", "object", "string"]);
const ANY_FORM: Form = { types: EVERY_TYPE, values: null, expressions: [], content: null };

/** More ways than these are not told apart: what they have in common is the type. */
const FORMS_MAX = 24;
const DEPTH_MAX = 32;

/** The ways in which a value of these schemas together may be written, as far as a pact can tell them apart. */
export function formsOf(given: readonly Schema[], schemas: Readonly<Record<string, Schema>>): readonly Form[] {
  const forms = given.reduce<readonly Form[]>((all, schema) => meet(all, read(schema, 0)), [ANY_FORM]);
  return forms;

  function read(schema: Json | undefined, depth: number): readonly Form[] {
    if (schema === false) return [];
    if (!isObject(schema) || depth > DEPTH_MAX) return [ANY_FORM];
    const target = targetOf(schema, schemas);
    let found: readonly Form[] = [ownForm(schema)];
    if (target !== undefined) found = meet(found, read(target, depth + 1));
    for (const part of listOf(own(schema, "allOf"))) found = meet(found, read(part, depth + 1));
    for (const word of ["anyOf", "oneOf"]) {
      const branches = listOf(own(schema, word));
      if (branches.length > 0)
        found = meet(
          found,
          branches.flatMap((branch) => read(branch, depth + 1)),
        );
    }
    return found;
  }
}

function ownForm(schema: JsonObject): Form {
  const types = [own(schema, "type") ?? []].flat().filter((type) => typeof type === "string") as JsonType[];
  const allowed = own(schema, "enum");
  const isClosed = isArray(allowed) && own(schema, "x-open-enum") !== true;
  const constant = Object.hasOwn(schema, "const") ? [own(schema, "const") as Json] : null;
  const written = types.length === 0 ? EVERY_TYPE : new Set(types);
  const values = constant ?? (isClosed ? (allowed as readonly Json[]) : null);
  return {
    types: values === null ? written : typesOf(values, written),
    values,
    expressions: expressionsOf(schema),
    content: isJsonString(schema) ? (own(schema, "contentSchema") as Schema) : null,
  };
}

function expressionsOf(schema: JsonObject): readonly string[] {
  const pattern = own(schema, "pattern");
  const format = own(schema, "format");
  const formatted = typeof format === "string" ? formatExpressions.get(format) : undefined;
  return [
    typeof pattern === "string" ? onigurumaPattern(pattern) : null,
    formatted === undefined ? null : `\\A${formatted}\\z`,
    lengthExpression(own(schema, "minLength"), own(schema, "maxLength")),
  ].filter((expression) => expression !== null);
}

/** Lengths are counted in code points there and here. */
function lengthExpression(min: Json | undefined, max: Json | undefined): string | null {
  const least = typeof min === "number" && min > 0 ? min : 0;
  const most = typeof max === "number" && max >= least ? max : null;
  // What Oniguruma cannot count so far is longer than what anybody means by a bound.
  if ((least === 0 && most === null) || least > 10_000 || (most ?? 0) > 10_000) return null;
  return most === null ? `\\A[\\s\\S]{${least},}\\z` : `\\A[\\s\\S]{${least},${most}}\\z`;
}

function meet(left: readonly Form[], right: readonly Form[]): readonly Form[] {
  const met = left.flatMap((a) => right.flatMap((b) => both(a, b) ?? []));
  if (met.length <= FORMS_MAX) return met;
  const types = new Set(met.flatMap((form) => [...form.types]));
  return [{ ...ANY_FORM, types }];
}

/** @returns null where nothing can be both */
function both(a: Form, b: Form): Form | null {
  const common = commonTypes(a.types, b.types);
  const values =
    a.values === null || b.values === null
      ? (a.values ?? b.values)
      : a.values.filter((one) => b.values?.some((other) => equal(one, other)) === true);
  const kept = values?.filter((value) => allows(common, value)) ?? null;
  const types = kept === null ? common : typesOf(kept, common);
  if (types.size === 0 || kept?.length === 0) return null;
  const expressions = [...new Set([...a.expressions, ...b.expressions])];
  return { types, values: kept, expressions, content: a.content ?? b.content };
}

/** Of the types that are allowed, those that some of the values have. */
function typesOf(values: readonly Json[], allowed: ReadonlySet<JsonType>): ReadonlySet<JsonType> {
  return new Set([...allowed].filter((type) => values.some((value) => allows(new Set([type]), value))));
}

function commonTypes(a: ReadonlySet<JsonType>, b: ReadonlySet<JsonType>): ReadonlySet<JsonType> {
  const common = new Set<JsonType>();
  for (const type of a) {
    if (b.has(type)) common.add(type);
    else if (type === "integer" && b.has("number")) common.add("integer");
    else if (type === "number" && b.has("integer")) common.add("integer");
  }
  return common;
}

function allows(types: ReadonlySet<JsonType>, value: Json): boolean {
  return types.has(typeOf(value)) || (types.has("integer") && Number.isInteger(value));
}

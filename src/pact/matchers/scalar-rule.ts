import type { Json, Schema } from "../../model/index.ts";
import type { MatchingRules, PactMatcher } from "../pact-file.ts";
import { typeOf } from "./applying-schemas.ts";
import { isWellFormed, literal } from "./oniguruma.ts";
import { type Form, formsOf, type JsonType } from "./scalar-forms.ts";

const TYPE: PactMatcher = { match: "type" };
const NULL: PactMatcher = { match: "null" };
/** Every scalar; objects and arrays too where the example is a scalar. */
const ANYTHING: PactMatcher = { match: "regex", regex: "[\\s\\S]*" };
/** As numbers are written to be compared: `4.0` is an integer in JSON Schema, and Pact's own `integer` refuses it. */
const INTEGER: PactMatcher = { match: "regex", regex: "\\A-?[0-9]+(?:\\.0+|(?:\\.[0-9]+)?e\\+?[0-9]+)?\\z" };
const WHOLE_DECIMAL: PactMatcher = { match: "regex", regex: "\\A-?[0-9]+\\.0+\\z" };
const NO_FORMS: readonly Form[] = [];

/**
 * The rule for a scalar: it takes all that the schemas allow. Where one type is allowed it takes nothing else; where several
 * are, Pact's `OR` of single matchers can be a little wider than the schema, which the validators make up for.
 */
export function scalarRule(
  given: readonly Schema[],
  example: Json,
  schemas: Readonly<Record<string, Schema>>,
): MatchingRules {
  const all = formsOf(given, schemas);
  // An example that no form allows is no example; its own type is all that can be asked for.
  const type = typeOf(example);
  const forms = all.some(({ types }) => holds(types, type)) ? all : NO_FORMS;
  const types = new Set(forms.flatMap((form) => [...form.types]));
  if (types.has("number")) types.delete("integer");
  if (types.size <= 1) return and(...oneType(forms, [...types][0] ?? type));
  const wide = types.has("object") || types.has("array") ? [ANYTHING] : [];
  const found = [...[...types].sort().flatMap((one) => oneOfMany(ofType(forms, one), one, example)), ...wide];
  return found.includes(ANYTHING) ? and(ANYTHING) : or(...found);
}

function and(...matchers: readonly PactMatcher[]): MatchingRules {
  return { combine: "AND", matchers };
}

function or(...matchers: readonly PactMatcher[]): MatchingRules {
  const unique = new Map(matchers.map((matcher) => [JSON.stringify(matcher), matcher]));
  return { combine: "OR", matchers: [...unique.values()] };
}

function holds(types: ReadonlySet<JsonType>, type: JsonType): boolean {
  return types.has(type) || (type === "number" && types.has("integer"));
}

function ofType(forms: readonly Form[], type: JsonType): readonly Form[] {
  return forms.filter(({ types }) => types.has(type) || (type === "number" && types.has("integer")));
}

/** The matchers, all of which hold, for a value that has one type only. */
function oneType(forms: readonly Form[], type: JsonType): readonly PactMatcher[] {
  const values = valuesOf(forms, type);
  const [only, ...others] = values ?? [];
  switch (type) {
    case "null":
      return [NULL];
    case "integer":
    case "number":
      if (values !== null) return [TYPE, { match: "regex", regex: numbersExpression(values) }];
      return type === "integer" ? [TYPE, INTEGER] : [{ match: "number" }];
    case "string": {
      if (only !== undefined && others.length === 0) return [{ match: "equality" }];
      const expression = stringExpression(forms);
      return expression === null ? [TYPE] : [TYPE, { match: "regex", regex: expression }];
    }
    default:
      return only !== undefined && others.length === 0 ? [{ match: "equality" }] : [TYPE];
  }
}

/** The matchers, one of which holds, for one of several types. */
function oneOfMany(forms: readonly Form[], type: JsonType, example: Json): readonly PactMatcher[] {
  const values = valuesOf(forms, type);
  switch (type) {
    case "null":
      return [NULL];
    case "integer":
    case "number":
      if (values !== null) return [{ match: "regex", regex: numbersExpression(values) }];
      return type === "integer" ? [{ match: "integer" }, WHOLE_DECIMAL] : [{ match: "number" }];
    case "string": {
      const expression = stringExpression(forms);
      if (expression !== null) return [{ match: "regex", regex: expression }];
      return [typeof example === "string" ? TYPE : ANYTHING];
    }
    case "boolean":
      return [typeof example === "boolean" ? TYPE : { match: "boolean" }];
    default:
      return [];
  }
}

/** The values that are allowed, or null where any is. */
function valuesOf(forms: readonly Form[], type: JsonType): readonly Json[] | null {
  if (forms.length === 0 || forms.some(({ values }) => values === null)) return null;
  return forms.flatMap(({ values }) => values ?? []).filter((value) => holds(new Set([type]), typeOf(value)));
}

function numbersExpression(values: readonly Json[]): string {
  const written = values.map((value) => `${literal(String(value))}${Number.isInteger(value) ? "(?:\\.0+)?" : ""}`);
  return `\\A(?:${written.join("|")})\\z`;
}

/** @returns null where any string is allowed */
function stringExpression(forms: readonly Form[]): string | null {
  const expressions = forms.map(formExpression);
  if (expressions.length === 0 || expressions.includes(null)) return null;
  const unique = [...new Set(expressions)];
  return unique.length === 1 ? (unique[0] ?? null) : unique.map((expression) => `(?:${expression})`).join("|");
}

function formExpression({ values, expressions }: Form): string | null {
  if (values !== null) {
    const texts = values.filter((value): value is string => typeof value === "string");
    return texts.every(isWellFormed) ? `\\A(?:${texts.map(literal).join("|")})\\z` : null;
  }
  const [first, ...others] = expressions;
  if (first === undefined) return null;
  return others.length === 0 ? first : `${expressions.map((expression) => `(?=${expression})`).join("")}[\\s\\S]*`;
}

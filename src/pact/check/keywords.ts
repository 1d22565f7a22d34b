import { equal, isArray, isObject } from "../../json/index.ts";
import type { Json, JsonObject } from "../../model/index.ts";
import type { ValueTests } from "./value-tests.ts";

/** A keyword that a value does not keep to, in AJV's words. */
export interface KeywordFault {
  readonly keyword: string;
  readonly message: string;
}

/** How many values of an enum a message names. */
const SHOWN_MAX = 8;

/** What one schema says of a value by itself: everything but what concerns the value's members. */
export function* keywordFaults(value: Json, schema: JsonObject, tests: ValueTests): Generator<KeywordFault> {
  const { type } = schema;
  const types = typeNames(type);
  if (types.length > 0 && !types.some((name) => isOfType(value, name))) {
    yield { keyword: "type", message: `must be ${types.join(" or ")}` };
  }
  if (Object.hasOwn(schema, "const") && !equal(schema["const"] as Json, value)) {
    yield { keyword: "const", message: `must be equal to ${shown(schema["const"] as Json)}` };
  }
  const values = closedEnum(schema);
  if (values !== null && !values.some((one) => equal(one, value))) {
    const list = values.slice(0, SHOWN_MAX).map(shown).join(", ");
    yield { keyword: "enum", message: `must be one of ${list}${values.length > SHOWN_MAX ? ", …" : ""}` };
  }
  if (typeof value === "string") yield* stringFaults(value, schema, tests);
  else if (typeof value === "number") yield* numberFaults(value, schema, tests);
  else if (isArray(value)) yield* arrayFaults(value, schema);
}

function* stringFaults(value: string, schema: JsonObject, tests: ValueTests): Generator<KeywordFault> {
  const { minLength, maxLength, pattern, format } = schema;
  if (typeof minLength === "number" || typeof maxLength === "number") {
    const length = lengthOf(value);
    if (typeof minLength === "number" && length < minLength) {
      yield { keyword: "minLength", message: `must NOT have fewer than ${minLength} characters` };
    }
    if (typeof maxLength === "number" && length > maxLength) {
      yield { keyword: "maxLength", message: `must NOT have more than ${maxLength} characters` };
    }
  }
  if (typeof pattern === "string" && tests.expression(pattern)?.(value) === false) {
    yield { keyword: "pattern", message: `must match pattern ${shown(pattern)}` };
  }
  if (typeof format === "string" && tests.isFormat(format, value) === false) {
    yield { keyword: "format", message: `must match format ${shown(format)}` };
  }
}

function* numberFaults(value: number, schema: JsonObject, tests: ValueTests): Generator<KeywordFault> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  if (typeof minimum === "number" && value < minimum) yield { keyword: "minimum", message: `must be >= ${minimum}` };
  if (typeof maximum === "number" && value > maximum) yield { keyword: "maximum", message: `must be <= ${maximum}` };
  if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum) {
    yield { keyword: "exclusiveMinimum", message: `must be > ${exclusiveMinimum}` };
  }
  if (typeof exclusiveMaximum === "number" && value >= exclusiveMaximum) {
    yield { keyword: "exclusiveMaximum", message: `must be < ${exclusiveMaximum}` };
  }
  if (typeof multipleOf === "number" && multipleOf > 0 && !isMultiple(value, multipleOf)) {
    yield { keyword: "multipleOf", message: `must be multiple of ${multipleOf}` };
  }
  if (typeof format === "string" && tests.isFormat(format, value) === false) {
    yield { keyword: "format", message: `must match format ${shown(format)}` };
  }
}

function* arrayFaults(value: readonly Json[], schema: JsonObject): Generator<KeywordFault> {
  const { minItems, maxItems, uniqueItems } = schema;
  if (typeof minItems === "number" && value.length < minItems) {
    yield { keyword: "minItems", message: `must NOT have fewer than ${minItems} items` };
  }
  if (typeof maxItems === "number" && value.length > maxItems) {
    yield { keyword: "maxItems", message: `must NOT have more than ${maxItems} items` };
  }
  if (uniqueItems === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length) {
    yield { keyword: "uniqueItems", message: "must NOT have duplicate items" };
  }
}

/** The values of an `enum`, unless any other is valid as well. */
export function closedEnum(schema: JsonObject): readonly Json[] | null {
  const values = schema["enum"];
  return isArray(values) && values.length > 0 && schema["x-open-enum"] !== true ? values : null;
}

export function typeNames(type: Json | undefined): readonly string[] {
  if (typeof type === "string") return [type];
  return isArray(type) ? type.filter((name): name is string => typeof name === "string") : [];
}

export function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return isArray(value);
    case "object":
      return isObject(value);
    case "string":
    case "number":
    case "boolean":
      return typeof value === type;
    default:
      // Not a type: what a document says wrongly, lint says.
      return true;
  }
}

/** Decimal fractions are not exact, so that 0.3 divided by 0.1 is not 3. */
function isMultiple(value: number, divisor: number): boolean {
  const quotient = value / divisor;
  return Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient));
}

/** In code points. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** A value in a message: short, on one line. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

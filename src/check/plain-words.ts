import { quote } from "../diagnostics/index.ts";
import { isArrayIndex, isScalar, parsePointer } from "../json/index.ts";

/** What to call a place in a sentence: its key in quotes, with the list's name where it is an item. */
export function nameOf(pointer: string): string {
  const tokens = parsePointer(pointer) ?? [];
  const last = tokens.at(-1);
  if (last === undefined) return "The document";
  const parent = tokens.at(-2);
  return quote(isArrayIndex(last) && parent !== undefined ? `${parent}/${last}` : last);
}

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  integer: "an integer",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a string",
};

/** `type` of JSON Schema as words: `a string or null`. */
export function typeInWords(type: unknown): string {
  const types = Array.isArray(type) ? type : [type];
  const words = types.filter((name) => name !== "boolean").map((name) => TYPES[String(name)] ?? String(name));
  return listInWords(types.includes("boolean") ? [...words, "true", "false"] : words);
}

/** What a value is: short scalars as they are written, everything else by its type. */
export function valueInWords(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "string") return quote(value);
  return isScalar(value) ? String(value) : typeof value;
}

/** Scalars of an `enum` as words, at most ten. */
export function choicesInWords(values: readonly unknown[]): string {
  const shown = values.slice(0, 10).map(valueInWords);
  return listInWords(values.length > 10 ? [...shown, "…"] : shown);
}

/** `a`, `a or b`, `a, b or c`. */
export function listInWords(words: readonly string[], conjunction = "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}

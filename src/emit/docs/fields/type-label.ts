import { isArray } from "../../../json/index.ts";
import type { Json } from "../../../model/index.ts";
import { allOf, type Flat } from "./flatten.ts";

/** The types that a value may have, by what all of the parts allow; empty where nothing says so. */
export function typesOf(flat: Flat): readonly string[] {
  let types: readonly string[] | null = null;
  for (const value of allOf(flat, "type")) {
    const named = (isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
    if (named.length === 0) continue;
    types = types === null ? named : types.filter((one) => named.includes(one));
  }
  if (types !== null) return types;
  return typeByKeywords(flat);
}

const TELLING: readonly (readonly [string, string])[] = [
  ["properties", "object"],
  ["additionalProperties", "object"],
  ["patternProperties", "object"],
  ["items", "array"],
  ["prefixItems", "array"],
];

/** Documents leave the type out where the keywords beside it tell it. */
function typeByKeywords(flat: Flat): readonly string[] {
  const constant = flat.parts.find((part) => part["const"] !== undefined)?.["const"];
  if (constant !== undefined) return [typeOfValue(constant)];
  const values = flat.parts.find((part) => isArray(part["enum"]))?.["enum"];
  if (isArray(values) && values.length > 0) return [...new Set(values.map(typeOfValue))];
  const found = TELLING.find(([keyword]) => flat.parts.some((part) => part[keyword] !== undefined));
  return found === undefined ? [] : [found[1]];
}

function typeOfValue(value: Json): string {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  return typeof value;
}

const PLURALS: Readonly<Record<string, string>> = {
  array: "arrays",
  boolean: "booleans",
  integer: "integers",
  null: "nulls",
  number: "numbers",
  object: "objects",
  string: "strings",
};

/**
 * @param items  the types of a list's items
 */
export function typeLabel(types: readonly string[], items: readonly string[] | null): string {
  if (types.length === 0) return "any";
  return types.map((type) => (type === "array" ? listLabel(items) : type)).join(" or ");
}

function listLabel(items: readonly string[] | null): string {
  if (items === null || items.length === 0) return "array";
  return `array of ${items.map((type) => PLURALS[type] ?? type).join(" or ")}`;
}

import { isArray } from "../../../json/index.ts";
import type { Json } from "../../../model/index.ts";
import type { Constraint } from "./field.ts";
import { allOf, type Flat } from "./flatten.ts";

type Words = (value: Json) => Constraint | null;

const number = (words: (value: string) => string): Words => {
  return (value) => (typeof value === "number" ? { words: words(String(value)) } : null);
};
const flag = (words: string): Words => {
  return (value) => (value === true ? { words } : null);
};
const text = (words: string): Words => {
  return (value) => (typeof value === "string" ? { words, code: value } : null);
};
const json = (words: string): Words => {
  return (value) => ({ words, code: typeof value === "string" ? value : JSON.stringify(value) });
};

/** What each keyword asks of a value, in words. In the order in which they are shown. */
const WORDS: readonly (readonly [string, Words])[] = [
  ["minimum", number((n) => `at least ${n}`)],
  ["exclusiveMinimum", number((n) => `more than ${n}`)],
  ["maximum", number((n) => `at most ${n}`)],
  ["exclusiveMaximum", number((n) => `less than ${n}`)],
  ["multipleOf", number((n) => `a multiple of ${n}`)],
  ["minLength", number((n) => `at least ${count(n, "character")}`)],
  ["maxLength", number((n) => `at most ${count(n, "character")}`)],
  ["pattern", text("matches")],
  ["minItems", number((n) => `at least ${count(n, "item")}`)],
  ["maxItems", number((n) => `at most ${count(n, "item")}`)],
  ["uniqueItems", flag("no item twice")],
  ["minContains", number((n) => `at least ${n} that fit`)],
  ["maxContains", number((n) => `at most ${n} that fit`)],
  ["minProperties", number((n) => `at least ${count(n, "property", "properties")}`)],
  ["maxProperties", number((n) => `at most ${count(n, "property", "properties")}`)],
  ["contentEncoding", text("encoded as")],
  ["contentMediaType", text("holds")],
  ["readOnly", flag("read only")],
  ["writeOnly", flag("write only")],
  ["default", json("by default")],
  ["example", json("for example")],
  ["examples", (value) => (isArray(value) && value[0] !== undefined ? json("for example")(value[0]) : null)],
];

export function constraintsOf(flat: Flat): readonly Constraint[] {
  const found: Constraint[] = [];
  const seen = new Set<string>();
  for (const [keyword, words] of WORDS) {
    for (const value of allOf(flat, keyword)) {
      const constraint = words(value);
      const key = `${constraint?.words}\n${constraint?.code ?? ""}`;
      if (constraint !== null && !seen.has(key)) found.push(constraint);
      seen.add(key);
    }
  }
  return found;
}

function count(number: string, one: string, several = `${one}s`): string {
  return `${number} ${number === "1" ? one : several}`;
}

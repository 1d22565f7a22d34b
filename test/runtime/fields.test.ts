import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coerceFields, writeFields } from "../../src/runtime/fields.ts";
import type { CoercePlan, CoercePlans } from "../../src/runtime/plan.ts";
import { runs } from "../limits.ts";

const read = (text: string, plan: CoercePlan | undefined) =>
  coerceFields(new URLSearchParams(text), plan === undefined ? [] : [["x", plan]]);
const ofStrings: CoercePlan = { types: ["array"], items: { types: ["string"] } };
const bracketed: CoercePlan = { ...ofStrings, bracketed: true };

describe("reading", () => {
  test.each<{ why: string; text: string; plan?: CoercePlan; want: unknown }>([
    { why: "text", text: "x=1", want: "1" },
    { why: "plus and percent", text: "x=a+b%20%C3%A9", want: "a b é" },
    { why: "a broken escape", text: "x=%", want: "%" },
    { why: "nothing", text: "x=", want: "" },
    { why: "a name twice", text: "x=1&x=2", want: ["1", "2"] },
    { why: "an integer", text: "x=-42", plan: { types: ["integer"] }, want: -42 },
    { why: "a fraction is no integer", text: "x=1.5", plan: { types: ["integer"] }, want: "1.5" },
    { why: "text is no integer", text: "x=abc", plan: { types: ["integer"] }, want: "abc" },
    {
      why: "an integer of sixteen digits",
      text: "x=1628786212405123",
      plan: { types: ["integer"] },
      want: 1628786212405123,
    },
    {
      why: "the largest exact integer",
      text: "x=9007199254740991",
      plan: { types: ["integer"] },
      want: 9007199254740991,
    },
    {
      why: "one more stays text, as no number says it exactly",
      text: "x=9007199254740993",
      plan: { types: ["integer"] },
      want: "9007199254740993",
    },
    {
      why: "twenty digits stay text",
      text: "x=12345678901234567890",
      plan: { types: ["integer"] },
      want: "12345678901234567890",
    },
    { why: "a number", text: "x=1.5e3", plan: { types: ["number"] }, want: 1500 },
    { why: "hexadecimal is no number", text: "x=0x10", plan: { types: ["number"] }, want: "0x10" },
    { why: "white space is no number", text: "x=+", plan: { types: ["number"] }, want: " " },
    { why: "true", text: "x=true", plan: { types: ["boolean"] }, want: true },
    { why: "false", text: "x=false", plan: { types: ["boolean"] }, want: false },
    { why: "yes is no boolean", text: "x=yes", plan: { types: ["boolean"] }, want: "yes" },
    { why: "null", text: "x=null", plan: { types: ["integer", "null"] }, want: null },
    { why: "nothing, where null is allowed", text: "x=", plan: { types: ["integer", "null"] }, want: null },
    { why: "an object as JSON", text: 'x={"a":1}', plan: { types: ["object"] }, want: { a: 1 } },
    { why: "no JSON of an object", text: "x={a}", plan: { types: ["object"] }, want: "{a}" },
    { why: "a list by repeated names", text: "x=a&x=b", plan: ofStrings, want: ["a", "b"] },
    { why: "a list of one", text: "x=a", plan: ofStrings, want: ["a"] },
    { why: "a list as JSON", text: 'x=["a","b"]', plan: ofStrings, want: ["a", "b"] },
    {
      why: "a list of numbers",
      text: "x=1&x=2",
      plan: { types: ["array"], items: { types: ["integer"] } },
      want: [1, 2],
    },
    { why: "brackets", text: "x=[a, b]", plan: bracketed, want: ["a", "b"] },
    { why: "brackets without spaces", text: "x=[a,b]", plan: bracketed, want: ["a", "b"] },
    { why: "empty brackets", text: "x=[]", plan: bracketed, want: [] },
    { why: "brackets of digits that are strings", text: "x=[123, 456]", plan: bracketed, want: ["123", "456"] },
    { why: "brackets of words that are strings", text: "x=[true, null]", plan: bracketed, want: ["true", "null"] },
    {
      why: "brackets of numbers",
      text: "x=[1, 2]",
      plan: { types: ["array"], items: { types: ["integer"] }, bracketed: true },
      want: [1, 2],
    },
    { why: "bracketed, but repeated", text: "x=a&x=b", plan: bracketed, want: ["a", "b"] },
    { why: "bracketed, but without brackets", text: "x=a, b", plan: bracketed, want: "a, b" },
    { why: "brackets where none are documented", text: "x=[a, b]", plan: ofStrings, want: ["[a, b]"] },
  ])("$why", ({ text, plan, want }) => {
    expect(read(text, plan)).toEqual({ x: want });
  });

  test("names that every object has are members", () => {
    const object = coerceFields(new URLSearchParams("__proto__=1&constructor=2&toString=3"), [
      ["__proto__", { types: ["integer"] }],
    ]);
    expect(Object.entries(object)).toEqual([
      ["__proto__", 1],
      ["constructor", "2"],
      ["toString", "3"],
    ]);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });
});

describe("writing and reading again", () => {
  const names = fc.constantFrom("a", "b c", "__proto__", "constructor", "é", "&=", "");
  const text = fc.string({ unit: "grapheme" });
  /** Values with the plan that a schema for them gives. */
  const field: fc.Arbitrary<[unknown, CoercePlan]> = fc.oneof(
    text.map((value): [unknown, CoercePlan] => [value, { types: ["string"] }]),
    fc.maxSafeInteger().map((value): [unknown, CoercePlan] => [value, { types: ["integer"] }]),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value): [unknown, CoercePlan] => [value, { types: ["number"] }]),
    fc.boolean().map((value): [unknown, CoercePlan] => [value, { types: ["boolean"] }]),
    fc.constant<[unknown, CoercePlan]>([null, { types: ["integer", "null"] }]),
    fc.dictionary(text, fc.jsonValue()).map((value): [unknown, CoercePlan] => [value, { types: ["object"] }]),
    fc.array(text).map((value): [unknown, CoercePlan] => [value, ofStrings]),
    fc.array(text).map((value): [unknown, CoercePlan] => [value, bracketed]),
    fc
      .array(fc.maxSafeInteger())
      .map((value): [unknown, CoercePlan] => [
        value,
        { types: ["array"], items: { types: ["integer"] }, bracketed: true },
      ]),
    fc.array(fc.jsonValue()).map((value): [unknown, CoercePlan] => [value, { types: ["array"] }]),
  );

  test("gives the same object", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(names, field), { selector: ([name]) => name }), (fields) => {
        const object: Record<string, unknown> = {};
        const plans: CoercePlans = fields.map(([name, [, plan]]) => [name, plan] as const);
        for (const [name, [value]] of fields) {
          Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
        }
        const written = writeFields(object, plans);
        expect(JSON.stringify(coerceFields(new URLSearchParams(written), plans))).toBe(JSON.stringify(object));
      }),
      { numRuns: runs(2_000) },
    );
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { characterRun } from "../../../src/emit/validators/character-run.ts";

/** What the code does that stands in a validator. */
function compiled(pattern: string): { test(text: string): boolean } | null {
  const code = characterRun(pattern);
  // The code is made of numbers alone, which the tests below hold it to.
  return code === null ? null : new Function(`return ${code};`)();
}

const RUNS = [
  "^[0-9]+$",
  String.raw`^\d+$`,
  String.raw`^\d{13}$`,
  "^[0-9]*$",
  "^[0-9A-D*#]$",
  "^[A-Z]{2}$",
  "^[A-Z]{2,3}$",
  "^[a-z]{2,}$",
  "^[a-z0-9-]{0,36}$",
  "^[-a-z]+$",
  "^[a-]+$",
  "^[+]{0}$",
];

test.each(RUNS)("%s says what the expression says", (pattern) => {
  const run = compiled(pattern);
  const expression = new RegExp(pattern, "u");
  const near = fc.string({ unit: fc.constantFrom(..."09azAZDE-+*#é😀\n"), maxLength: 40 });
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: "binary" }), fc.stringMatching(expression)), (text) => {
      expect(run?.test(text)).toBe(expression.test(text));
    }),
    { numRuns: 500 },
  );
});

test.each([
  "[0-9]+",
  "^[0-9]+",
  "[0-9]+$",
  "^[^0-9]+$",
  "^[a-z-9]+$",
  "^[é]+$",
  "^[a b]+$",
  String.raw`^[\d]+$`,
  String.raw`^[\]]+$`,
  "^[0-9]+?$",
  "^[0-9]+[a-z]+$",
  "^[abcdefg]+$",
  "^(?:[0-9]+)$",
  "^[0-9]{1234567}$",
])("%s is left to the engine", (pattern) => {
  expect(characterRun(pattern)).toBeNull();
});

test("nothing of a pattern but numbers gets into the code", () => {
  const code = characterRun("^[$`{}'\"]{2,3}$") ?? "";
  expect(code).not.toMatch(/[$`'"]/);
  expect(compiled("^[$`{}'\"]{2,3}$")?.test("`$")).toBe(true);
});

import { createRequire } from "node:module";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stringLength } from "../../src/runtime/string-length.ts";
import { runs } from "../limits.ts";

const LONG = "a".repeat(40);

test.each([
  ["", 0],
  ["a", 1],
  ["é", 1],
  ["e\u0301", 2],
  ["😀", 1],
  ["😀😀", 2],
  ["\ud83d", 1],
  ["\ude00", 1],
  ["\ude00\ud83d", 2],
  ["\ud83d\ud83d\ude00", 2],
  ["\ud83d\ude00\ude00", 2],
  [LONG, 40],
  [`${LONG}é`, 41],
  [`${LONG}€`, 41],
  [`${LONG}😀`, 41],
  [`😀${LONG}`, 41],
  [`${LONG}\ud83d`, 41],
  [`\ude00${LONG}\ud83d`, 42],
])("%j has %d code points", (value, want) => {
  expect(stringLength(value)).toBe(want);
});

test("equals ajv's ucs2length", () => {
  const unit = fc.oneof(
    fc.constantFrom("a", "é", "€", "\ud83d", "\ude00", "\udbff", "\udfff", "\ud7ff", "\ue000", "😀"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  // Not imported: whether the default export of this CommonJS module is unwrapped depends on who loads it.
  const ucs2length: (value: string) => number = createRequire(import.meta.url)(
    "ajv/dist/runtime/ucs2length.js",
  ).default;
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 60 }), (units) => {
      const value = units.join("");
      expect(stringLength(value)).toBe(ucs2length(value));
    }),
    { numRuns: runs(10_000) },
  );
});

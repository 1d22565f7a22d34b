import Ajv2020 from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { repeatedItems } from "../../src/runtime/unique-items.ts";
import { runs } from "../limits.ts";

test.each<[items: unknown[], want: readonly number[] | null]>([
  [[], null],
  [[1, "1", true, "true", null, "null", [], {}, "[]", "{}", [1], ["1"]], null],
  [
    [1, 2, 1],
    [2, 0],
  ],
  [
    [0, -0],
    [1, 0],
  ],
  [
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [1, 0],
  ],
  [[{ a: [1] }, { a: ["1"] }], null],
  [[["a", "b"], ["a,b"]], null],
  [
    ["__proto__", "constructor", "__proto__"],
    [2, 0],
  ],
  [[JSON.parse('{"__proto__":1}'), {}], null],
])("%j", (items, want) => {
  expect(repeatedItems(items)).toEqual(want);
});

test("judges as AJV does", () => {
  const ajv = new Ajv2020.default({ strict: false });
  const validate = ajv.compile({ uniqueItems: true });
  // AJV calls what an item has as "toString" or "valueOf".
  const values = fc.jsonValue({ maxDepth: 2, noUnicodeString: false });
  const items = fc.array(
    values.filter((value) => !/"(?:toString|valueOf)":/.test(JSON.stringify(value))),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(items, fc.boolean(), (list, twice) => {
      const all = JSON.parse(JSON.stringify(twice ? [...list, ...list.slice(0, 1)] : list));
      expect(repeatedItems(all) === null).toBe(validate(all));
    }),
    { numRuns: runs(2_000) },
  );
});

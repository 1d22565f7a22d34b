import { createRequire } from "node:module";
import fc from "fast-check";
import { expect, test } from "vitest";
import { equal } from "../../src/runtime/equal.ts";
import { IS_THOROUGH, runs } from "../limits.ts";

test.each([
  ["1", "1.0", true],
  ["0", "-0", true],
  ["1", '"1"', false],
  ["0", "false", false],
  ["null", "{}", false],
  ["null", "0", false],
  ["[]", "{}", false],
  ["[]", "null", false],
  ["[1,2]", "[2,1]", false],
  ["[1]", "[1,null]", false],
  ['{"0":1}', "[1]", false],
  ['{"a":1,"b":[2]}', '{"b":[2],"a":1}', true],
  ['{"a":1}', '{"a":1,"b":2}', false],
  ['{"a":null}', '{"b":null}', false],
  ['{"a":{"b":[{"c":1}]}}', '{"a":{"b":[{"c":1}]}}', true],
  ['{"a":{"b":[{"c":1}]}}', '{"a":{"b":[{"c":2}]}}', false],
  ['{"__proto__":1}', '{"__proto__":1}', true],
  ['{"__proto__":1}', '{"__proto__":2}', false],
  ['{"__proto__":{}}', '{"a":{}}', false],
  ['{"__proto__":null}', "{}", false],
  ['{"toString":1}', '{"toString":1}', true],
  ['{"toString":1}', '{"valueOf":1}', false],
  ['{"valueOf":1,"a":2}', '{"a":2,"valueOf":1}', true],
  ['{"constructor":{"a":1}}', '{"constructor":{"a":1}}', true],
  ['{"constructor":{"a":1}}', '{"constructor":{"a":2}}', false],
  ['{"hasOwnProperty":1}', '{"hasOwnProperty":1}', true],
  ['{"a":1}', '{"toString":1}', false],
])("%s and %s: %s", (a, b, want) => {
  expect(equal(JSON.parse(a), JSON.parse(b))).toBe(want);
  expect(equal(JSON.parse(b), JSON.parse(a))).toBe(want);
});

test("an inherited property is none", () => {
  expect(equal({ a: 1 }, Object.create({ a: 1 }))).toBe(false);
  expect(equal({ a: undefined }, Object.assign(Object.create({ a: undefined }), { b: undefined }))).toBe(false);
});

test("values without a prototype and undefined are compared like others", () => {
  expect(equal(Object.assign(Object.create(null), { a: 1 }), { a: 1 })).toBe(true);
  expect(equal(undefined, undefined)).toBe(true);
  expect(equal(undefined, null)).toBe(false);
  expect(equal(Number.NaN, Number.NaN)).toBe(true);
});

test("equals fast-deep-equal on JSON values", () => {
  // Not imported: whether the default export of this CommonJS module is unwrapped depends on who loads it.
  const deepEqual: (a: unknown, b: unknown) => boolean = createRequire(import.meta.url)(
    "ajv/dist/runtime/equal.js",
  ).default;
  const key = fc.constantFrom("a", "b", "c", "0", "");
  const { value: json } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: "medium" },
      fc.constantFrom(null, true, false, 0, 1, "", "1", "a"),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(equal(a, b)).toBe(deepEqual(a, b));
      expect(equal(a, reversed(a))).toBe(true);
      // One deep change is seen.
      expect(equal([{ a: [a, 1] }], [{ a: [a, 2] }])).toBe(false);
    }),
    { numRuns: runs(5_000) },
  );
});

/** The same JSON value with the properties of its objects in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

test.runIf(IS_THOROUGH)("nesting as deep as JSON.parse allows does not overflow", () => {
  const depth = 1_000_000;
  const nested = (leaf: string) => JSON.parse("[".repeat(depth) + leaf + "]".repeat(depth));
  expect(equal(nested("1"), nested("1"))).toBe(true);
  expect(equal(nested("1"), nested("2"))).toBe(false);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equal, isObject, type JsonValue, own, setOwn, stableStringify, walk } from "../../src/json/index.ts";

/** Arrays in arrays, built from the inside so that building needs no stack. */
function nested(levels: number): JsonValue {
  let value: JsonValue = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

describe("walk", () => {
  test("visits parents first, members in order, with escaped pointers", () => {
    const pointers: string[] = [];
    walk({ b: [1, { "x/y": null }], a: "s" }, (_value, pointer) => {
      pointers.push(pointer);
      return undefined;
    });
    expect(pointers).toEqual(["", "/b", "/b/0", "/b/1", "/b/1/x~1y", "/a"]);
  });

  test("skip leaves out what is below", () => {
    const pointers: string[] = [];
    walk({ a: { b: 1 }, c: 2 }, (_value, pointer) => {
      pointers.push(pointer);
      return pointer === "/a" ? "skip" : undefined;
    });
    expect(pointers).toEqual(["", "/a", "/c"]);
  });

  test("10,000 levels do not overflow the stack", () => {
    let deepest = 0;
    walk(nested(10_000), (_value, pointer) => {
      deepest = Math.max(deepest, pointer.length / 2);
      return undefined;
    });
    expect(deepest).toBe(10_000);
  });

  test("once: shared parts are visited at their first place only, circles end", () => {
    const shared = { x: 1 };
    const value: Record<string, JsonValue> = { a: shared, b: shared };
    value["self"] = value;
    const pointers: string[] = [];
    walk(
      value,
      (_value, pointer) => {
        pointers.push(pointer);
        return undefined;
      },
      { once: true },
    );
    expect(pointers).toEqual(["", "/a", "/a/x"]);
  });
});

describe("stableStringify", () => {
  test("lays out like JSON.stringify where the order of keys is the same", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2, 4), (value, indent) => {
        expect(stableStringify(value as JsonValue, { indent, keys: "given" })).toBe(
          JSON.stringify(value, null, indent),
        );
      }),
    );
  });

  test("is the same for any order of keys, and parses back", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
        const reversed = Object.fromEntries(Object.entries(record).reverse());
        expect(stableStringify(reversed as JsonValue)).toBe(stableStringify(record as JsonValue));
        expect(equal(JSON.parse(stableStringify(record as JsonValue)), JSON.parse(JSON.stringify(record)))).toBe(true);
      }),
    );
  });

  test.each([
    {
      why: "numbers as keys sort as text",
      given: '{"b":1,"10":2,"9":3}',
      options: { indent: 0 },
      want: '{"10":2,"9":3,"b":1}',
    },
    { why: "an own __proto__", given: '{"__proto__":{"a":1}}', options: { indent: 0 }, want: '{"__proto__":{"a":1}}' },
    { why: "nothing in it", given: '{"a":[],"b":{}}', options: {}, want: '{\n  "a": [],\n  "b": {}\n}' },
    { why: "a newline at the end", given: "1", options: { newline: true }, want: "1\n" },
    {
      why: "an order of one's own",
      given: '{"a":1,"b":2}',
      options: { indent: 0, keys: (a: string, b: string) => (a < b ? 1 : -1) },
      want: '{"b":2,"a":1}',
    },
  ])("$why", ({ given, options, want }) => {
    expect(stableStringify(JSON.parse(given), options)).toBe(want);
  });

  test("10,000 levels do not overflow the stack", () => {
    expect(stableStringify(nested(10_000), { indent: 0 })).toHaveLength(20_001);
  });
});

describe("equal", () => {
  test.each([
    { a: '{"a":1,"b":2}', b: '{"b":2,"a":1}', want: true },
    { a: "[1,2]", b: "[2,1]", want: false },
    { a: "{}", b: "[]", want: false },
    { a: "[]", b: "{}", want: false },
    { a: '{"a":1}', b: '{"b":1}', want: false },
    { a: '{"__proto__":{}}', b: "{}", want: false },
    { a: '{"toString":1}', b: '{"x":1}', want: false },
    { a: "null", b: "{}", want: false },
    { a: "1.0", b: "1", want: true },
    { a: "[1]", b: "[1,2]", want: false },
  ])("$a and $b", ({ a, b, want }) => {
    expect(equal(JSON.parse(a), JSON.parse(b))).toBe(want);
  });

  test("a copy is equal; deep values do not overflow", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(equal(value as JsonValue, structuredClone(value) as JsonValue)).toBe(true);
      }),
    );
    expect(equal(nested(10_000), nested(10_000))).toBe(true);
    expect(equal(nested(10_000), nested(9_999))).toBe(false);
  });
});

test("own and setOwn keep to own properties", () => {
  const record: Record<string, JsonValue> = {};
  expect(own(record, "constructor")).toBeUndefined();
  setOwn(record, "__proto__", { polluted: true });
  expect(own(record, "__proto__")).toEqual({ polluted: true });
  expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
  expect("polluted" in record).toBe(false);
});

test("isObject is false for null and arrays", () => {
  expect([{}, null, [], "x", 1].map(isObject)).toEqual([true, false, false, false, false]);
});

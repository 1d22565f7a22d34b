import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodePercent,
  formatFragment,
  formatPointer,
  getAt,
  isWithin,
  joinPointer,
  parentPointer,
  parseFragment,
  parsePointer,
} from "../../src/json/index.ts";

describe("parsePointer", () => {
  // RFC 6901 §5.
  test.each([
    { given: "", want: [] },
    { given: "/foo", want: ["foo"] },
    { given: "/foo/0", want: ["foo", "0"] },
    { given: "/", want: [""] },
    { given: "/a~1b", want: ["a/b"] },
    { given: "/m~0n", want: ["m~n"] },
    { given: "/~01", want: ["~1"] },
    { given: "foo", want: null },
    { given: "/~", want: null },
    { given: "/~2", want: null },
  ])("$given", ({ given, want }) => {
    expect(parsePointer(given)).toEqual(want);
  });

  test("is the inverse of formatPointer", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (tokens) => {
        expect(parsePointer(formatPointer(tokens))).toEqual(tokens);
      }),
    );
  });
});

describe("fragments", () => {
  test.each([
    { given: "/c%25d", want: ["c%d"] },
    { given: "/e%5Ef", want: ["e^f"] },
    { given: "/k%22l", want: ['k"l'] },
    { given: "/%20", want: [" "] },
    { given: "/paths/~1users~1%7Bid%7D", want: ["paths", "/users/{id}"] },
    { given: "/100%", want: ["100%"] },
    { given: "anchor", want: null },
  ])("parseFragment $given", ({ given, want }) => {
    expect(parseFragment(given)).toEqual(want);
  });

  test("what is formatted is a legal fragment and parses back", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (tokens) => {
        const fragment = formatFragment(formatPointer(tokens));
        expect(fragment).toMatch(/^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-F]{2})*$/);
        expect(parseFragment(fragment)).toEqual(tokens);
      }),
    );
  });

  test("half a surrogate pair does not throw", () => {
    expect(formatFragment("/\ud83d")).toBe("/%EF%BF%BD");
    expect(decodePercent("%ED%A0%BD")).toBe("%ED%A0%BD");
  });
});

describe("getAt", () => {
  const value = JSON.parse('{"a": [10, {"": "empty"}], "__proto__": {"own": true}, "n": null}');

  test.each([
    { given: [], want: value },
    { given: ["a", "0"], want: 10 },
    { given: ["a", 1, ""], want: "empty" },
    { given: ["__proto__", "own"], want: true },
    { given: ["n"], want: null },
    { given: ["n", "x"], want: undefined },
    { given: ["a", "-"], want: undefined },
    { given: ["a", "00"], want: undefined },
    { given: ["a", "2"], want: undefined },
    { given: ["a", "length"], want: undefined },
    { given: ["a", "0", "length"], want: undefined },
    { given: ["constructor"], want: undefined },
    { given: ["toString"], want: undefined },
    { given: ["a", "__proto__"], want: undefined },
  ])("$given", ({ given, want }) => {
    expect(getAt(value, given)).toEqual(want);
  });

  test("__proto__ of an object without such a key is not there", () => {
    expect(getAt({}, ["__proto__"])).toBeUndefined();
  });

  test("finds every place of a value by its pointer", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.array(fc.jsonValue(), { minLength: 1 })), (record) => {
        for (const [key, items] of Object.entries(record)) {
          const tokens = parsePointer(joinPointer("", key, items.length - 1));
          expect(getAt(record as never, tokens ?? [])).toBe(items.at(-1));
        }
      }),
    );
  });
});

test("joinPointer escapes, parentPointer goes back", () => {
  expect(joinPointer("/paths", "/a~b", 0)).toBe("/paths/~1a~0b/0");
  expect(parentPointer("/paths/~1a~0b/0")).toBe("/paths/~1a~0b");
  expect(parentPointer("/paths")).toBe("");
  expect(parentPointer("")).toBe("");
});

test("isWithin goes by whole tokens", () => {
  expect(isWithin("/a/b", "/a")).toBe(true);
  expect(isWithin("/a", "/a")).toBe(true);
  expect(isWithin("/ab", "/a")).toBe(false);
  expect(isWithin("/a", "")).toBe(true);
});

import { expect, test } from "vitest";
import { createValueLookup } from "../../src/runtime/value-lookup.ts";

test("texts, long texts, numbers and what is no scalar are found by what they are", () => {
  const lookup = createValueLookup<number>();
  const values = ["", "a", "b", "ab", 1, "1", true, null, undefined, "x".repeat(64), "x".repeat(65), "__proto__"];
  values.forEach((value, index) => {
    lookup.add(value, index);
  });
  values.forEach((value, index) => {
    expect(lookup.get(value)).toEqual([index]);
  });
  for (const other of ["c", "ba", 2, "2", false, {}, "x".repeat(63), "x".repeat(66), "constructor"]) {
    expect(lookup.get(other)).toEqual([]);
  }
});

test("many texts of one length are all found", () => {
  const lookup = createValueLookup<number>();
  const texts = Array.from({ length: 300 }, (_, index) => String(1000 + index));
  texts.forEach((text, index) => {
    lookup.add(text, index);
  });
  expect(texts.map((text) => lookup.get(text))).toEqual(texts.map((_, index) => [index]));
  expect(lookup.get("2000")).toEqual([]);
});

test("items under one value keep their order and come once", () => {
  const lookup = createValueLookup<string>();
  for (const item of ["first", "second", "first"]) lookup.add("value", item);
  expect(lookup.get("value")).toEqual(["first", "second"]);
});

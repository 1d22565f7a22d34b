import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyRegistry, safeKey } from "../../src/normalize/safe-key.ts";
import { codes, contractOf, fixed, keys, names, openapi, post } from "./helpers.ts";

const named = (name: string, constants: object = {}) => ({ ...post(fixed({ ...constants })), "x-webhook-name": name });

describe("names", () => {
  test.each([
    {
      why: "x-webhook-name before the wire's value",
      hooks: { key: named("wanted", { type: "wire" }) },
      want: ["wanted"],
    },
    { why: "the wire's value before the key", hooks: { key: post(fixed({ type: "wire" })) }, want: ["wire"] },
    { why: "the key where the route has none", hooks: { key: post({}) }, want: ["key"] },
    {
      why: "the key where the route has two conditions",
      hooks: { a: post(fixed({ t: "x" })), b: post(fixed({ t: "x", u: "y" })) },
      want: ["x", "b"],
    },
    {
      why: "the key where one condition has several values",
      hooks: { a: { ...post({}), "x-webhook-route": { in: "body", at: "/t", value: ["x", "y"] } } },
      want: ["a"],
    },
    {
      why: "a value that two have names neither",
      hooks: { a: post(fixed({ t: "x" })), b: post(fixed({ t: "x" })) },
      want: ["a", "b"],
    },
    {
      why: "a name that another one has by x-webhook-name is taken",
      hooks: { a: named("x"), b: post(fixed({ t: "x" })) },
      want: ["x", "b"],
    },
    {
      why: "a key that is another's wire value gets a suffix",
      hooks: { paid: post({}), b: post(fixed({ t: "paid" })) },
      want: ["paid-2", "paid"],
    },
    { why: "an empty wish is none", hooks: { a: named("") }, want: ["a"] },
    { why: "an empty key", hooks: { "": post({}) }, want: ["webhook"] },
    {
      why: "the suffix of one is another's key",
      hooks: { a: { ...post({}), put: post({}).post }, "a-2": post({}) },
      want: ["a", "a-3", "a-2"],
    },
  ])("$why", async ({ hooks, want }) => {
    expect(names(await contractOf(openapi({ webhooks: hooks })))).toEqual(want);
  });

  test("two that want one name are both told", async () => {
    const given = await contractOf(openapi({ webhooks: { a: named("x"), b: named("x") } }));
    expect(names(given)).toEqual(["a", "b"]);
    expect(codes(given).filter((code) => code === "webhook-name-taken")).toHaveLength(2);
  });
});

describe("keys", () => {
  test.each([
    ["order.paid", "order_paid"],
    ["order/paid", "order_paid"],
    ["../../etc/passwd", "etc_passwd"],
    ["conference-member", "conference_member"],
    ["two words", "two_words"],
    ["Straße", "Straudf_e"],
    ["café", "cafe"],
    ["😀", "_"],
    ["日本", "u65e5_u672c"],
    ["", "_"],
    ["__", "_"],
    ["1st", "_1st"],
    ["class", "class_"],
    ["Class", "Class_"],
    ["await", "await_"],
    ["__proto__", "proto"],
    ["constructor", "constructor_"],
    ["toString", "toString_"],
    ["CON", "CON_"],
    ["com1", "com1_"],
    ["nul.txt", "nul_txt"],
    ["a\u0000b\nc", "a_b_c"],
    ["a\u202eb", "a_b"],
    ["ﬁ", "fi"],
  ])("%j → %s", (name, want) => {
    expect(safeKey(name)).toBe(want);
  });

  test("long names that begin alike differ", () => {
    const [one, two] = ["x".repeat(300), `${"x".repeat(299)}y`].map(safeKey);
    expect(one).toHaveLength(80);
    expect(one).not.toBe(two);
  });

  test("names that differ by case or punctuation only get suffixes", () => {
    const registry = new KeyRegistry();
    expect(["a.b", "A-B", "a_b", "a b 2", "a_b_2"].map((name) => registry.take(name))).toEqual([
      "a_b",
      "A_B_2",
      "a_b_3",
      "a_b_2_2",
      "a_b_2_3",
    ]);
  });

  const nasty = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom(
      "",
      ".",
      "..",
      "a/b",
      "con",
      "PRN.json",
      "class",
      "__proto__",
      "constructor",
      "A",
      "a",
      "á",
      "index",
    ),
    fc.string({ minLength: 300, maxLength: 310 }),
  );

  test("every key is an identifier and a file name, and no two are alike without case", () => {
    fc.assert(
      fc.property(fc.array(nasty, { maxLength: 30 }), (all) => {
        const registry = new KeyRegistry();
        const taken = all.map((name) => registry.take(name));
        for (const key of taken) {
          expect(key).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
          expect(key.length).toBeLessThan(100);
          expect(key).not.toMatch(/^(?:aux|con|nul|prn|com\d|lpt\d|index|__proto__|constructor)$/i);
          // Strict mode refuses every word that cannot name a binding.
          expect(() => new Function(`"use strict"; const ${key} = 1;`)).not.toThrow();
        }
        expect(new Set(taken.map((key) => key.toLowerCase())).size).toBe(taken.length);
      }),
      { numRuns: 500 },
    );
  });

  test("whatever a document calls its webhooks, names are unique and keys are safe", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(nasty, { maxLength: 8 }),
        fc.array(nasty, { maxLength: 8 }),
        async (all, wanted) => {
          const hooks: [string, unknown][] = all.map((name, index) => [name, named(wanted[index] ?? "", { t: name })]);
          const webhooks = Object.fromEntries(hooks);
          const given = await contractOf(openapi({ webhooks }));
          expect(names(given)).toHaveLength(Object.keys(webhooks).length);
          expect(new Set(names(given)).size).toBe(names(given).length);
          expect(new Set(keys(given).map((key) => key.toLowerCase())).size).toBe(names(given).length);
          expect(names(given)).not.toContain("");
        },
      ),
      { numRuns: 200 },
    );
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { documentText } from "../../../src/emit/export/document-text.ts";
import type { JsonObject } from "../../../src/model/index.ts";

test("YAML that older readers read alike: what they take for something else is in quotes", () => {
  const text = documentText({ on: "yes", n: "1_000", "200": "0o7", t: "12:30:45", d: "2020-01-01", z: "~" }, "yaml");
  for (const quoted of ['"on":', '"yes"', '"n":', '"1_000"', '"200":', '"12:30:45"', '"2020-01-01"', '"~"']) {
    expect(text).toContain(quoted);
  }
});

test("YAML for readers: lines stay lines, nothing is an alias", () => {
  const shared = {
    a: "One.\n\nTwo, which is a long line: it goes on and on, and there is no end to it, but for this one here.\n",
  };
  const text = documentText({ first: { deep: shared }, second: shared }, "yaml");
  expect(text).not.toMatch(/[&*]a1/);
  expect(text).toContain("    a: |\n      One.\n\n      Two, which");
});

test("whatever is written is read as the same", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ stringUnit: "grapheme" })), (value) => {
      const given = JSON.parse(JSON.stringify(value)) as JsonObject;
      expect(JSON.stringify(JSON.parse(documentText(given, "json")))).toBe(JSON.stringify(given));
      expect(JSON.stringify(parse(documentText(given, "yaml")))).toBe(JSON.stringify(given));
    }),
    { numRuns: 500 },
  );
});

import { expect, test } from "vitest";
import documents from "./documents.ts";
import { hookbook } from "./helpers.ts";
import { codesOf, prepared } from "./prepared.ts";

test.each(documents)("$why", async (document) => {
  const { status, codes, options = [] } = document;
  const { place, entry } = prepared(document);
  const ended = await hookbook(place, ["list", entry, ...options]);
  expect({ status: ended.status, codes: codesOf(ended.stderr) }).toEqual({ status, codes });
  expect(ended.stdout + ended.stderr).not.toContain("SECRET");
  // Messages name what is wrong; they do not repeat the document.
  expect(ended.stderr.length).toBeLessThan(40_000);
});

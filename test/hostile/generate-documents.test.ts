import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hookbook } from "./helpers.ts";
import { codesOf, prepared, readable } from "./prepared.ts";

test.each(readable)("$why", async (document) => {
  const { status, codes, generated, options = [] } = document;
  const { place, entry } = prepared(document);
  const ended = await hookbook(place, ["generate", entry, "--out", "out", ...options]);
  const want = generated ?? { status, codes };
  expect(ended.status).toBe(want.status);
  expect(codesOf(ended.stderr)).toEqual(expect.arrayContaining([...want.codes]));
  expect(existsSync(join(place.folder, "out"))).toBe(want.status === 0);
});

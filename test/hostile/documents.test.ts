import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import documents, { type HostileDocument } from "./documents.ts";
import { hookbook, workplace } from "./helpers.ts";

/** The codes on standard error, each once, in alphabetical order. */
function codesOf(stderr: string): readonly string[] {
  const lines = stderr.matchAll(/^\S.*?:\d+:\d+ +(?:error|warning) +([a-z0-9-]+) /gm);
  return [...new Set([...lines].map(([, code = ""]) => code))].sort();
}

function prepared({ files, prepare, entry }: HostileDocument) {
  const given = files();
  const place = workplace(given);
  prepare?.(place.folder, place.outside);
  return { place, entry: entry ?? Object.keys(given)[0] ?? "" };
}

describe.each(documents)("$why", (document) => {
  const { status, codes, generated, listOnly = false, options = [] } = document;

  test("list", async () => {
    const { place, entry } = prepared(document);
    const ended = await hookbook(place, ["list", entry, ...options]);
    expect({ status: ended.status, codes: codesOf(ended.stderr) }).toEqual({ status, codes });
    expect(ended.stdout + ended.stderr).not.toContain("SECRET");
    // Messages name what is wrong; they do not repeat the document.
    expect(ended.stderr.length).toBeLessThan(40_000);
  });

  test.runIf(status === 0 && !listOnly)("generate", async () => {
    const { place, entry } = prepared(document);
    const ended = await hookbook(place, ["generate", entry, "--out", "out", ...options]);
    const want = generated ?? { status, codes };
    expect(ended.status).toBe(want.status);
    expect(codesOf(ended.stderr)).toEqual(expect.arrayContaining([...want.codes]));
    expect(existsSync(join(place.folder, "out"))).toBe(want.status === 0);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { diffContracts, verdictOf } from "../../src/diff/index.ts";
import type { Change } from "../../src/model/index.ts";
import { placeText, sideOf } from "./helpers.ts";
import { changeLine } from "./rule-pages.ts";

const folder = new URL("../fixtures/diff/", import.meta.url);
const cases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** What is said of a pair of documents, one way and the other, with the places in both. */
function report(forward: readonly Change[], backward: readonly Change[]): string {
  const lines = (changes: readonly Change[]) =>
    changes.map((change) => `${changeLine(change)}\n  ${placeText(change.base)} → ${placeText(change.revision)}\n`);
  return [
    `verdict: ${verdictOf(forward)}\n`,
    ...lines(forward),
    `\nthe other way round: ${verdictOf(backward)}\n`,
    ...lines(backward),
  ].join("");
}

describe("what vendors change", () => {
  test("there are pairs to be compared", () => expect(cases.length).toBeGreaterThanOrEqual(14));

  test.each(cases.map(({ name }) => name))("%s", async (name) => {
    const read = (file: string) => sideOf(readFileSync(new URL(`${name}/${file}`, folder), "utf8"), file);
    const [base, revision] = [await read("base.yaml"), await read("revision.yaml")];
    const text = report(diffContracts({ base, revision }), diffContracts({ base: revision, revision: base }));
    await expect(text).toMatchFileSnapshot(`../fixtures/diff/${name}/expected.txt`);
  });
});

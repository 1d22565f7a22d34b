import { expect, test } from "vitest";
import { diffContracts, ruleInfos } from "../../src/diff/index.ts";
import type { Change } from "../../src/model/index.ts";
import { sideOf } from "./helpers.ts";
import { events } from "./vendor-events.ts";
import { formats } from "./vendor-formats.ts";
import { keywords } from "./vendor-keywords.ts";

// Whole documents, each pair judged by hand before it was run. Those in `fixtures/diff/` show how such changes are told; these hold
// that each is told for what it is.

const lines = (changes: readonly Change[]) =>
  changes
    .map(({ level, rule, webhook, in: part, pointer }) => {
      return `${level} ${rule} ${webhook} ${part === "payload" ? "" : `${part}:`}${pointer}`;
    })
    .sort();

test.each([...events, ...keywords, ...formats])("%s", async (_what, before, after, told) => {
  const [base, revision] = [await sideOf(before), await sideOf(after)];
  const forward = diffContracts({ base, revision });
  expect(lines(forward)).toEqual([...told].sort());
  // The other way round tells of the same.
  const backward = new Set(diffContracts({ base: revision, revision: base }).map(({ rule }) => rule));
  for (const { rule } of forward) {
    const mirror = ruleInfos.find(({ id }) => id === rule)?.mirror;
    if (mirror !== undefined && "rules" in mirror) {
      expect(
        mirror.rules.some((id) => backward.has(id)),
        rule,
      ).toBe(true);
    }
  }
});

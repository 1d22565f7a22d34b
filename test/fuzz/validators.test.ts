import { expect, test } from "vitest";
import { SCHEMAS_PER_ROUND } from "./check-validators.ts";
import { fuzz } from "./pool.ts";

const ROUNDS = 8;

test("emitted validators agree with AJV on random schemas in a document, and on values near them", async () => {
  const { failures, counts } = await fuzz({
    mode: "validators",
    seed: 20_260_101,
    count: ROUNDS,
    jobs: 2,
    secondsMax: 60,
    mebibytesMax: 1024,
    perThreadMax: 5,
  });
  expect(failures.map(({ kind, text, index }) => `#${index} ${kind}\n${text}`)).toEqual([]);
  expect(counts["schemas"]).toBe(ROUNDS * SCHEMAS_PER_ROUND);
  const { values = 0, valid = 0, withoutReference = 0 } = counts;
  expect(values).toBeGreaterThanOrEqual(ROUNDS * SCHEMAS_PER_ROUND * 30);
  // Both verdicts are tried, and AJV has one.
  expect(valid / values).toBeGreaterThan(0.25);
  expect(valid / values).toBeLessThan(0.75);
  expect(withoutReference / values).toBeLessThan(0.01);
}, 120_000);

import { expect, test } from "vitest";
import { checkRandomPairs } from "./random-checks.ts";

test("what the base rejects of random revisions is told, and both ways tell the same", async () => {
  const { pairs, payloads, rejected, problems, unmirrored } = await checkRandomPairs(
    20_260_101,
    [0, 1, 2],
    (verdict) => (verdict === "breaking" ? 3 : 10),
  );
  expect(problems).toEqual([]);
  expect(unmirrored).toEqual([]);
  expect(pairs).toBe(120);
  expect(payloads).toBeGreaterThan(500);
  expect(rejected).toBeGreaterThan(5);
});

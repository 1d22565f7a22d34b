import { expect, test } from "vitest";
import { checkRandomPairs } from "../diff/random-checks.ts";

const ROUNDS = 40;

test("what the base rejects of many random revisions is told, and both ways tell the same", async () => {
  const rounds = Array.from({ length: ROUNDS }, (_, index) => index);
  const { pairs, rejected, problems, unmirrored } = await checkRandomPairs(7, rounds, (verdict) =>
    verdict === "breaking" ? 3 : 40,
  );
  expect(problems).toEqual([]);
  // Where a keyword can be judged one way and not the other (an object among listed values, \`unevaluatedProperties\`), what is told
  // the other way is about another keyword.
  expect(unmirrored.length / pairs, unmirrored.join("\n")).toBeLessThan(0.005);
  expect(pairs).toBe(ROUNDS * 40);
  expect(rejected).toBeGreaterThan(50);
}, 600_000);

test("10,000 payloads of each of some revisions that are safe are all allowed", async () => {
  const { payloads, problems } = await checkRandomPairs(11, [0], (verdict) => (verdict === "safe" ? 10_000 : 0));
  expect(problems).toEqual([]);
  expect(payloads).toBeGreaterThan(10_000);
}, 600_000);

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keepFailure, readFailure } from "./keep-failure.ts";
import { fuzz } from "./pool.ts";

const options = { mode: "faulty", seed: 1, jobs: 2, secondsMax: 1, mebibytesMax: 64 } as const;

test("what hangs, takes all memory or is not caught is reported by its number, and the others go on", async () => {
  const { tried, counts, failures } = await fuzz({ ...options, count: 12 });
  expect(failures.map(({ kind, index, times }) => [kind, index, times])).toEqual([
    ["hangs", 3, 1],
    ["takes too much memory", 5, 1],
    ["ends its thread", 7, 1],
    ["odd", 9, 3],
  ]);
  expect(tried).toBe(12);
  expect(counts["tried"]).toBeGreaterThan(3);
}, 60_000);

test("an interrupted run reports what was tried", async () => {
  const abort = new AbortController();
  const onProgress = () => abort.abort();
  const report = await fuzz({ ...options, from: 9, count: 10_000, jobs: 1, onProgress, signal: abort.signal });
  expect(report.tried).toBeGreaterThan(0);
  expect(report.tried).toBeLessThan(10_000);
  expect(report.failures).toMatchObject([{ kind: "odd", index: 9, times: report.tried }]);
});

const encode = (text: string) => new TextEncoder().encode(text);

test.each([
  ["JSON", JSON.stringify({ a: [1, { needle: 2, b: 3 }, 4], c: { d: 5 } }), '{"a":[{"needle":2}]}'],
  ["text", "one\ntwo: a needle here\nthree\n", "needle"],
])(
  "a failing input of %s is made smaller, and kept so that it can be tried again",
  async (_, text, smallest) => {
    const folder = mkdtempSync(join(tmpdir(), "hookbook-fuzz-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const input = { entry: "a.yaml", files: { "a.yaml": encode(text), "other.yaml": encode("b") }, how: "by hand" };
    const kept = await keepFailure({ kind: "found", text: "it", times: 1, index: 0, input }, folder, options);
    expect(kept).toBe(join(folder, "found"));
    expect(readFileSync(join(folder, "found", "files", "a.yaml"), "utf8")).toBe(smallest);
    expect(existsSync(join(folder, "found", "files", "other.yaml"))).toBe(false);
    const again = readFailure(join(folder, "found"));
    expect({ ...again, files: Object.keys(again.files) }).toEqual({
      entry: "a.yaml",
      how: "by hand",
      files: ["a.yaml"],
    });
  },
  60_000,
);

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { HOSTILE_MILLISECONDS_MAX } from "../limits.ts";
import { STACK_TRACE } from "./command-trial.ts";
import { readCorpus } from "./corpus.ts";
import { InputMaker } from "./make-input.ts";
import { type FuzzReport, fuzz } from "./pool.ts";

// `npm run fuzz` does the same for as long as one likes.

const REPOSITORY = join(import.meta.dirname, "..", "..");
const SEED = 20_260_101;
const shared = { seed: SEED, jobs: 2, mebibytesMax: 1024 };

test("10,000 mutated documents, up to the contract: no exception, no hang, nothing that a contract may not be", async () => {
  const report = await fuzz({ ...shared, mode: "load", count: 10_000, secondsMax: 2, laterStagesEvery: 100 });
  expect(failuresOf(report)).toEqual([]);
  // The share that is broken beyond reading must not grow: it finds nothing.
  expect(report.counts["contracts"]).toBeGreaterThan(6_000);
  expect(report.counts["laterStages"]).toBeGreaterThan(50);
}, 120_000);

test("200 by whole command lines: a status, no stack trace, nothing outside the output folder, no half output", async () => {
  const secondsMax = HOSTILE_MILLISECONDS_MAX / 1000;
  const report = await fuzz({ ...shared, mode: "command", count: 200, secondsMax });
  expect(failuresOf(report)).toEqual([]);
  for (const status of [0, 1, 2]) expect(report.counts[`status ${status}`]).toBeGreaterThan(5);
}, 120_000);

test("and some by processes of their own", () => {
  const inputs = new InputMaker(readCorpus(REPOSITORY), SEED);
  const folder = mkdtempSync(join(tmpdir(), "hookbook-fuzz-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [index, command] of [
    ["list"],
    ["generate", "--runtime", "import"],
    ["export", "--to", "openapi"],
  ].entries()) {
    const { entry, files } = inputs.make(index);
    for (const [path, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const bin = join(REPOSITORY, "src", "cli", "bin.ts");
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...command, entry], {
      cwd: folder,
      encoding: "utf8",
    });
    expect([0, 1, 2]).toContain(status);
    expect(stdout + stderr).not.toMatch(STACK_TRACE);
  }
});

test("the same number makes the same document, and other numbers make others", () => {
  const corpus = readCorpus(REPOSITORY);
  const [one, same, other] = [1, 1, 2].map((seed) => new InputMaker(corpus, seed));
  const textOf = (maker: InputMaker | undefined, index: number) => JSON.stringify(maker?.make(index));
  for (const index of [0, 7, 2 ** 33]) {
    expect(textOf(one, index)).toBe(textOf(same, index));
    expect(textOf(one, index)).not.toBe(textOf(other, index));
    expect(textOf(one, index)).not.toBe(textOf(one, index + 1));
  }
});

function failuresOf({ failures }: FuzzReport): readonly string[] {
  return failures.map(({ kind, text, index, input }) => `#${index} ${kind}\n${input?.how}\n${text}`);
}

import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { keyOf, PactConflict } from "../../../src/pact/merge.ts";
import type { MessageInteraction, PactFile } from "../../../src/pact/pact-file.ts";
import { PactStore } from "../../../src/pact/store/pact-store.ts";

const dir = mkdtempSync(join(tmpdir(), "hookbook-store-"));
afterAll(() => rmSync(dir, { recursive: true }));
const worker = join(import.meta.dirname, "writer-worker.ts");

function interaction(description: string, content: unknown): MessageInteraction {
  return { type: "Asynchronous/Messages", description, contents: { content: content as never } };
}

test("four processes that write fifty interactions each into one pact lose none", async () => {
  const file = join(dir, "parallel.json");
  const write = (first: number) =>
    promisify(execFile)(process.execPath, [worker, file, "parallel", String(first), "50", "200"]);
  await Promise.all([0, 50, 100, 150].map(write));
  const pact = JSON.parse(readFileSync(file, "utf8")) as PactFile;
  expect(new Set(pact.interactions.map(({ description }) => description)).size).toBe(200);
  expect(pact.interactions).toHaveLength(200);
  expect(readdirSync(dir)).toEqual(["parallel.json"]);
});

test("two tests that expect different things of one interaction are told of each other", async () => {
  const options = { file: join(dir, "conflict.json"), consumer: "a", provider: "b", run: "conflict" };
  const [one, other] = [interaction("event: a", 1), interaction("event: a", 2)];
  new PactStore({ ...options, origin: "one.test.ts" }).put(one);
  const second = new PactStore({ ...options, origin: "other.test.ts" });
  second.put(other);
  const merged = second.merge(new Set([keyOf(one)]));
  await expect(merged).rejects.toThrow(PactConflict);
  await expect(merged).rejects.toThrow(
    /the interaction "event: a" .*: (one|other)\.test\.ts and (one|other)\.test\.ts/,
  );
  expect(readdirSync(dir)).not.toContain("conflict.json");
});

test("the same test that runs again replaces what it wrote", async () => {
  const options = { file: join(dir, "again.json"), consumer: "a", provider: "b", run: "again", origin: "one.test.ts" };
  const store = new PactStore(options);
  store.put(interaction("event: a", 1));
  store.put(interaction("event: a", 2));
  await store.merge(new Set([keyOf(interaction("event: a", 2))]));
  const pact = JSON.parse(readFileSync(options.file, "utf8")) as PactFile;
  expect(pact.interactions).toMatchObject([{ contents: { content: 2 } }]);
});

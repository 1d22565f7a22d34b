import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compareUnit, hashBytes, writeUnit } from "../../src/write/index.ts";
import { put, temporaryFolder, tree, unitOf } from "./helpers.ts";

const unit = unitOf({ "a.ts": "a\n", "b/c.ts": "c\n" });

async function written(): Promise<string> {
  const out = temporaryFolder();
  await writeUnit(out, unit);
  return out;
}

test("nothing is stale right after writing", async () => {
  expect(await compareUnit(await written(), unit)).toEqual([]);
});

test("everything is missing where there is nothing", async () => {
  const missing = ["orders/.hookbook.json", "orders/a.ts", "orders/b/c.ts"].map((path) => ({
    path,
    reason: "missing",
  }));
  expect(await compareUnit(join(temporaryFolder(), "nowhere"), unit)).toEqual(missing);
  expect(await compareUnit(temporaryFolder(), unit)).toEqual(missing);
});

test("the manifest's hashes are not trusted", async () => {
  const out = await written();
  put(join(out, "orders/a.ts"), "edited");
  const path = join(out, "orders/.hookbook.json");
  put(path, readFileSync(path, "utf8").replace(hashBytes("a\n"), hashBytes("edited")));
  expect(await compareUnit(out, unit)).toEqual([
    { path: "orders/.hookbook.json", reason: "changed" },
    { path: "orders/a.ts", reason: "changed" },
  ]);
});

test("CRLF is other bytes", async () => {
  const out = await written();
  put(join(out, "orders/a.ts"), "a\r\n");
  expect(await compareUnit(out, unit)).toEqual([{ path: "orders/a.ts", reason: "changed" }]);
});

test("what is no longer made is orphaned, and the manifest out of date", async () => {
  const out = await written();
  put(join(out, "orders/mine.ts"), "mine");
  expect(await compareUnit(out, unitOf({ "a.ts": "a\n" }))).toEqual([
    { path: "orders/.hookbook.json", reason: "changed" },
    { path: "orders/b/c.ts", reason: "orphaned" },
  ]);
});

test("a link to the right bytes is not our output", async () => {
  const out = await written();
  rmSync(join(out, "orders/a.ts"));
  put(join(out, "same.ts"), "a\n");
  symlinkSync("../same.ts", join(out, "orders/a.ts"));
  const outside = temporaryFolder();
  put(join(outside, "c.ts"), "c\n");
  rmSync(join(out, "orders/b"), { recursive: true });
  symlinkSync(outside, join(out, "orders/b"));
  expect(await compareUnit(out, unit)).toEqual([
    { path: "orders/a.ts", reason: "changed" },
    { path: "orders/b/c.ts", reason: "changed" },
  ]);
});

test("comparing changes nothing, and finds exactly what writing would change", async () => {
  const out = await written();
  put(join(out, "orders/a.ts"), "edited");
  rmSync(join(out, "orders/b/c.ts"));
  const before = tree(out);
  expect((await compareUnit(out, unit)).map(({ path }) => path)).toEqual(["orders/a.ts", "orders/b/c.ts"]);
  expect(tree(out)).toEqual(before);
  expect(await writeUnit(out, unit)).toEqual({ written: 2, removed: 0, unchanged: 0 });
  expect(await compareUnit(out, unit)).toEqual([]);
});

test("unsafe paths are refused", async () => {
  await expect(compareUnit(temporaryFolder(), unitOf({ "../a.ts": "" }))).rejects.toMatchObject({
    code: "unsafe-path",
  });
});

import { existsSync, symlinkSync } from "node:fs";
import * as disk from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { orphanedUnits, removeUnit, writeUnit } from "../../src/write/index.ts";
import { put, temporaryFolder, tree, unitOf } from "./helpers.ts";

test("finds generated folders whose contract is gone; nothing else", async () => {
  const out = temporaryFolder();
  for (const folder of ["orders", "gone", "runtime", "also-gone"]) {
    await writeUnit(out, unitOf({ "a.ts": "a" }, { folder }));
  }
  await writeUnit(out, unitOf({ "a.html": "a" }, { folder: "others", options: { command: "template" } }));
  put(join(out, "docs/index.html"), "");
  put(join(out, "pacts/.hookbook.json"), "no manifest of ours");
  put(join(out, "file.txt"), "");
  symlinkSync(join(out, "gone"), join(out, "link"));
  expect(await orphanedUnits(out, ["orders", "runtime", "not-made-yet"])).toEqual(["also-gone", "gone"]);
});

test("not a folder that a known unit is, by another name", async () => {
  // As on file systems that do not tell `A` from `a`.
  const out = temporaryFolder();
  await writeUnit(out, unitOf({ "a.ts": "a" }, { folder: "Orders" }));
  symlinkSync("Orders", join(out, "orders"));
  expect(await orphanedUnits(out, ["orders"])).toEqual([]);
});

test("none where there is no output folder", async () => {
  expect(await orphanedUnits(join(temporaryFolder(), "nowhere"), [])).toEqual([]);
});

test("removes what the manifest owns and keeps everything else", async () => {
  const out = temporaryFolder();
  await writeUnit(out, unitOf({ "a.ts": "a", "b/c.ts": "c" }));
  put(join(out, "orders/b/mine.ts"), "mine");
  expect(await removeUnit(out, "orders")).toBe(2);
  expect(tree(out)).toEqual({ "orders/b/mine.ts": "mine" });
  expect(await removeUnit(out, "orders")).toBe(0);
});

test("removes the folder where nothing else was in it, and never the output folder", async () => {
  const out = temporaryFolder();
  await writeUnit(out, unitOf({ "a/b/c.ts": "c" }));
  expect(await removeUnit(out, "orders")).toBe(1);
  expect(tree(out)).toEqual({});
  expect(existsSync(out)).toBe(true);
});

test("a removal that fails removes nothing", async () => {
  const out = temporaryFolder();
  await writeUnit(out, unitOf({ "a.ts": "a", "b/c.ts": "c" }));
  const before = tree(out);
  let calls = 0;
  const rename: typeof disk.rename = async (from, to) => {
    if (++calls === 3) throw Object.assign(new Error("no"), { code: "EPERM" });
    await disk.rename(from, to);
  };
  await expect(removeUnit(out, "orders", { ...disk, rename })).rejects.toMatchObject({ code: "io" });
  expect(tree(out)).toEqual(before);
});

test.each(["..", "a/b", ""])("refuses the folder %j", async (folder) => {
  await expect(removeUnit(temporaryFolder(), folder)).rejects.toMatchObject({ code: "unsafe-path" });
});

test("does not follow a link out of the output folder", async () => {
  const root = temporaryFolder();
  await writeUnit(join(root, "elsewhere"), unitOf({ "a.ts": "a" }));
  put(join(root, "out/keep"), "");
  symlinkSync(join(root, "elsewhere/orders"), join(root, "out/orders"));
  await expect(removeUnit(join(root, "out"), "orders")).rejects.toMatchObject({ code: "outside-output" });
  expect(tree(join(root, "elsewhere"))).toHaveProperty(["orders/a.ts"]);
});

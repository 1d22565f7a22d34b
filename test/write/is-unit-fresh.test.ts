import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashBytes, hashInputs, isUnitFresh, writeUnit } from "../../src/write/index.ts";
import { put, temporaryFolder, unitOf } from "./helpers.ts";

async function prepare() {
  const root = temporaryFolder();
  const entryFolder = join(root, "specs/orders");
  put(join(entryFolder, "openapi.yaml"), "openapi: 3.1.0");
  put(join(root, "specs/shared/parts.yaml"), "parts: {}");
  const out = join(root, "generated");
  const inputs = { ...hashInputs(entryFolder, ["openapi.yaml", "../shared/parts.yaml"]), "hookbook:runtime": "77" };
  await writeUnit(out, unitOf({ "a.ts": "a", "b/c.ts": "c" }, { inputs, options: { closed: "ignore" } }));
  const expected = {
    version: "1.2.3",
    options: { closed: "ignore" },
    entryFolder,
    extraInputs: { "hookbook:runtime": "77" },
  };
  return {
    root,
    out,
    expected,
    isFresh: (change: object = {}) => isUnitFresh(out, "orders", { ...expected, ...change }),
  };
}

test("a unit that was just written is fresh", async () => {
  const { isFresh } = await prepare();
  expect(isFresh()).toBe(true);
});

test.each<[string, (root: string) => unknown]>([
  ["the entry document changed", (root) => put(join(root, "specs/orders/openapi.yaml"), "openapi: 3.1.1")],
  ["a part it refers to changed", (root) => put(join(root, "specs/shared/parts.yaml"), "parts: {a: 1}")],
  ["an input is gone", (root) => rmSync(join(root, "specs/shared/parts.yaml"))],
  ["an output was edited", (root) => put(join(root, "generated/orders/b/c.ts"), "C")],
  ["an output is gone", (root) => rmSync(join(root, "generated/orders/a.ts"))],
  ["the manifest is gone", (root) => rmSync(join(root, "generated/orders/.hookbook.json"))],
  ["the manifest is broken", (root) => put(join(root, "generated/orders/.hookbook.json"), "{")],
  [
    "an output is a link to the same bytes",
    (root) => {
      rmSync(join(root, "generated/orders/a.ts"));
      put(join(root, "elsewhere.ts"), "a");
      symlinkSync(join(root, "elsewhere.ts"), join(root, "generated/orders/a.ts"));
    },
  ],
  [
    "the manifest owns a path outside",
    (root) => {
      put(join(root, "generated/x.ts"), "x");
      const path = join(root, "generated/orders/.hookbook.json");
      const manifest = JSON.parse(readFileSync(path, "utf8"));
      manifest.outputs["../x.ts"] = hashBytes("x");
      put(path, JSON.stringify(manifest));
    },
  ],
])("not fresh where %s", async (_, change) => {
  const { root, isFresh } = await prepare();
  change(root);
  expect(isFresh()).toBe(false);
});

test.each<[string, object]>([
  ["another version", { version: "1.2.4" }],
  ["another option", { options: { closed: null } }],
  ["an option more", { options: { closed: "ignore", runtime: "import" } }],
  ["another extra input", { extraInputs: { "hookbook:runtime": "78" } }],
  [
    "an extra input that the manifest does not know",
    { extraInputs: { "hookbook:runtime": "77", "hookbook:new": "1" } },
  ],
  ["an extra input that is not given, so looked for on disk", { extraInputs: {} }],
])("not fresh for %s", async (_, change) => {
  const { isFresh } = await prepare();
  expect(isFresh(change)).toBe(false);
});

test("an input that could not be read is never fresh", () => {
  expect(hashInputs(temporaryFolder(), ["missing.yaml"])).toEqual({ "missing.yaml": "unreadable" });
});

test("files that are not ours do not matter", async () => {
  const { out, isFresh } = await prepare();
  put(join(out, "orders/mine.ts"), "mine");
  expect(isFresh()).toBe(true);
});

import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import * as disk from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compareUnit, WriteError, writeUnit } from "../../src/write/index.ts";
import { withLock } from "../../src/write/lock.ts";
import type { FileSystem } from "../../src/write/transaction.ts";
import { outputs, put, temporaryFolder, tree, unitOf } from "./helpers.ts";

describe("what is written", () => {
  test("files, folders and a manifest that says the same on every machine", async () => {
    const out = join(temporaryFolder(), "not", "there", "yet");
    const unit = unitOf(
      { "b.ts": "b", "a/x.js": "x\n" },
      { inputs: { "z.yaml": "22", "../shared/a.yaml": "11" }, options: { runtime: "import", closed: null } },
    );
    expect(await writeUnit(out, unit)).toEqual({ written: 2, removed: 0, unchanged: 0 });
    expect(tree(out)).toEqual({
      "orders/.hookbook.json": `{
  "hookbook": "1.2.3",
  "inputs": {
    "../shared/a.yaml": "11",
    "z.yaml": "22"
  },
  "options": {
    "closed": null,
    "runtime": "import"
  },
  "outputs": {
    "a/x.js": "73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac",
    "b.ts": "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"
  }
}
`,
      "orders/a/x.js": "x\n",
      "orders/b.ts": "b",
    });
  });

  test("only what differs: the rest keeps its time", async () => {
    const out = temporaryFolder();
    await writeUnit(out, unitOf({ "a.ts": "a", "b.ts": "b" }));
    const old = new Date("2020-01-01");
    for (const name of ["a.ts", "b.ts", ".hookbook.json"]) utimesSync(join(out, "orders", name), old, old);
    expect(await writeUnit(out, unitOf({ "a.ts": "a", "b.ts": "changed" }))).toEqual({
      written: 1,
      removed: 0,
      unchanged: 1,
    });
    expect(statSync(join(out, "orders/a.ts")).mtime).toEqual(old);
    expect(statSync(join(out, "orders/b.ts")).mtime).not.toEqual(old);
  });

  test("nothing at all where nothing differs", async () => {
    const out = temporaryFolder();
    const unit = unitOf({ "a.ts": "a" });
    await writeUnit(out, unit);
    const untouched: FileSystem = { ...disk, writeFile: refuse, rename: refuse, link: refuse };
    expect(await writeUnit(out, unit, untouched)).toEqual({ written: 0, removed: 0, unchanged: 1 });
  });

  test("an edited file is mended, whatever the manifest says", async () => {
    const out = temporaryFolder();
    await writeUnit(out, unitOf({ "a.ts": "a" }));
    put(join(out, "orders/a.ts"), "edited");
    expect(await writeUnit(out, unitOf({ "a.ts": "a" }))).toMatchObject({ written: 1 });
    expect(outputs(out)).toEqual({ "orders/a.ts": "a" });
  });
});

test("a file that is no text is written byte for byte", async () => {
  const out = temporaryFolder();
  const bytes = new Uint8Array([0x89, 0x00, 0xff, 0x0d, 0x0a]);
  const unit = unitOf({}, { files: [{ path: "a.png", text: bytes }] });
  expect(await writeUnit(out, unit)).toEqual({ written: 1, removed: 0, unchanged: 0 });
  expect([...readFileSync(join(out, "orders/a.png"))]).toEqual([...bytes]);
  expect(await writeUnit(out, unit)).toEqual({ written: 0, removed: 0, unchanged: 1 });
  expect(await compareUnit(out, unit)).toEqual([]);
});

describe("what is deleted", () => {
  test("owned files that are no longer made, and folders that this leaves empty; nothing else", async () => {
    const out = temporaryFolder();
    await writeUnit(out, unitOf({ "a.ts": "a", "deep/er/b.ts": "b", "mixed/c.ts": "c" }));
    put(join(out, "orders/mine.ts"), "mine");
    put(join(out, "orders/mixed/mine.ts"), "mine");
    put(join(out, "other/theirs.ts"), "theirs");
    expect(await writeUnit(out, unitOf({ "a.ts": "a" }))).toEqual({ written: 0, removed: 2, unchanged: 1 });
    expect(outputs(out)).toEqual({
      "orders/a.ts": "a",
      "orders/mine.ts": "mine",
      "orders/mixed/mine.ts": "mine",
      "other/theirs.ts": "theirs",
    });
  });

  test.each([
    ["a manifest that names files outside", { "../secret.txt": "", "/etc/hostname": "", "..\\secret.txt": "" }],
    ["a manifest that reaches outside through a link", { "way/secret.txt": "" }],
  ])("%s owns none of them", async (_, owned) => {
    const root = temporaryFolder();
    const out = join(root, "out");
    put(join(root, "outside/secret.txt"), "secret");
    put(join(out, "secret.txt"), "secret");
    await writeUnit(out, unitOf({ "a.ts": "a" }));
    symlinkSync(join(root, "outside"), join(out, "orders/way"));
    put(join(out, "orders/.hookbook.json"), manifest(owned));
    expect(await writeUnit(out, unitOf({ "a.ts": "a" }))).toEqual({ written: 0, removed: 0, unchanged: 1 });
    expect(readFileSync(join(root, "outside/secret.txt"), "utf8")).toBe("secret");
    expect(readFileSync(join(out, "secret.txt"), "utf8")).toBe("secret");
  });

  test.each(["not json", "[]", '{"outputs": {"mine.ts": ""}}'])(
    "a manifest that is none (%s) owns nothing",
    async (text) => {
      const out = temporaryFolder();
      put(join(out, "orders/mine.ts"), "mine");
      put(join(out, "orders/.hookbook.json"), text);
      await writeUnit(out, unitOf({ "a.ts": "a" }));
      expect(outputs(out)).toEqual({ "orders/a.ts": "a", "orders/mine.ts": "mine" });
    },
  );

  test("not the new file itself where the file system does not tell A from a", async () => {
    const out = temporaryFolder();
    await writeUnit(out, unitOf({ "Order.ts": "order" }));
    // One file by two names is what such a file system shows.
    linkSync(join(out, "orders/Order.ts"), join(out, "orders/order.ts"));
    expect(await writeUnit(out, unitOf({ "order.ts": "order" }))).toMatchObject({ removed: 0 });
    expect(outputs(out)).toHaveProperty(["orders/Order.ts"]);
  });

  test("a file that is now a folder, and a folder that is now a file", async () => {
    const out = temporaryFolder();
    await writeUnit(out, unitOf({ thing: "file", "other/x": "x" }));
    await writeUnit(out, unitOf({ "thing/x": "x", other: "file" }));
    expect(outputs(out)).toEqual({ "orders/thing/x": "x", "orders/other": "file" });
  });
});

describe("what is refused", () => {
  test("a file that was there before, where such are kept; one with the same bytes is in nobody's way", async () => {
    const out = temporaryFolder();
    put(join(out, "orders/a.ts"), "mine");
    put(join(out, "orders/b.ts"), "b");
    const unit = unitOf({ "a.ts": "a", "b.ts": "b" }, { foreign: "keep" });
    await expect(writeUnit(out, unit)).rejects.toMatchObject({
      code: "in-the-way",
      message: '"a.ts" is there already and was not generated; it is not overwritten.',
    });
    expect(tree(out)).toEqual({ "orders/a.ts": "mine", "orders/b.ts": "b" });
    rmSync(join(out, "orders/a.ts"));
    expect(await writeUnit(out, unit)).toEqual({ written: 1, removed: 0, unchanged: 1 });
    expect(await writeUnit(out, { ...unit, files: unitOf({ "a.ts": "changed" }).files })).toEqual({
      written: 1,
      removed: 1,
      unchanged: 0,
    });
  });

  test.each([
    "",
    "/etc/passwd",
    "..",
    "../a.ts",
    "a/../../b.ts",
    "a/./b.ts",
    "a//b.ts",
    "a/",
    "a\\b.ts",
    "C:/a.ts",
    "a.ts:stream",
    "a\0.ts",
    "a\n.ts",
    ".hookbook.json",
    ".hookbook.lock",
  ])("the output path %j", async (path) => {
    const out = join(temporaryFolder(), "out");
    const failure = await writeUnit(out, unitOf({ "good.ts": "", [path]: "" })).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WriteError);
    expect(failure).toMatchObject({
      code: "unsafe-path",
      path,
      message: expect.stringContaining(JSON.stringify(path)),
    });
    expect(() => statSync(out)).toThrow("ENOENT");
  });

  test.each(["", "..", ".", "a/b", "/a", "a\\b"])("the folder %j", async (folder) => {
    await expect(writeUnit(temporaryFolder(), unitOf({}, { folder }))).rejects.toMatchObject({ code: "unsafe-path" });
  });

  test.each([
    ["one path twice", ["a.ts", "a.ts"]],
    ["paths that differ in case only", ["a.ts", "A.ts"]],
    ["a file below a file", ["a", "a/b"]],
  ])("%s", async (_, paths) => {
    const files = paths.map((path) => ({ path, text: "" }));
    await expect(writeUnit(temporaryFolder(), unitOf({}, { files }))).rejects.toMatchObject({ code: "unsafe-path" });
  });

  test.each([
    ["a folder", (root: string) => symlinkSync(join(root, "outside"), join(root, "out/orders/way")), "way/x.ts"],
    ["a file", (root: string) => symlinkSync(join(root, "outside/x.ts"), join(root, "out/orders/x.ts")), "x.ts"],
    ["a dangling link", (root: string) => symlinkSync(join(root, "nowhere"), join(root, "out/orders/way")), "way/x.ts"],
    ["a relative link", (root: string) => symlinkSync("../../outside", join(root, "out/orders/way")), "way/x.ts"],
    [
      "a neighbour whose name begins alike",
      (root: string) => {
        mkdirSync(join(root, "out-side"));
        symlinkSync(join(root, "out-side"), join(root, "out/orders/way"));
      },
      "way/x.ts",
    ],
    [
      "a link by way of a link",
      (root: string) => {
        symlinkSync(join(root, "outside"), join(root, "out/two"));
        symlinkSync(join(root, "out/two"), join(root, "out/orders/way"));
      },
      "way/x.ts",
    ],
  ])("%s that leads out of the output folder", async (_, link, path) => {
    const root = temporaryFolder();
    put(join(root, "outside/x.ts"), "outside");
    mkdirSync(join(root, "out/orders"), { recursive: true });
    link(root);
    const failure = writeUnit(join(root, "out"), unitOf({ "first.ts": "", [path]: "new" }));
    await expect(failure).rejects.toMatchObject({ code: "outside-output", path: `orders/${path}` });
    expect(readFileSync(join(root, "outside/x.ts"), "utf8")).toBe("outside");
    expect(() => statSync(join(root, "out/orders/first.ts"))).toThrow("ENOENT");
  });

  test("a unit's folder that leads out", async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "outside"));
    mkdirSync(join(root, "out"));
    symlinkSync(join(root, "outside"), join(root, "out/orders"));
    await expect(writeUnit(join(root, "out"), unitOf({ "a.ts": "" }))).rejects.toMatchObject({
      code: "outside-output",
    });
    expect(tree(join(root, "outside"))).toEqual({});
  });

  test("but not an output folder that is a link, nor links that stay inside", async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "real/orders/inner"), { recursive: true });
    symlinkSync(join(root, "real"), join(root, "out"));
    symlinkSync("inner", join(root, "real/orders/way"));
    put(join(root, "real/orders/inner/kept.ts"), "kept");
    symlinkSync("inner/kept.ts", join(root, "real/orders/link.ts"));
    await writeUnit(join(root, "out"), unitOf({ "way/x.ts": "x", "link.ts": "a file now" }));
    expect(outputs(join(root, "real"))).toEqual({
      "orders/inner/kept.ts": "kept",
      "orders/inner/x.ts": "x",
      "orders/link.ts": "a file now",
      "orders/way": "link",
    });
  });

  test.each([
    ["a folder where a file has to go", "orders/a.ts/mine.ts", "a.ts"],
    ["an empty folder where a file has to go", "orders/a.ts/", "a.ts"],
    ["a file where a folder has to go", "orders/sub", "sub/a.ts"],
  ])("%s", async (_, present, wanted) => {
    const out = temporaryFolder();
    if (present.endsWith("/")) mkdirSync(join(out, present), { recursive: true });
    else put(join(out, present), "mine");
    const before = tree(out);
    await expect(writeUnit(out, unitOf({ "z.ts": "z", [wanted]: "" }))).rejects.toMatchObject({ code: "in-the-way" });
    expect(tree(out)).toEqual(before);
  });
});

describe("a write that fails leaves the previous output whole", () => {
  const before = unitOf({ "a.ts": "old a", "b.ts": "old b", "gone/c.ts": "old c", "same.ts": "same" });
  const after = unitOf(
    { "a.ts": "new a", "b.ts": "new b", "sub/d.ts": "new d", "same.ts": "same" },
    { version: "2.0.0" },
  );

  // One removal, four files (the manifest among them) and the folders they need.
  const operations = { mkdir: 6, writeFile: 4, rename: 5 } as const;
  const failures = Object.entries(operations).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, index) => [name as keyof typeof operations, index + 1] as const),
  );

  test.each(failures)("%s call %i", async (name, call) => {
    const out = temporaryFolder();
    await writeUnit(out, before);
    const whole = tree(out);
    const failure = writeUnit(out, after, failing(name, call));
    await expect(failure).rejects.toMatchObject({
      name: "WriteError",
      code: "io",
      message: '"orders" cannot be written: no space is left (ENOSPC).',
    });
    expect(tree(out)).toEqual(whole);
    expect(await writeUnit(out, after)).toEqual({ written: 3, removed: 1, unchanged: 1 });
    expect(outputs(out)).toEqual({
      "orders/a.ts": "new a",
      "orders/b.ts": "new b",
      "orders/same.ts": "same",
      "orders/sub/d.ts": "new d",
    });
  });

  test.each(failures)("%s call %i of a first write leaves nothing", async (name, call) => {
    const root = temporaryFolder();
    await expect(writeUnit(join(root, "made/out"), after, failing(name, call))).rejects.toMatchObject({ code: "io" });
    expect(tree(root)).toEqual({});
  });

  test("files are kept by copying where there are no hard links", async () => {
    const out = temporaryFolder();
    await writeUnit(out, before);
    const whole = tree(out);
    const noLinks: FileSystem = { ...failing("rename", 4), link: refuse };
    await expect(writeUnit(out, after, noLinks)).rejects.toMatchObject({ code: "io" });
    expect(tree(out)).toEqual(whole);
    await writeUnit(out, after, { ...disk, link: refuse });
    expect(outputs(out)).toMatchObject({ "orders/a.ts": "new a" });
  });

  test("every file is there at every moment, old or new", async () => {
    const out = temporaryFolder();
    await writeUnit(out, before);
    const seen: string[] = [];
    const watching: FileSystem = {
      ...disk,
      rename: async (from, to) => {
        seen.push(readFileSync(join(out, "orders/a.ts"), "utf8"));
        await disk.rename(from, to);
        seen.push(readFileSync(join(out, "orders/a.ts"), "utf8"));
      },
    };
    await writeUnit(out, after, watching);
    expect(new Set(seen)).toEqual(new Set(["old a", "new a"]));
  });

  test("the manifest comes last", async () => {
    const out = temporaryFolder();
    const order: string[] = [];
    const rename: FileSystem["rename"] = async (from, to) => {
      order.push(String(to));
      await disk.rename(from, to);
    };
    await writeUnit(out, before, { ...disk, rename });
    expect(order).toHaveLength(5);
    expect(order.at(-1)).toMatch(/\.hookbook\.json$/);
  });

  test("what a killed run left behind is cleared away", async () => {
    const out = temporaryFolder();
    put(join(out, "orders/.hookbook-123-abc/new-0"), "half");
    await writeUnit(out, before);
    expect(Object.keys(tree(out)).filter((path) => path.includes(".hookbook-"))).toEqual([]);
  });
});

describe("two writes of one unit at once", () => {
  test("end with the output of one of them, whole", async () => {
    const out = temporaryFolder();
    const variant = (text: string) =>
      unitOf(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}.ts`, text])), {
        inputs: { in: text },
      });
    await writeUnit(out, variant("zero"));
    // Slow and uneven moves, so that unguarded runs would mix.
    const slow: FileSystem = {
      ...disk,
      rename: async (from, to) => {
        await new Promise((done) => setTimeout(done, Math.random() * 3));
        await disk.rename(from, to);
      },
    };
    const texts = ["one", "two", "three", "zero"];
    await Promise.all(texts.map((text) => writeUnit(out, variant(text), slow)));
    const { "orders/.hookbook.json": manifestText, ...files } = tree(out);
    const [last, ...others] = [...new Set(Object.values(files))];
    expect(others).toEqual([]);
    expect(JSON.parse(manifestText ?? "").inputs).toEqual({ in: last });
    expect(Object.keys(files)).toHaveLength(20);
  });

  test("a run that does not end is waited for, then named", async () => {
    const folder = join(temporaryFolder(), "orders");
    await withLock(folder, "orders", async () => {
      const second = withLock(folder, "orders", async () => "never", { waitMillisecondsMax: 60 });
      await expect(second).rejects.toMatchObject({
        code: "locked",
        message: expect.stringContaining(String(process.pid)),
      });
    });
    expect(await withLock(folder, "orders", async () => "now")).toBe("now");
  });

  test.each([
    ["a process that is gone", JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }), 0],
    ["long ago", "", 120],
    ["another machine long ago", JSON.stringify({ pid: 1, host: "elsewhere" }), 120],
  ])("a lock left by %s does not count", async (_, text, ageSeconds) => {
    const out = temporaryFolder();
    const lock = join(out, "orders/.hookbook.lock");
    put(lock, text);
    const then = new Date(Date.now() - ageSeconds * 1000);
    utimesSync(lock, then, then);
    expect(await writeUnit(out, unitOf({ "a.ts": "a" }))).toMatchObject({ written: 1 });
    expect(tree(out)).not.toHaveProperty(["orders/.hookbook.lock"]);
  });

  test("a lock that another machine has just taken counts", async () => {
    const folder = join(temporaryFolder(), "orders");
    put(join(folder, ".hookbook.lock"), JSON.stringify({ pid: 2 ** 22 + 1, host: "elsewhere" }));
    const waiting = withLock(folder, "orders", async () => "never", { waitMillisecondsMax: 60 });
    await expect(waiting).rejects.toMatchObject({ code: "locked" });
  });
});

function manifest(owned: Record<string, string>): string {
  return JSON.stringify({ hookbook: "1.2.3", options: {}, inputs: {}, outputs: owned });
}

async function refuse(): Promise<never> {
  throw Object.assign(new Error("refused"), { code: "ENOTSUP" });
}

/** A file system that is full from the n-th call of one operation on. */
function failing(name: "mkdir" | "writeFile" | "rename", call: number): FileSystem {
  let calls = 0;
  const { [name]: found } = disk;
  const original = found as (...args: unknown[]) => Promise<unknown>;
  const operation = async (...args: unknown[]) => {
    calls++;
    if (calls >= call) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    return await original(...args);
  };
  return { ...disk, [name]: operation } as FileSystem;
}

// Kept apart from the tests above, which run as any user: root may write everywhere.
test.skipIf(process.getuid?.() === 0)("an output folder that may not be written is said so", async () => {
  const out = temporaryFolder();
  chmodSync(out, 0o500);
  await expect(writeUnit(out, unitOf({ "a.ts": "" }))).rejects.toMatchObject({
    code: "io",
    message: expect.stringContaining("permission denied"),
  });
  chmodSync(out, 0o700);
  rmSync(out, { recursive: true });
});

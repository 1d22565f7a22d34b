/**
 * The same documents give the same bytes, wherever they lie, on whichever machine: only then can `generated/` be
 * committed and `generate --check` be trusted.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, node, nodeWithUmask, repository } from "./processes.ts";

const hookbook = join(repository, "scripts/hookbook.mjs");
const folder = mkdtempSync(join(tmpdir(), "hookbook-deterministic-"));
/** Not made by `generate`. */
const OTHERS = ["pacts", "docs"];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every file below a folder, hidden ones too, path → bytes. */
function bytesOf(root: string): ReadonlyMap<string, Buffer> {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !OTHERS.includes(path.split("/")[0] ?? ""));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path))] as const));
}

/** The files that differ, or that only one of two folders has. */
function differences(a: ReadonlyMap<string, Buffer>, b: ReadonlyMap<string, Buffer>): string[] {
  const paths = new Set([...a.keys(), ...b.keys()]);
  return [...paths].filter((path) => {
    const [left, right] = [a.get(path), b.get(path)];
    return left === undefined || right === undefined || !left.equals(right);
  });
}

/** The documents of this repository and what its configuration says, in a folder of their own. */
function project(path: string, { reverse }: { readonly reverse: boolean }): string {
  const root = join(folder, path);
  const specs = readdirSync(join(repository, "specs"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)))
    .sort();
  for (const file of reverse ? specs.toReversed() : specs) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    copyFileSync(join(repository, file), join(root, file));
  }
  const documents = specs.filter((file) => /(?:openapi|asyncapi)\.yaml$/.test(file));
  const config = { documents: reverse ? documents.toReversed() : documents, role: "sender" };
  writeFileSync(join(root, "hookbook.config.json"), JSON.stringify(config));
  return root;
}

const one = project("one", { reverse: false });
const other = project("an/other place/d\u00e9ep/er", { reverse: true });
let first: Ended;
let second: Ended;

beforeAll(async () => {
  [first, second] = await Promise.all([
    nodeWithUmask("077", [hookbook, "generate"], {
      cwd: one,
      // Danish puts "Limit" before "limit", and writes numbers with a comma.
      env: { TZ: "Pacific/Kiritimati", LANG: "da_DK.UTF-8", LC_ALL: "da_DK.UTF-8", CI: "1" },
    }),
    nodeWithUmask("000", [hookbook, "generate", "--out", "generated"], {
      cwd: other,
      env: { TZ: "America/St_Johns", LANG: "C", LC_ALL: "C", FORCE_COLOR: "1" },
    }),
  ]);
});

describe("generate", () => {
  test("runs without a finding", () => {
    for (const { status, stdout, stderr } of [first, second]) {
      expect([status, stdout]).toEqual([0, ""]);
      expect(stderr).not.toMatch(/warning|error/);
    }
  });

  test("gives the same bytes for other places, time zones, languages, masks and orders of files", () => {
    const made = bytesOf(join(one, "generated"));
    expect(made.size).toBeGreaterThan(100);
    expect([...made.keys()].filter((path) => path.endsWith("/.hookbook.json"))).toHaveLength(4);
    expect(differences(made, bytesOf(join(other, "generated")))).toEqual([]);
  });

  test("gives what is committed", () => {
    expect(differences(bytesOf(join(repository, "generated")), bytesOf(join(one, "generated")))).toEqual([]);
  });

  test("gives the same bytes again, with the first output in place and without it", async () => {
    const before = bytesOf(join(one, "generated"));
    expect((await node([hookbook, "generate"], { cwd: one })).status).toBe(0);
    expect(differences(before, bytesOf(join(one, "generated")))).toEqual([]);
    renameSync(join(one, "generated"), join(one, "before"));
    expect((await node([hookbook, "generate"], { cwd: one })).status).toBe(0);
    expect(existsSync(join(one, "generated"))).toBe(true);
    expect(differences(before, bytesOf(join(one, "generated")))).toEqual([]);
  });

  test("finds the repository's own output fresh", async () => {
    const { status, stdout, stderr } = await node([hookbook, "generate", "--check"], { cwd: repository });
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).not.toMatch(/stale/);
  });

  test("--check tells of one changed byte", async () => {
    const file = join(other, "generated/conference/index.js");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("conference_end", "conference_fin"));
    const { status, stdout } = await node([hookbook, "generate", "--check"], { cwd: other });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^generated\/conference\/index\.js\b.*\n$/);
  });
});

test("a difference would be seen", () => {
  const of = (text: string, path = "a/.hidden") => new Map([[path, Buffer.from(text)]]);
  expect(differences(of("a"), of("b"))).toEqual(["a/.hidden"]);
  expect(differences(of("a"), of("a", "b"))).toEqual(["a/.hidden", "b"]);
  expect(differences(of("a"), of("a"))).toEqual([]);
});

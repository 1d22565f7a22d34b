import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createHistoryReader } from "../../src/read/history-reader.ts";
import { createSourceReader } from "../../src/read/source-reader.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function git(cwd: string, ...args: string[]): string {
  const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

const PATHS = [
  "top.yaml",
  "specs/orders/openapi.yaml",
  "specs/orders",
  "specs/link.yaml",
  "specs/nowhere.yaml",
  "nowhere/openapi.yaml",
  "specs/orders/openapi.yaml/below.yaml",
  "specs/empty.yaml",
  "specs/with space: and colon.yaml",
  "specs/ümlaut.yaml",
  "../outside.yaml",
  "specs/line\nbreak.yaml",
  "specs/large.yaml",
];

test.each(["sha1", "sha256"])("finds what one process a file finds, in a repository of %s", async (format) => {
  const cwd = temporaryFolder({
    "top.yaml": "a: 1\n",
    "specs/orders/openapi.yaml": "openapi: 3.1.0\n",
    "specs/empty.yaml": "",
    "specs/with space: and colon.yaml": "b: 2",
    "specs/ümlaut.yaml": "c: ü",
    // More than the process writes at once.
    "specs/large.yaml": "x".repeat(3_000_000),
  });
  symlinkSync("../top.yaml", join(cwd, "specs/link.yaml"));
  git(cwd, "init", "--initial-branch=main", `--object-format=${format}`);
  git(cwd, "add", ".");
  git(cwd, "commit", "--message=one");
  const revision = git(cwd, "rev-parse", "HEAD").trim();
  writeFileSync(join(cwd, "top.yaml"), "a: 2\n");
  const [one, each] = [createHistoryReader({ cwd }), createSourceReader({ cwd })];
  const ask = (path: string, bytesMax: number) => one.read({ kind: "git", revision, path }, bytesMax);
  // All at once: the answers come in the order of the questions.
  const found = await Promise.all(PATHS.map((path) => ask(path, 100_000)));
  for (const [index, path] of PATHS.entries()) {
    const wanted = await each.read({ kind: "git", revision, path }, 100_000);
    expect(plain(found[index]), path).toEqual(plain(wanted));
  }
  expect(plain(await ask("specs/large.yaml", 3_000_000))).toBe("x".repeat(3_000_000));
  expect(plain(await ask("specs/empty.yaml", 0))).toBe("");
  one.close();
});

test("a commit that is not there, and no repository, are failures and no exceptions", async () => {
  const cwd = temporaryFolder({});
  const reader = createHistoryReader({ cwd });
  const address = { kind: "git", revision: "0123456789abcdef", path: "a.yaml" } as const;
  expect(await reader.read(address, 100)).toHaveProperty("failure");
  expect(await reader.read(address, 100)).toHaveProperty("failure");
  reader.close();
});

function plain(outcome: object | undefined): unknown {
  return outcome !== undefined && "bytes" in outcome ? Buffer.from(outcome.bytes as Uint8Array).toString() : outcome;
}

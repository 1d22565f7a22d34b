import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type Files, project, put } from "./helpers.ts";

/** A git repository whose first commit has these files. */
export function repository(files: Files): string {
  const folder = project(files);
  git(folder, "init", "--initial-branch=main");
  commit(folder, "Begin");
  return folder;
}

/** Writes files, and commits everything that is there. */
export function commit(folder: string, message: string, files: Files = {}): void {
  put(folder, files);
  git(folder, "add", "--all");
  git(folder, "commit", "--allow-empty", `--message=${message}`);
}

export function git(cwd: string, ...args: string[]): string {
  const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

/** A repository that all tests of a file look at and none changes: making one takes many processes. */
export function sharedRepository(make: (folder: string) => void): () => string {
  let made: string | undefined;
  afterAll(() => {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
  });
  return () => {
    if (made === undefined) {
      made = realpathSync(mkdtempSync(join(tmpdir(), "hookbook-git-")));
      git(made, "init", "--initial-branch=main");
      make(made);
    }
    return made;
  };
}

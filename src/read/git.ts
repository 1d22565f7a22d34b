import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { nearest } from "../diagnostics/index.ts";
import { errorCode } from "./error-reason.ts";

export interface GitOutcome {
  readonly ok: boolean;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly tooLarge: boolean;
  /** There is no git command. */
  readonly missing: boolean;
}

/** A revision by the hash of its tree or commit, or why there is none. */
export type ResolvedRevision = { readonly hash: string } | { readonly reason: string; readonly similar?: string };

/** Paths are meant as they are, never as patterns (`:(glob)…`); what a partial clone lacks is not fetched unasked. */
export const GIT_ENVIRONMENT = {
  LC_ALL: "C",
  GIT_LITERAL_PATHSPECS: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
};

/** Runs git, without a shell and without anything that a repository's configuration could make it start. */
export function git(args: readonly string[], cwd: string, maxBuffer: number): Promise<GitOutcome> {
  const env = { ...process.env, ...GIT_ENVIRONMENT };
  return new Promise((done) => {
    const finish = (error: unknown, stdout: Buffer, stderr: string) => {
      const code = errorCode(error);
      done({
        ok: error === null,
        stdout,
        stderr,
        tooLarge: code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER",
        missing: code === "ENOENT",
      });
    };
    try {
      execFile("git", args, { cwd, maxBuffer, env, encoding: "buffer", windowsHide: true }, (error, stdout, stderr) =>
        finish(error, stdout, stderr.toString("utf8")),
      );
    } catch (error) {
      // An argument with a NUL character is refused before git is started.
      finish(error, Buffer.alloc(0), "");
    }
  });
}

/** The top folder of the repository that the working folder is in. */
export async function gitTop(cwd: string): Promise<string | null> {
  // Not --show-toplevel: that follows symbolic links, and paths below `cwd` would then no longer compare.
  const top = await git(["rev-parse", "--show-cdup"], cwd, 65_536);
  return top.ok ? resolve(cwd, top.stdout.toString("utf8").replace(/\n$/, "")) : null;
}

/** Resolves a revision once, so that everything after it knows only hashes. */
export async function resolveRevision(
  revision: string,
  kind: "tree" | "commit",
  cwd: string,
): Promise<ResolvedRevision> {
  // No revision begins so. Git's own --end-of-options came late and differs between versions.
  if (revision.startsWith("-")) return { reason: "there is no such revision" };
  const found = await git(["rev-parse", "--verify", "--quiet", `${revision}^{${kind}}`], cwd, 4096);
  if (found.ok) return { hash: found.stdout.toString("utf8").trim() };
  if (found.missing) return { reason: "the git command was not found" };
  if (found.stderr.includes("not a git repository")) return { reason: "the working folder is in no git repository" };
  if (found.stderr.includes("dubious ownership")) {
    return { reason: "git does not trust this repository, which somebody else owns" };
  }
  const similar = await similarRevision(revision, cwd);
  return { reason: "there is no such revision", ...(similar === undefined ? {} : { similar }) };
}

/** A branch or tag that may be meant; in CI there is often `origin/main` and no `main`. */
async function similarRevision(revision: string, cwd: string): Promise<string | undefined> {
  const listed = await git(["for-each-ref", "--format=%(refname:short)"], cwd, 1024 * 1024);
  const names = listed.ok ? listed.stdout.toString("utf8").split("\n").filter(Boolean) : [];
  return names.find((name) => name.endsWith(`/${revision}`)) ?? nearest(revision, names);
}

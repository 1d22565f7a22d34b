import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { errorCode } from "./error-reason.ts";
import type { ReadOutcome } from "./source-reader.ts";

/**
 * Splits `REV:path` at the first colon that is not in braces (`HEAD@{2026-01-01 10:00}:path`).
 * @returns null where it is no such thing; a single letter before the colon is a Windows drive.
 * @see https://git-scm.com/docs/gitrevisions
 */
export function splitRevision(text: string): { revision: string; path: string } | null {
  const [, revision, path] = /^((?:[^:{]|\{[^}]*\})+):(.+)$/s.exec(text) ?? [];
  return revision === undefined || path === undefined || revision.length === 1 ? null : { revision, path };
}

/** Reads a blob of a revision. No shell is involved, and the revision is resolved first: from there on, only hashes. */
export async function readGitAddress(
  address: { readonly revision: string; readonly path: string },
  options: { readonly cwd: string; readonly bytesMax: number },
): Promise<ReadOutcome> {
  const { revision, path } = address;
  const { cwd, bytesMax } = options;
  // No revision begins so. Git's own --end-of-options came late and differs between versions.
  if (revision.startsWith("-")) return { failure: { kind: "revision", reason: "there is no such revision" } };
  const commit = await git(["rev-parse", "--verify", "--quiet", `${revision}^{tree}`], cwd, 4096);
  if (!commit.ok) {
    const reason = commit.missing
      ? "the git command was not found"
      : commit.stderr.includes("not a git repository")
        ? "the working folder is in no git repository"
        : "there is no such revision";
    return { failure: { kind: "revision", reason } };
  }
  const tree = commit.stdout.toString("utf8").trim();
  const entry = await git(["ls-tree", "-z", "--full-tree", tree, "--", path], cwd, 65_536);
  const [mode, type, object] = entry.ok ? entry.stdout.toString("utf8").split(/[ \t\0]/, 3) : [];
  if (object === undefined) return { failure: { kind: "not-found" } };
  if (type === "tree") return { failure: { kind: "folder" } };
  if (mode === "120000") return { failure: { kind: "not-readable", reason: "it is a symbolic link" } };
  if (type !== "blob") return { failure: { kind: "not-readable", reason: `it is a ${type}` } };
  const blob = await git(["cat-file", "blob", object], cwd, bytesMax);
  if (blob.ok) return { bytes: blob.stdout };
  if (blob.tooLarge) return { failure: { kind: "too-large" } };
  return { failure: { kind: "revision", reason: "git could not read it" } };
}

/** The top folder of the repository that the working folder is in. */
export async function gitTop(cwd: string): Promise<string | null> {
  // Not --show-toplevel: that follows symbolic links, and paths below `cwd` would then no longer compare.
  const top = await git(["rev-parse", "--show-cdup"], cwd, 65_536);
  return top.ok ? resolve(cwd, top.stdout.toString("utf8").replace(/\n$/, "")) : null;
}

interface GitOutcome {
  readonly ok: boolean;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly tooLarge: boolean;
  /** There is no git command. */
  readonly missing: boolean;
}

function git(args: readonly string[], cwd: string, maxBuffer: number): Promise<GitOutcome> {
  // Paths are meant as they are, never as patterns (`:(glob)…`).
  const env = { ...process.env, LC_ALL: "C", GIT_LITERAL_PATHSPECS: "1", GIT_OPTIONAL_LOCKS: "0" };
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

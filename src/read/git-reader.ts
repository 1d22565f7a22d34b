import { git, resolveRevision } from "./git.ts";
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
  const tree = await resolveRevision(revision, "tree", cwd);
  if ("reason" in tree) return { failure: { kind: "revision", ...tree } };
  const entry = await git(["ls-tree", "-z", "--full-tree", tree.hash, "--", path], cwd, 65_536);
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

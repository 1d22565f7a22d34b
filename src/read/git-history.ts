import type { Commit } from "../model/index.ts";
import { formatAddress } from "./address.ts";
import { entryAddress } from "./entry-address.ts";
import { git, gitTop, resolveRevision } from "./git.ts";
import { createSourceReader } from "./source-reader.ts";

/** What git tells of commits and renames at most. */
const BYTES_MAX = 64 * 1024 * 1024;
/** How often a file may have been renamed. */
const RENAMES_MAX = 50;

/** A commit, and what the document was called in it. */
export interface DocumentCommit extends Commit {
  /** From the top of the repository. */
  readonly path: string;
}

export interface History {
  /** From the newest to the oldest; the oldest is the one that brought the document, where the history goes so far. */
  readonly commits: readonly DocumentCommit[];
  /** The clone has only the newest part of the history. */
  readonly isShallow: boolean;
  /** There are more commits than were asked for. */
  readonly isCut: boolean;
}

/** Why there is no history: one sentence, and what to do about it. */
export interface NoHistory {
  readonly reason: string;
  readonly hint?: string;
}

export interface HistoryOptions {
  readonly cwd: string;
  readonly commitsMax: number;
  /** Files that the document refers to, from the top of the repository: commits that touched them belong to its history. */
  readonly files?: readonly string[];
}

/**
 * The commits that touched a document, followed through renames. Only the main line of a branch counts: what a merge brought is
 * one step.
 * @param name  a path, or `REV:path` for the history up to a revision.
 */
export async function historyOf(name: string, options: HistoryOptions): Promise<History | NoHistory> {
  const { cwd, commitsMax, files = [] } = options;
  const address = await entryAddress(name, cwd, createSourceReader({ cwd }));
  if (address.kind === "url") return { reason: `${JSON.stringify(name)} is an address, which has no history in git` };
  const revision = address.kind === "git" ? address.revision : "HEAD";
  const head = await resolveRevision(revision, "commit", cwd);
  const top = await gitTop(cwd);
  if ("reason" in head || top === null) return await noRevision(name, revision, cwd);
  const path = address.kind === "git" ? address.path : formatAddress(address, top);
  const isThere = await existsIn(head.hash, path, top);
  if (!isThere) {
    const reason = `${JSON.stringify(name)} is in no commit of ${revision === "HEAD" ? "this branch" : JSON.stringify(revision)}`;
    return {
      reason,
      hint: address.kind === "git" ? "the path counts from the top of the repository" : "commit it first",
    };
  }
  const names = await followRenames(path, head.hash, top);
  const paths = [...new Set([...names.map((one) => one.path), ...files])];
  const listed = await commitsOf(head.hash, paths, top, commitsMax + 1);
  const commits: DocumentCommit[] = [];
  let current = 0;
  for (const commit of listed) {
    const { path: was, until } = names[current] ?? { path, until: null };
    commits.push({ ...commit, path: was });
    if (commit.hash !== until) continue;
    current++;
    // What is older than the document is not its history.
    if (current === names.length) break;
  }
  const shallow = await git(["rev-parse", "--is-shallow-repository"], top, 4096);
  return {
    commits: commits.slice(0, commitsMax),
    isShallow: shallow.stdout.toString("utf8").trim() === "true",
    isCut: commits.length > commitsMax,
  };
}

async function noRevision(name: string, revision: string, cwd: string): Promise<NoHistory> {
  const found = await resolveRevision(revision, "commit", cwd);
  if (!("reason" in found)) return { reason: `${JSON.stringify(name)} is in no git repository` };
  const isEmpty = revision === "HEAD" && found.reason === "there is no such revision";
  const reason = isEmpty ? "the repository has no commit yet" : found.reason;
  return { reason, ...(found.similar === undefined ? {} : { hint: `did you mean ${JSON.stringify(found.similar)}?` }) };
}

/** The names of a file from the newest, each with the commit that gave it the name; null where it always had it. */
async function followRenames(
  path: string,
  head: string,
  top: string,
): Promise<readonly { readonly path: string; readonly until: string | null }[]> {
  const names: { path: string; until: string | null }[] = [];
  let [current, start] = [path, head];
  while (names.length < RENAMES_MAX) {
    const added = await git(
      [
        "log",
        "--first-parent",
        "-m",
        "--no-show-signature",
        "--format=%h",
        "--diff-filter=A",
        "--no-renames",
        "-n",
        "1",
        start,
        "--",
        current,
      ],
      top,
      4096,
    );
    const until = added.stdout.toString("utf8").trim();
    names.push({ path: current, until: until === "" ? null : until });
    if (until === "") return names;
    const before = await renamedIn(until, current, top);
    if (before === null) return names;
    [current, start] = [before, `${until}^1`];
  }
  return names;
}

/** What a file was called before a commit that added it. */
async function renamedIn(commit: string, path: string, top: string): Promise<string | null> {
  const options = ["-r", "-z", "-M", "--no-ext-diff", "--no-textconv", "--name-status", "--diff-filter=R"];
  const changed = await git(["diff-tree", ...options, `${commit}^1`, commit], top, BYTES_MAX);
  if (!changed.ok) return null;
  const fields = changed.stdout.toString("utf8").split("\0");
  for (let index = 0; index + 2 < fields.length; index += 3) {
    if (fields[index + 2] === path) return fields[index + 1] ?? null;
  }
  return null;
}

async function commitsOf(head: string, paths: readonly string[], top: string, max: number): Promise<readonly Commit[]> {
  const format = "--format=%h%x1f%cI%x1f%s%x1e";
  const options = ["--first-parent", "--no-show-signature", "--no-color", format, "-n", String(max)];
  const log = await git(["log", ...options, head, "--", ...paths], top, BYTES_MAX);
  const records = log.stdout.toString("utf8").split("\x1e");
  return records.flatMap((record) => {
    const [hash = "", date = "", subject = ""] = record.trim().split("\x1f");
    return hash === "" ? [] : [{ hash, date, subject }];
  });
}

async function existsIn(commit: string, path: string, top: string): Promise<boolean> {
  const entry = await git(["ls-tree", "-z", "--full-tree", commit, "--", path], top, 65_536);
  return entry.ok && entry.stdout.length > 0;
}

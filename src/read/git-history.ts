import type { Commit } from "../model/index.ts";
import { formatAddress } from "./address.ts";
import { entryAddress } from "./entry-address.ts";
import { git } from "./git.ts";
import { createGitFacts, type GitFacts } from "./git-facts.ts";
import { createSourceReader } from "./source-reader.ts";

/** What git tells of commits at most. */
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
  /** Of the repository, where it is known already. */
  readonly facts?: GitFacts;
}

/**
 * The commits that touched a document, followed through renames. Only the main line of a branch counts: what a merge brought is
 * one step.
 * @param name  a path, or `REV:path` for the history up to a revision.
 */
export async function historyOf(name: string, options: HistoryOptions): Promise<History | NoHistory> {
  const { cwd, commitsMax, files = [], facts = createGitFacts(cwd) } = options;
  const address = await entryAddress(name, cwd, createSourceReader({ cwd }));
  if (address.kind === "url") return { reason: `${JSON.stringify(name)} is an address, which has no history in git` };
  const revision = address.kind === "git" ? address.revision : "HEAD";
  const checkout = await facts.checkout(revision);
  if ("reason" in checkout) return noRevision(revision, checkout);
  const { hash: head, top, isShallow } = checkout;
  const path = address.kind === "git" ? address.path : formatAddress(address, top);
  const newest = await commitsOf(head, [path, ...files], top, commitsMax + 1);
  if (!(await isIn(head, path, newest, top))) {
    const reason = `${JSON.stringify(name)} is in no commit of ${revision === "HEAD" ? "this branch" : JSON.stringify(revision)}`;
    return {
      reason,
      hint: address.kind === "git" ? "the path counts from the top of the repository" : "commit it first",
    };
  }
  const names = await followRenames(path, { newest, head, top, facts });
  // Most files never had another name, and what is listed already is what there is.
  const listed =
    names.length === 1
      ? newest
      : await commitsOf(head, [...new Set([...names.map((one) => one.path), ...files])], top, commitsMax + 1);
  const commits: DocumentCommit[] = [];
  let current = 0;
  for (const { touched: _, ...commit } of listed) {
    const { path: was, until } = names[current] ?? { path, until: null };
    commits.push({ ...commit, path: was });
    if (commit.hash !== until) continue;
    current++;
    // What is older than the document is not its history.
    if (current === names.length) break;
  }
  return { commits: commits.slice(0, commitsMax), isShallow, isCut: commits.length > commitsMax };
}

function noRevision(revision: string, found: { readonly reason: string; readonly similar?: string }): NoHistory {
  const isEmpty = revision === "HEAD" && found.reason === "there is no such revision";
  const reason = isEmpty ? "the repository has no commit yet" : found.reason;
  return { reason, ...(found.similar === undefined ? {} : { hint: `did you mean ${JSON.stringify(found.similar)}?` }) };
}

interface Search {
  /** The commits that touched the file last, as many as are asked for. */
  readonly newest: readonly ListedCommit[];
  readonly head: string;
  readonly top: string;
  readonly facts: GitFacts;
}

/** The names of a file from the newest, each with the commit that gave it the name; null where that is older than what is listed. */
async function followRenames(
  path: string,
  { newest, head, top, facts }: Search,
): Promise<readonly { readonly path: string; readonly until: string | null }[]> {
  const names: { path: string; until: string | null }[] = [];
  let current = path;
  let until = newest.find(({ touched }) => touched.get(path) === "A")?.hash ?? null;
  while (names.length < RENAMES_MAX) {
    names.push({ path: current, until });
    const before = until === null ? null : await facts.nameBefore(until, current);
    if (before === null) return names;
    current = before;
    until = await addedIn(current, `${until ?? head}^1`, top);
  }
  return names;
}

/** The newest commit that added a file. */
async function addedIn(path: string, start: string, top: string): Promise<string | null> {
  const options = ["--first-parent", "-m", "--no-show-signature", "--format=%h", "--diff-filter=A", "--no-renames"];
  const added = await git(["log", ...options, "-n", "1", start, "--", path], top, 4096);
  return added.stdout.toString("utf8").trim() || null;
}

interface ListedCommit extends Commit {
  /** Files with the letter that git has for what happened to them. */
  readonly touched: ReadonlyMap<string, string>;
}

async function commitsOf(
  head: string,
  paths: readonly string[],
  top: string,
  max: number,
): Promise<readonly ListedCommit[]> {
  const format = "--format=%x1e%h%x1f%cI%x1f%s%x1f";
  const changes = ["-m", "--no-renames", "--no-ext-diff", "--no-textconv", "--name-status", "-z"];
  const options = ["--first-parent", "--no-show-signature", "--no-color", format, ...changes, "-n", String(max)];
  const log = await git(["log", ...options, head, "--", ...paths], top, BYTES_MAX);
  const records = log.stdout.toString("utf8").split("\x1e");
  return records.flatMap((record) => {
    const [hash = "", date = "", subject = "", names = ""] = record.split("\x1f");
    if (date === "") return [];
    const fields = names.replace(/^\0?\n?/, "").split("\0");
    const touched = new Map<string, string>();
    for (let index = 0; index + 1 < fields.length; index += 2)
      touched.set(fields[index + 1] ?? "", fields[index] ?? "");
    return [{ hash, date, subject, touched }];
  });
}

/** Whether a commit has a file, by what happened to it last. */
async function isIn(commit: string, path: string, newest: readonly ListedCommit[], top: string): Promise<boolean> {
  const last = newest.find(({ touched }) => touched.has(path))?.touched.get(path);
  if (last !== undefined) return last !== "D";
  const entry = await git(["ls-tree", "-z", "--full-tree", commit, "--", path], top, 65_536);
  return entry.ok && entry.stdout.length > 0;
}

import { posix } from "node:path";
import { quote } from "../../diagnostics/index.ts";
import { type DiffOptions, diffContracts } from "../../diff/index.ts";
import type { Changelog, Revision } from "../../model/index.ts";
import {
  type DocumentCommit,
  type HistoryReader,
  historyOf,
  type LoadedContract,
  loadContract,
  type NoHistory,
  openHistory,
} from "../../pipeline.ts";
import { type Context, UsageError } from "../context.ts";
import type { SharedOptions } from "../load-documents.ts";

/** Every revision of a document that could be read, from the oldest to the newest. */
export interface Revisions {
  readonly revisions: readonly Revision[];
  readonly title: string;
  readonly skipped: Changelog["skipped"];
  /** False where the history goes further back. */
  readonly complete: boolean;
  /** What a reader should know: one sentence each. */
  readonly notes: readonly string[];
  /** The newest that could be read; `current` where that says the same. */
  readonly newest: LoadedContract | null;
}

export interface RevisionsOptions {
  readonly id: string;
  readonly load: SharedOptions;
  readonly diff: DiffOptions;
  readonly commitsMax: number;
  /** The document as it is now: the newest revision is not read again where it has the same text. */
  readonly current?: LoadedContract;
  /** Called before each revision is read. */
  readonly onProgress: (done: number, total: number) => void;
}

/** A file that several revisions refer to may itself refer to more, which older revisions did not. */
const ROUNDS_MAX = 4;

/**
 * Reads a document in every commit that touched it or a file that it refers to, and compares each with the one before.
 * @throws UsageError where there is no history
 */
export async function readRevisions(name: string, options: RevisionsOptions, context: Context): Promise<Revisions> {
  const reader = await openHistory(context);
  const read = await findRevisions(name, options, context, reader).finally(reader.close);
  if ("reason" in read) throw new UsageError(`There is no history: ${read.reason}.`, read.hint);
  if (read.revisions.length === 0)
    throw new UsageError(`No revision of ${quote(name)} can be read.`, reasonOf(read.skipped));
  return read;
}

/**
 * The same where it need not be that there is a history.
 * @param reader  of the same repository; one will do for many documents
 */
export async function findRevisions(
  name: string,
  options: RevisionsOptions,
  { cwd }: Pick<Context, "cwd">,
  reader: HistoryReader,
): Promise<Revisions | NoHistory> {
  const files = new Set<string>();
  let known = 0;
  for (let round = 1; ; round++) {
    const { commitsMax } = options;
    const history = await historyOf(name, { cwd, commitsMax, files: [...files], facts: reader.facts });
    if ("reason" in history) return history;
    const { commits, isCut, isShallow } = history;
    // Most descriptions are one file, and what was read is all there is.
    const read = await readAll(commits.toReversed(), files, { ...options, reader });
    const isComplete = files.size === known || round === ROUNDS_MAX;
    known = files.size;
    if (!isComplete && files.size > new Set(commits.map(({ path }) => path)).size) continue;
    return { ...read, complete: !isCut && !isShallow, notes: notesOf(history, commitsMax) };
  }
}

async function readAll(
  commits: readonly DocumentCommit[],
  files: Set<string>,
  { id, load, diff, onProgress, reader, current }: RevisionsOptions & { readonly reader: HistoryReader },
): Promise<Pick<Revisions, "revisions" | "title" | "skipped" | "newest">> {
  const revisions: Revision[] = [];
  const skipped: Changelog["skipped"][number][] = [];
  let newest: LoadedContract | null = null;
  for (const [index, { path, ...commit }] of commits.entries()) {
    onProgress(index + 1, commits.length);
    const isLast = index === commits.length - 1;
    const same = isLast && current !== undefined ? await filesOf(current, { ...commit, path }, reader) : null;
    let value = same === null ? null : (current ?? null);
    if (value === null) {
      const read = await loadContract(`${commit.hash}:${path}`, { ...load, id, reader });
      if (read.value === null) {
        const error = read.diagnostics.find(({ severity }) => severity === "error");
        skipped.push({ ...commit, reason: error?.message ?? "No contract can be built of it." });
        continue;
      }
      value = read.value;
    }
    for (const file of same ?? value.set.documents.keys()) {
      if (same !== null) files.add(file);
      else if (file.startsWith(`${commit.hash}:`)) files.add(file.slice(commit.hash.length + 1));
    }
    const changes = newest === null ? [] : diffContracts({ base: newest, revision: value }, diff);
    const { version, webhooks } = value.contract;
    revisions.push({ ...commit, version, webhooks: webhooks.map((webhook) => webhook.name), changes });
    newest = value;
  }
  return { revisions, skipped, title: newest?.contract.title ?? id, newest };
}

/** The files of a document as a commit has them, from the top of the repository; null where one of them is another. */
async function filesOf(
  { set }: LoadedContract,
  { hash, path }: DocumentCommit,
  reader: HistoryReader,
): Promise<readonly string[] | null> {
  const paths: string[] = [];
  for (const { file, text } of set.documents.values()) {
    if (/^[a-z]+:\/\//i.test(file)) return null;
    const within = posix.join(posix.dirname(path), posix.relative(posix.dirname(set.entry.file), file));
    const found = await reader.read({ kind: "git", revision: hash, path: within }, text.length * 4);
    if ("failure" in found || new TextDecoder().decode(found.bytes) !== text) return null;
    paths.push(within);
  }
  return paths;
}

function notesOf(
  { commits, isCut, isShallow }: { commits: readonly DocumentCommit[]; isCut: boolean; isShallow: boolean },
  commitsMax: number,
): readonly string[] {
  const oldest = commits.at(-1);
  if (isCut) return [`Only the last ${commitsMax} revisions were read (--limit reads more).`];
  if (isShallow && oldest !== undefined) {
    return [
      `This clone holds only the newest part of the history, so nothing before ${oldest.hash} is known (git fetch --unshallow).`,
    ];
  }
  return [];
}

function reasonOf(skipped: Changelog["skipped"]): string | undefined {
  return skipped.at(-1)?.reason.replace(/\.$/, "");
}

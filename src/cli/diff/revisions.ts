import { quote } from "../../diagnostics/index.ts";
import { type DiffOptions, diffContracts } from "../../diff/index.ts";
import type { Changelog, Revision } from "../../model/index.ts";
import { type DocumentCommit, historyOf, type LoadedContract, loadContract } from "../../pipeline.ts";
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
}

export interface RevisionsOptions {
  readonly id: string;
  readonly load: SharedOptions;
  readonly diff: DiffOptions;
  readonly commitsMax: number;
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
  const { cwd } = context;
  const files = new Set<string>();
  let known = 0;
  for (let round = 1; ; round++) {
    const history = await historyOf(name, { cwd, commitsMax: options.commitsMax, files: [...files] });
    if ("reason" in history) throw new UsageError(`There is no history: ${history.reason}.`, history.hint);
    const { commits, isCut, isShallow } = history;
    // Most descriptions are one file, and what was read is all there is.
    const read = await readAll(commits.toReversed(), files, options);
    const isComplete = files.size === known || round === ROUNDS_MAX;
    known = files.size;
    if (!isComplete && files.size > new Set(commits.map(({ path }) => path)).size) continue;
    if (read.revisions.length === 0)
      throw new UsageError(`No revision of ${quote(name)} can be read.`, reasonOf(read.skipped));
    return { ...read, complete: !isCut && !isShallow, notes: notesOf(history, options.commitsMax) };
  }
}

async function readAll(
  commits: readonly DocumentCommit[],
  files: Set<string>,
  { id, load, diff, onProgress }: RevisionsOptions,
): Promise<Pick<Revisions, "revisions" | "title" | "skipped">> {
  const revisions: Revision[] = [];
  const skipped: Changelog["skipped"][number][] = [];
  let last: LoadedContract | null = null;
  for (const [index, { path, ...commit }] of commits.entries()) {
    onProgress(index + 1, commits.length);
    const { value, diagnostics } = await loadContract(`${commit.hash}:${path}`, { ...load, id });
    if (value === null) {
      const error = diagnostics.find(({ severity }) => severity === "error");
      skipped.push({ ...commit, reason: error?.message ?? "No contract can be built of it." });
      continue;
    }
    for (const file of value.set.documents.keys()) {
      if (file.startsWith(`${commit.hash}:`)) files.add(file.slice(commit.hash.length + 1));
    }
    const changes = last === null ? [] : diffContracts({ base: last, revision: value }, diff);
    const { version, webhooks } = value.contract;
    revisions.push({ ...commit, version, webhooks: webhooks.map((webhook) => webhook.name), changes });
    last = value;
  }
  return { revisions, skipped, title: last?.contract.title ?? id };
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

import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { DiffConfig, DocsConfig } from "../config/index.ts";
import { visible } from "../diagnostics/index.ts";
import { diffContracts, makeChangelog } from "../diff/index.ts";
import type { Change, Revision } from "../model/index.ts";
import { matchPacts, propertiesRead } from "../pact/static.ts";
import type { ConsumerUsage, DocumentedChange, DocumentHistory, HistoryReader } from "../pipeline.ts";
import type { Context } from "./context.ts";
import { foldChanges } from "./diff/fold.ts";
import { applyLevels } from "./diff/levels.ts";
import { findRevisions } from "./diff/revisions.ts";
import type { LoadedDocument } from "./load-documents.ts";
import { checkContext, type LoadedPact, readPacts } from "./pacts.ts";

export interface PactSettings {
  readonly pacts: DocsConfig["pacts"];
  /** Where contract tests write them; looked into where nothing else is said. */
  readonly folder: string;
}

/** The pacts that pages tell of: those that are named, else those that lie where they are written. */
export function pactsFor({ pacts, folder }: PactSettings, context: Context): readonly LoadedPact[] {
  if (pacts === false) return [];
  if (pacts === undefined && statSync(resolve(context.cwd, folder), { throwIfNoEntry: false })?.isDirectory() !== true)
    return [];
  const found = readPacts([pacts ?? folder], context, { orNone: pacts === undefined });
  for (const { file, reading } of found) {
    const [problem] = reading.problems;
    if (reading.pact !== null || problem === undefined) continue;
    context.stderr(`${visible(file)} is passed over: ${visible(problem.message)}\n`);
  }
  return found;
}

/**
 * Who reads what of a document.
 * @param ids  of all contracts that are shown: a pact with one of them is not about another
 */
export function usageOf(
  document: LoadedDocument,
  pacts: readonly LoadedPact[],
  ids: readonly string[],
): readonly ConsumerUsage[] {
  const { id } = document.contract;
  const own = pacts.filter(({ reading: { pact } }) => pact?.provider === id || !ids.includes(pact?.provider ?? ""));
  if (own.length === 0) return [];
  const checking = checkContext(document);
  return propertiesRead(matchPacts(own, checking), checking).map(({ consumer, webhook, leaves, headers }) => ({
    consumer,
    webhook,
    fields: leaves,
    headers,
  }));
}

export interface HistorySettings {
  readonly changelog: DocsConfig["changelog"];
  readonly levels: DiffConfig["levels"];
}

/** Of a document of usual length so many revisions are read, and of a longer one fewer: pages must not wait for them. */
const REVISIONS_MAX = 20;
const REVISIONS_MIN = 2;
const LENGTH_MAX = 1_000_000;

/** What changed in a document, as its commits and what is not yet committed say. Undefined where nothing tells. */
export async function changesIn(
  document: LoadedDocument,
  { changelog, levels = {} }: HistorySettings,
  context: Context,
  reader: HistoryReader,
): Promise<DocumentHistory | undefined> {
  if (changelog === false) return undefined;
  const { request, contract, set } = document;
  const length = [...set.documents.values()].reduce((sum, { text }) => sum + text.length, 0);
  const usual = Math.min(REVISIONS_MAX, Math.max(REVISIONS_MIN, Math.floor(LENGTH_MAX / length)));
  const commitsMax = typeof changelog === "number" ? changelog : usual;
  const { id, ...load } = request.options;
  const options = { id: id ?? contract.id, load, diff: {}, commitsMax, current: document, onProgress: () => {} };
  try {
    const found = await findRevisions(request.path, options, context, reader);
    if ("reason" in found || found.newest === null) return undefined;
    const { newest, revisions, skipped, complete, title } = found;
    if (!complete && revisions.length + skipped.length < commitsMax)
      for (const note of found.notes) context.stderr(`${visible(request.path)}: ${visible(note)}\n`);
    const judged = revisions.map((revision) => ({ ...revision, changes: applyLevels(revision.changes, levels) }));
    const { entries } = makeChangelog(judged, { contract: contract.id, title, skipped, complete });
    const pending = newest === document ? [] : diffContracts({ base: newest, revision: document });
    const now = { version: contract.version, changes: applyLevels(pending, levels) };
    return {
      entries: [...(now.changes.length === 0 ? [] : [toEntry(now)]), ...entries.map(toEntry)],
      isComplete: complete,
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    context.stderr(`${visible(request.path)}: its history is not shown, for it is nested too deeply to be compared.\n`);
    return undefined;
  }
}

function toEntry({ version, date, changes }: Pick<Revision, "version" | "changes"> & Partial<Pick<Revision, "date">>) {
  return { version, ...(date === undefined ? {} : { date: date.slice(0, 10) }), changes: documented(changes) };
}

function documented(changes: readonly Change[]): readonly DocumentedChange[] {
  return foldChanges(changes).map(({ change, webhooks, pointers }) => ({
    level: change.level,
    webhooks,
    message: change.message,
    fields: change.in === "payload" ? pointers : [],
  }));
}

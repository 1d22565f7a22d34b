import { relative } from "node:path";
import { type LocationJson, quote, visible } from "../../diagnostics/index.ts";
import { type DiffOptions, type DiffSide, diffContracts } from "../../diff/index.ts";
import type { Change, Contract, Diagnostic, Omission, SourceLocation } from "../../model/index.ts";
import { checkPacts, impactOf, propertiesRead } from "../../pact/static.ts";
import { type LoadedContract, type LoadResult, loadContract } from "../../pipeline.ts";
import { type Context, UsageError } from "../context.ts";
import { asWarning, type SharedOptions } from "../load-documents.ts";
import { checkContext, type LoadedPact } from "../pacts.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { withProgress } from "../progress.ts";
import type { Pair, SideDocument } from "./pairs.ts";
import type { ComparedContract, ReportedChange, SideReport } from "./report.ts";

/** What became of all pairs. */
export interface Comparison {
  readonly compared: readonly ComparedContract[];
  /** False where a side could not be read, or not whole. */
  readonly complete: boolean;
  readonly notes: readonly string[];
  readonly sourceText: (file: string) => string | undefined;
}

export interface CompareOptions extends SharedOptions, DiffOptions {
  /** What the consumers of the base are tested with. */
  readonly pacts?: readonly LoadedPact[];
}

/** A side that was read. */
type Side = LoadedContract & Pick<LoadResult, "locate" | "diagnostics" | "sourceText">;

/** Nothing to compare with: the document is on the other side only, or is no description on this one. */
const ABSENT = null;
const FAILED = "failed";

/** Reads both sides of each pair and compares them. What cannot be read is printed, and makes the whole incomplete. */
export async function comparePairs(
  pairs: readonly Pair[],
  options: CompareOptions,
  context: Context,
): Promise<Comparison> {
  const compared: ComparedContract[] = [];
  const notes: string[] = [];
  const texts: ((file: string) => string | undefined)[] = [];
  let complete = true;
  for (const pair of pairs) {
    const [base, revision] = await withProgress(context, `Comparing ${pair.id}`, async () => [
      await readSide(pair.base, pair.id, options, context),
      await readSide(pair.revision, pair.id, options, context),
    ]);
    if (base === FAILED || revision === FAILED) {
      complete = false;
      continue;
    }
    if (base === ABSENT && revision === ABSENT) continue;
    for (const side of [base, revision]) if (side !== ABSENT) texts.push(side.sourceText);
    printFindings(base, revision, context);
    const lost = lostReferences(base, revision);
    if (lost.length > 0) {
      complete = false;
      for (const sentence of lost) context.stderr(`${visible(sentence)}\n`);
    }
    const one = comparePair(pair.id, base, revision, options);
    const reached = withConsumers(one, base, options.pacts ?? []);
    compared.push(reached.compared);
    notes.push(...notesOf(one, base, revision), ...reached.notes);
  }
  const sourceText = (file: string) => {
    for (const text of texts) {
      const found = text(file);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { compared, complete, notes, sourceText };
}

async function readSide(
  document: SideDocument | null,
  id: string,
  options: SharedOptions,
  context: Context,
): Promise<Side | typeof ABSENT | typeof FAILED> {
  if (document === null) return ABSENT;
  const root = options.root ?? rootOf(document, options.cwd ?? context.cwd);
  const loaded = await loadContract(document.path, { ...options, id, ...(root === undefined ? {} : { root }) });
  const { value, diagnostics, locate, sourceText } = loaded;
  if (value !== null) return { ...value, diagnostics, locate, sourceText };
  if (document.mayBeOther && diagnostics.some(({ code }) => code === "not-a-description")) return ABSENT;
  printDiagnostics({ diagnostics, locate, sourceText }, context, { frames: true });
  return FAILED;
}

/** Documents of a folder may refer to what lies in that folder, wherever it is. */
function rootOf({ folder }: SideDocument, cwd: string): string | undefined {
  return folder !== null && relative(cwd, folder).startsWith("..") ? folder : undefined;
}

function comparePair(
  id: string,
  base: Side | typeof ABSENT,
  revision: Side | typeof ABSENT,
  options: DiffOptions,
): ComparedContract {
  const sides = { base: base ?? emptied(revision as Side), revision: revision ?? emptied(base as Side) };
  const changes = compareOrRefuse(id, () => diffContracts(sides, options));
  const placeBase = placer(base);
  const placeRevision = placer(revision);
  const fallback: LocationJson = placeRevision(revision?.contract.source) ??
    placeBase(base?.contract.source) ?? { file: id, line: 1, column: 1, pointer: "" };
  const webhookPlaces = new Map(revision?.contract.webhooks.map(({ name, source }) => [name, source]));
  const reported = changes.map(
    (change: Change): ReportedChange => ({
      ...change,
      contract: id,
      base: placeBase(change.base),
      revision: placeRevision(change.revision),
      anchor: placeRevision(change.revision) ?? placeRevision(webhookPlaces.get(change.webhook)) ?? fallback,
    }),
  );
  const names = (side: Side | null) => side?.contract.webhooks.map(({ name }) => name) ?? [];
  const kept = new Set(names(revision));
  return {
    contract: id,
    title: (revision ?? base)?.contract.title ?? id,
    base: sideReport(base),
    revision: sideReport(revision),
    webhooks: [...names(base).filter((name) => !kept.has(name)), ...names(revision)],
    changes: reported,
  };
}

/** Chains of thousands of references, one inside the other, run out of stack. No vendor has them, so they are refused whole. */
function compareOrRefuse<T>(id: string, compare: () => T): T {
  try {
    return compare();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`The schemas of ${quote(id)} lead too deep to be compared.`);
  }
}

/** Adds to each change whom of the consumers it reaches; their pacts are about the base, which they were written for. */
function withConsumers(
  compared: ComparedContract,
  base: Side | typeof ABSENT,
  pacts: readonly LoadedPact[],
): { readonly compared: ComparedContract; readonly notes: readonly string[] } {
  if (base === ABSENT || pacts.length === 0) return { compared, notes: [] };
  const checking = checkContext(base);
  const { matches } = checkPacts(pacts, checking);
  const impacts = impactOf(compared.changes, propertiesRead(matches, checking));
  const changes = compared.changes.map((change, index) => {
    const impact = impacts[index];
    return impact === undefined ? change : { ...change, consumers: { hits: impact.hits, clear: impact.clear } };
  });
  const none = `No interaction of the pacts is about a webhook of ${compared.contract}.`;
  return { compared: { ...compared, changes }, notes: matches.length === 0 ? [none] : [] };
}

function sideReport(side: Side | typeof ABSENT): SideReport | null {
  return side === ABSENT ? null : { file: side.contract.source.file, version: side.contract.version };
}

/** What a document that is not there describes. */
function emptied(side: Side): DiffSide {
  const contract: Contract = { ...side.contract, webhooks: [], schemas: {}, security: {}, omissions: [] };
  return { contract, schemaSource: () => undefined };
}

/** Looks up lines, of one place once. */
function placer(side: Side | typeof ABSENT): (location: SourceLocation | null | undefined) => LocationJson | null {
  const known = new Map<string, LocationJson>();
  return (location) => {
    if (side === ABSENT || location === null || location === undefined) return null;
    const { file, pointer } = location;
    const key = JSON.stringify([file, pointer]);
    const found = known.get(key) ?? { file, ...side.locate(location), pointer };
    known.set(key, found);
    return found;
  };
}

/** Findings of reading: those of the revision, and those of the base that are no longer there. */
function printFindings(base: Side | null, revision: Side | null, context: Context): void {
  const said = new Set(revision?.diagnostics.map(textOf));
  for (const [side, fresh] of [
    [revision, () => true],
    [base, (diagnostic: Diagnostic) => !said.has(textOf(diagnostic))],
  ] as const) {
    if (side === null) continue;
    const { locate, diagnostics } = side;
    printDiagnostics({ locate, diagnostics: diagnostics.filter(fresh).map(asWarning) }, context);
  }
}

function textOf({ code, message, location }: Diagnostic): string {
  return JSON.stringify([code, message, location.pointer]);
}

/**
 * References of one side that lead nowhere, while the other side has no such: what they named is unknown, so whether it
 * changed is too.
 */
function lostReferences(base: Side | null, revision: Side | null): readonly string[] {
  return [...lostBy(base, revision), ...lostBy(revision, base)];
}

function lostBy(side: Side | null, other: Side | null): readonly string[] {
  if (side === null) return [];
  const known = new Set(danglingReferences(other).keys());
  return [...danglingReferences(side).values()]
    .filter(({ reason }) => !known.has(reason))
    .map(({ reason, source }) => {
      const { line } = side.locate(source);
      return `${source.file}:${line}: the document could not be read whole: ${reason}. What changed there is not known.`;
    });
}

/** By what is said of them. */
function danglingReferences(side: Side | null): ReadonlyMap<string, Omission> {
  const found = side?.contract.omissions.filter(({ reason }) => reason.endsWith("leads nowhere")) ?? [];
  return new Map(found.map((omission) => [omission.reason, omission]));
}

function notesOf(
  { contract, changes, webhooks }: ComparedContract,
  base: Side | null,
  revision: Side | null,
): string[] {
  if (base === null) return [`The document of ${contract} is new; everything in it is added.`];
  if (revision === null) return [`The document of ${contract} is gone; everything in it is removed.`];
  const [before, after] = [base.contract.webhooks.length, revision.contract.webhooks.length];
  if (webhooks.length === 0) return [`Neither revision of ${contract} describes a webhook.`];
  if (before === 0) return [`The base of ${contract} (${quote(base.contract.source.file)}) describes no webhook.`];
  if (after === 0)
    return [`The revision of ${contract} (${quote(revision.contract.source.file)}) describes no webhook.`];
  const removed = new Set(changes.filter(({ rule }) => rule === "webhook-removed").map(({ webhook }) => webhook));
  return removed.size === before
    ? [`The two documents of ${contract} have no webhook in common: are they revisions of the same description?`]
    : [];
}

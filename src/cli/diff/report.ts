import type { DiffConfig } from "../../config/index.ts";
import type { LocationJson } from "../../diagnostics/index.ts";
import { verdictOf } from "../../diff/index.ts";
import type { Change, ChangeLevel, Verdict } from "../../model/index.ts";
import type { Impact } from "../../pact/static.ts";
import { foldChanges } from "./fold.ts";
import { applyLevels } from "./levels.ts";

/** A change with its lines, ready to be shown. */
export interface ReportedChange extends Omit<Change, "base" | "revision"> {
  readonly contract: string;
  readonly base: LocationJson | null;
  readonly revision: LocationJson | null;
  /** Where the revision is to be looked at: the nearest place, where it no longer has what changed. */
  readonly anchor: LocationJson;
  /** Where pacts were given: whom of the event's consumers it reaches. */
  readonly consumers?: Pick<Impact, "hits" | "clear">;
}

/** A change that the configuration accepts. */
export interface AcceptedReport extends ReportedChange {
  readonly reason: string;
  readonly expires: string;
}

export type LevelCounts = Readonly<Record<ChangeLevel, number>>;

/** Two revisions of one contract, as they were found; a side is null where only the other has the document. */
export interface ComparedContract {
  readonly contract: string;
  readonly title: string;
  readonly base: SideReport | null;
  readonly revision: SideReport | null;
  /** The names of the webhooks of both, in the order of the revision, those that are gone first. */
  readonly webhooks: readonly string[];
  readonly changes: readonly ReportedChange[];
}

export interface SideReport {
  /** As in `SourceLocation.file`. */
  readonly file: string;
  readonly version: string;
}

/** What `diff` found, whatever it is printed as. */
export interface DiffReport {
  /** Null where not everything could be read and what could is not breaking: then nobody knows. */
  readonly verdict: Verdict | null;
  /** False where a side could not be read, so that something may be missing. */
  readonly complete: boolean;
  readonly counts: LevelCounts;
  /** The same, with what one edit does to several webhooks counted once. */
  readonly edits: LevelCounts;
  readonly contracts: readonly (ComparedContract & { readonly verdict: Verdict; readonly counts: LevelCounts })[];
  /** Of all contracts; accepted ones are not among them. */
  readonly changes: readonly ReportedChange[];
  readonly accepted: readonly AcceptedReport[];
  /** What a reader should know beside the changes: one sentence each. */
  readonly notes: readonly string[];
}

export interface ReportOptions {
  readonly complete: boolean;
  readonly notes: readonly string[];
  readonly config: DiffConfig;
  /** A day as `2027-01-31`. */
  readonly today: string;
}

/** Applies the levels and the accepted changes of a project to what was found, and draws the sum. */
export function makeReport(
  compared: readonly ComparedContract[],
  { complete, notes, config, today }: ReportOptions,
): DiffReport {
  const accepted: AcceptedReport[] = [];
  const expired = new Set<number>();
  const acceptances = config.accepted ?? [];
  const contracts = compared.map((one) => {
    const changes = applyLevels(one.changes, config.levels ?? {}).filter((change) => {
      const matching = acceptances.flatMap((entry, index) => (isAccepted(change, entry) ? [{ entry, index }] : []));
      const valid = matching.find(({ entry }) => today < entry.expires);
      if (valid === undefined) {
        for (const { index } of matching) expired.add(index);
        return true;
      }
      accepted.push({ ...change, reason: valid.entry.reason, expires: valid.entry.expires });
      return false;
    });
    return { ...one, changes, verdict: verdictOf(changes), counts: countLevels(changes) };
  });
  const changes = contracts.flatMap((one) => one.changes);
  const past = acceptances.flatMap((entry, index) => {
    if (today < entry.expires) return [];
    const counts = expired.has(index) ? "; the change counts again" : ", and no such change was found";
    return [
      `The acceptance of ${entry.rule} at "${entry.pointer}" expired on ${entry.expires} (${entry.reason})${counts}.`,
    ];
  });
  const verdict = verdictOf(changes);
  return {
    verdict: complete || verdict === "breaking" ? verdict : null,
    complete,
    counts: countLevels(changes),
    edits: countLevels(foldChanges(changes).map(({ change }) => change)),
    contracts,
    changes,
    accepted,
    notes: [...notes, ...past],
  };
}

function countLevels(changes: readonly Pick<Change, "level">[]): LevelCounts {
  const counts = { breaking: 0, risky: 0, safe: 0 };
  for (const { level } of changes) counts[level]++;
  return counts;
}

function isAccepted(change: ReportedChange, entry: NonNullable<DiffConfig["accepted"]>[number]): boolean {
  return (
    entry.rule === change.rule &&
    (entry.contract === undefined || entry.contract === change.contract) &&
    (entry.webhook === undefined || entry.webhook === change.webhook) &&
    entry.pointer === change.pointer
  );
}

import type { LocationJson } from "../../../diagnostics/index.ts";
import { LEVELS } from "../../../diff/index.ts";
import type { ChangeLevel, ChangePart } from "../../../model/index.ts";
import { impactText } from "../../../pact/static.ts";
import { foldChanges } from "../../diff/fold.ts";
import type { DiffReport, LevelCounts, ReportedChange } from "../../diff/report.ts";

/** `1 breaking and 2 safe changes`: how many there are of each level that there are any of. */
function countText(counts: LevelCounts): string {
  const present = LEVELS.filter((level) => counts[level] > 0);
  if (present.length === 0) return "no change";
  const words = present.map((level) => `${counts[level]} ${level}`);
  const last = present.at(-1) ?? "safe";
  const list = words.length === 1 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
  return `${list} ${counts[last] === 1 ? "change" : "changes"}`;
}

const VERDICTS = {
  breaking: "Breaking for receivers",
  risky: "Risky for receivers",
  safe: "Safe for receivers",
} as const satisfies Record<ChangeLevel, string>;

/**
 * The verdict and what it rests on.
 * @param strong  how the verdict itself is written
 */
export function verdictSentence(
  { verdict, complete, edits, accepted, contracts }: DiffReport,
  strong: (text: string) => string,
): string {
  if (contracts.length === 0 && !complete) return strong("Nothing could be compared.");
  const unread = complete ? "" : `${strong("Not everything could be read.")} Of what could: `;
  const total = contracts.reduce((sum, { webhooks }) => sum + webhooks.length, 0);
  const affected = contracts.reduce((sum, { changes }) => sum + new Set(changes.map(({ webhook }) => webhook)).size, 0);
  const acceptedCount = foldChanges(accepted).length;
  if (verdict === "none") return unchanged(total, acceptedCount, strong);
  const words = verdict === null ? "" : `${strong(VERDICTS[verdict])}: `;
  const webhooks = `${affected} of ${total} ${total === 1 ? "webhook" : "webhooks"}`;
  const where = affected === 0 ? "" : ` in ${webhooks}`;
  const acceptedText = acceptedCount === 0 ? "" : `; ${acceptedCount} more accepted`;
  return `${unread}${words}${countText(edits)}${where}${acceptedText}.`;
}

/** What there is to say where nothing counts. */
function unchanged(webhooks: number, accepted: number, strong: (text: string) => string): string {
  const where = webhooks === 1 ? "in the one webhook" : `in any of ${webhooks} webhooks`;
  if (accepted === 0) return `${strong("Nothing changed for receivers")} ${where}.`;
  return `${strong("Nothing changed for receivers")} but what is accepted: ${accepted} ${accepted === 1 ? "change" : "changes"}.`;
}

/** How many changes of each level there are, and in how many webhooks; what one edit does to several counts once. */
export function changesInWords(changes: readonly ReportedChange[]): string {
  const counts = { breaking: 0, risky: 0, safe: 0 };
  for (const { change } of foldChanges(changes)) counts[change.level]++;
  const webhooks = new Set(changes.map(({ webhook }) => webhook)).size;
  const where = webhooks === 0 ? "" : ` in ${webhooks} ${webhooks === 1 ? "webhook" : "webhooks"}`;
  return `${countText(counts)}${where}`;
}

/** Where in a delivery, or in the answer to it, a change is; `""` for a webhook as a whole. Not yet made visible. */
export function pointerText(part: ChangePart, pointers: readonly string[]): string {
  const [first = "", ...others] = pointers;
  const more = others.length === 0 ? "" : ` and ${others.length} more ${others.length === 1 ? "place" : "places"}`;
  switch (part) {
    case "webhook":
    case "payload":
      return first === "" && more === "" ? "" : `${first || "the whole payload"}${more}`;
    case "headers":
      return first === "" ? "headers" : `header ${first.slice(1)}${more}`;
    case "reply":
      return first === "" ? "reply" : `reply ${first.slice(1)}${more}`;
    default:
      return part satisfies never;
  }
}

/** What changed and, where pacts were given, whom of the event's consumers it reaches. Not yet made visible. */
export function sentenceOf(change: Pick<ReportedChange, "level" | "message" | "consumers">): string {
  const reached = change.consumers === undefined ? "" : impactText({ ...change.consumers, change });
  return reached === "" ? change.message : `${change.message} In the pacts: ${reached}.`;
}

/**
 * The lines of both sides; `""` where there are none. Not yet made visible.
 * @param repeats  how often the same is written elsewhere too
 */
export function placesText(base: LocationJson | null, revision: LocationJson | null, repeats = 0): string {
  if (base === null && revision === null) return "";
  const more = repeats === 0 ? "" : `, and ${repeats} more ${repeats === 1 ? "place" : "places"}`;
  if (base === null) return revision === null ? "" : `now at ${lineOf(revision)}${more}`;
  return `${revision === null ? `was at ${lineOf(base)}` : `${lineOf(base)} → ${lineOf(revision)}`}${more}`;
}

function lineOf({ file, line }: LocationJson): string {
  return `${file}:${line}`;
}

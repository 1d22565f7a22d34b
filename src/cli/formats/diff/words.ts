import type { LocationJson } from "../../../diagnostics/index.ts";
import type { ChangePart, Verdict } from "../../../model/index.ts";
import { impactText } from "../../../pact/static.ts";
import { foldChanges } from "../../diff/fold.ts";
import type { DiffReport, LevelCounts, ReportedChange } from "../../diff/report.ts";

/** How many changes of each level there are. */
function countText({ breaking, risky, safe }: LevelCounts): string {
  return `${breaking} breaking, ${risky} risky, ${safe} safe`;
}

const VERDICTS = {
  breaking: "Breaking for receivers",
  risky: "Risky for receivers",
  safe: "Safe for receivers",
  none: "Nothing changed for receivers",
} as const satisfies Record<Verdict, string>;

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
  const words = verdict === null ? "" : `${strong(VERDICTS[verdict])}: `;
  const total = contracts.reduce((sum, { webhooks }) => sum + webhooks.length, 0);
  const affected = contracts.reduce((sum, { changes }) => sum + new Set(changes.map(({ webhook }) => webhook)).size, 0);
  const acceptedText = accepted.length === 0 ? "" : `, ${foldChanges(accepted).length} accepted`;
  const webhooks = `${affected} of ${total} ${total === 1 ? "webhook" : "webhooks"}`;
  return `${unread}${words}${countText(edits)} changes${acceptedText}, in ${webhooks}.`;
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

/** The lines of both sides; `""` where there are none. Not yet made visible. */
export function placesText(base: LocationJson | null, revision: LocationJson | null): string {
  if (base === null) return revision === null ? "" : `now at ${lineOf(revision)}`;
  return revision === null ? `was at ${lineOf(base)}` : `${lineOf(base)} → ${lineOf(revision)}`;
}

function lineOf({ file, line }: LocationJson): string {
  return `${file}:${line}`;
}

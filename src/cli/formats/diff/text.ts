import { styleText } from "node:util";
import { codeFrame, type LocationJson, visible } from "../../../diagnostics/index.ts";
import type { ChangeLevel, Verdict } from "../../../model/index.ts";
import { type Folded, nameSome, type Section, sectionsOf } from "../../diff/fold.ts";
import type { DiffReport } from "../../diff/report.ts";
import { countText } from "./words.ts";

export interface DiffTextOptions {
  readonly colors: boolean;
  /** Shows the lines around each place. */
  readonly frames: boolean;
  readonly sourceText: (file: string) => string | undefined;
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const STYLES = { breaking: "red", risky: "yellow", safe: "green" } as const satisfies Record<ChangeLevel, string>;

/** Changes for people: by webhook, what has one cause once, and the verdict where the eye ends up. */
export function diffText(report: DiffReport, { colors, frames, sourceText }: DiffTextOptions): string {
  const paint: Paint = colors ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  const lines: string[] = [];
  for (const contract of report.contracts) {
    if (contract.changes.length === 0) continue;
    lines.push(heading(contract, paint), "");
    for (const section of sectionsOf(contract.changes)) lines.push(...sectionLines(section), "");
  }
  for (const { rule, webhook, pointer, reason, expires } of report.accepted) {
    const what = [rule, webhook, pointer].filter((part) => part !== "").join("  ");
    lines.push(paint("gray", visible(`accepted  ${what}  until ${expires}: ${reason}`)));
  }
  for (const note of report.notes) lines.push(visible(note));
  lines.push(verdictLine(report, paint));
  return `${lines.join("\n")}\n`;

  function sectionLines({ webhooks, folded }: Section): string[] {
    const names = nameSome(webhooks, (name) => visible(name));
    const title = webhooks.length === 1 ? names : `${webhooks.length} webhooks: ${names}`;
    return [paint("bold", title), ...folded.flatMap(changeLines)];
  }

  function changeLines({ change, pointers }: Folded): string[] {
    const level = paint(STYLES[change.level], change.level.padEnd("breaking".length));
    const where = pointerText(change.in, pointers);
    const what = [change.rule, where].filter((part) => part !== "").join("  ");
    const places = placesText(change.base, change.revision);
    const shown = [`  ${level}  ${what}`, `            ${visible(change.message)}`];
    if (places !== "") shown.push(paint("gray", `            ${places}`));
    if (frames) {
      for (const place of [change.base, change.revision]) {
        if (place !== null) shown.push(...frameLines(place));
      }
    }
    return shown;
  }

  function frameLines(place: LocationJson): string[] {
    const text = sourceText(place.file);
    const frame = text === undefined ? "" : codeFrame(text, place);
    if (frame === "") return [];
    const head = paint("gray", `            ${visible(place.file)}`);
    return [head, ...frame.split("\n").map((line) => paint("gray", `            ${line}`))];
  }
}

function heading({ contract, base, revision }: DiffReport["contracts"][number], paint: Paint): string {
  const from = base === null ? "nothing" : visible(base.file);
  const to = revision === null ? "nothing" : visible(revision.file);
  return `${paint("bold", visible(contract))}: ${from} → ${to}`;
}

function pointerText(part: string, pointers: readonly string[]): string {
  const [first = "", ...others] = pointers;
  if (first === "" && others.length === 0) return part === "webhook" || part === "payload" ? "" : part;
  const where = part === "headers" ? "header " : part === "reply" ? "reply " : "";
  const shown = part === "headers" ? first.replace(/^\//, "") : first === "" ? "(the whole)" : first;
  return `${where}${visible(shown)}${others.length === 0 ? "" : ` and ${others.length} more ${others.length === 1 ? "place" : "places"}`}`;
}

function placesText(base: LocationJson | null, revision: LocationJson | null): string {
  const of = ({ file, line }: LocationJson) => `${visible(file)}:${line}`;
  if (base === null && revision === null) return "";
  if (base === null) return `now at ${of(revision as LocationJson)}`;
  return revision === null ? `was at ${of(base)}` : `${of(base)} → ${of(revision)}`;
}

const VERDICTS = {
  breaking: "breaking for receivers",
  risky: "risky for receivers",
  safe: "safe for receivers",
  none: "nothing changed for receivers",
} as const satisfies Record<Verdict, string>;

function verdictLine({ verdict, complete, counts, accepted, contracts }: DiffReport, paint: Paint): string {
  if (contracts.length === 0 && !complete) return paint("bold", "nothing could be compared");
  const unread = complete ? "" : "not everything could be read; ";
  const words = `${unread}${verdict === null ? "of what could" : paint([verdict === "none" ? "green" : STYLES[verdict], "bold"], VERDICTS[verdict])}`;
  const webhooks = new Set(
    contracts.flatMap(({ contract, webhooks: names }) => names.map((name) => `${contract} ${name}`)),
  );
  const total = `${webhooks.size} ${webhooks.size === 1 ? "webhook" : "webhooks"} compared`;
  const acceptedText = accepted.length === 0 ? "" : `, ${accepted.length} accepted`;
  return `${words}: ${countText(counts)}${acceptedText}; ${total}`;
}

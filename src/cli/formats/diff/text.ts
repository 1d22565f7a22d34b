import { styleText } from "node:util";
import { codeFrame, type LocationJson, visible } from "../../../diagnostics/index.ts";
import type { ChangeLevel } from "../../../model/index.ts";
import { type Folded, nameSome, type Section, sectionsOf } from "../../diff/fold.ts";
import type { DiffReport } from "../../diff/report.ts";
import { placesText, pointerText, sentenceOf, verdictSentence } from "./words.ts";

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

  function changeLines({ change, pointers, repeats }: Folded): string[] {
    const level = paint(STYLES[change.level], change.level.padEnd("breaking".length));
    const what = [change.rule, visible(pointerText(change.in, pointers))].filter((part) => part !== "").join("  ");
    const places = visible(placesText(change.base, change.revision, repeats));
    const shown = [`  ${level}  ${what}`, `            ${visible(sentenceOf(change))}`];
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

function verdictLine(report: DiffReport, paint: Paint): string {
  const { verdict } = report;
  const style = verdict === null ? "bold" : verdict === "none" ? "green" : STYLES[verdict];
  return verdictSentence(report, (text) => paint([style, "bold"], text));
}

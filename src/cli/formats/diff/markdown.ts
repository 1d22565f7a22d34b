import type { ChangeLevel, Verdict } from "../../../model/index.ts";
import { alreadyShown, excerpt } from "../../diff/excerpt.ts";
import { type Folded, nameSome, type Section, sectionsOf } from "../../diff/fold.ts";
import type { DiffReport } from "../../diff/report.ts";
import { escapeHtml } from "../html-text.ts";
import { codeBlock, codeSpan, escapeMarkdown, tableCell } from "../markdown-text.ts";
import { placesText, pointerText, sentenceOf, verdictSentence } from "./words.ts";

/** What GitHub takes as a comment, in bytes here, of which there are never fewer than characters. */
const COMMENT_MAX = 65_536;
/** Rows of the table; the details have all. */
const ROWS_MAX = 25;
/** Kept for what is said at the end. */
const TAIL = 1_000;

/** Lets whoever posts the comment find it again, to replace it. */
const MARKER = "<!-- hookbook-diff -->";

const ALERTS = { breaking: "CAUTION", risky: "WARNING", safe: "NOTE", none: "NOTE" } as const satisfies Record<
  Verdict,
  string
>;
const MARKS = { breaking: "🔴", risky: "🟡", safe: "🟢" } as const satisfies Record<ChangeLevel, string>;

/**
 * A comment for a pull request: the verdict, a table of what may hurt, and the details to unfold. What would go beyond the
 * size of a comment is left out, the mildest first, and that is said.
 */
export function diffMarkdown(report: DiffReport, sourceText: (file: string) => string | undefined): string {
  const { verdict, contracts, changes, accepted, notes, complete } = report;
  const isSeveral = contracts.length > 1;
  const sections = contracts.flatMap((one) => sectionsOf(one.changes));
  const blocks = [
    `${MARKER}\n## Webhook compatibility`,
    `> [!${complete ? ALERTS[verdict ?? "breaking"] : "CAUTION"}]\n> ${verdictSentence(report, (text) => `**${text}**`)}`,
    ...notes.map((note) => escapeMarkdown(note)),
  ];
  const table = tableOf(sections, isSeveral);
  if (table !== "") blocks.push(table);
  const start = blocks.join("\n\n");
  const details = new Budget(COMMENT_MAX - TAIL - byteLength(start));
  for (const section of sections.toSorted((a, b) => rank(a) - rank(b))) {
    const { open, items, close } = sectionDetails(section, { isSeveral, sourceText });
    details.add(open, items, close);
  }
  if (accepted.length > 0) {
    const items = accepted.map(
      ({ rule, webhook, pointer, reason, expires }) =>
        `- ${codeSpan(rule)} ${codeSpan(webhook)} ${codeSpan(pointer)} until ${expires}: ${escapeMarkdown(reason)}`,
    );
    details.add(`<details>\n<summary>${accepted.length} accepted</summary>`, items, "</details>");
  }
  const omitted = details.omitted;
  const tail =
    omitted === 0
      ? []
      : [
          `_${omitted} more ${omitted === 1 ? "change is" : "changes are"} left out, since a comment holds no more. ` +
            "`hookbook diff --format text` shows all of them._",
        ];
  const compared = contracts.map(({ base, revision }) => placesOfSides(base?.file, revision?.file));
  const foot = compared.length === 0 || changes.length === 0 ? [] : [`<sub>${compared.slice(0, 5).join("<br>")}</sub>`];
  return `${[start, ...details.blocks, ...tail, ...foot].join("\n\n")}\n`;
}

function tableOf(sections: readonly Section[], isSeveral: boolean): string {
  const rows = sections
    .flatMap(({ contract, webhooks, folded }) => folded.map((one) => ({ contract, webhooks, one })))
    .filter(({ one }) => one.change.level !== "safe")
    .toSorted((a, b) => levelRank(a.one) - levelRank(b.one));
  if (rows.length === 0) return "";
  const lines = rows.slice(0, ROWS_MAX).map(({ contract, webhooks, one }) => {
    const { change, pointers } = one;
    const names = nameSome(webhooks, codeSpan, 2);
    const who = isSeveral ? `${escapeMarkdown(contract)}: ${names}` : names;
    const where = codeSpan(pointerText(change.in, pointers));
    const cells = [`${MARKS[change.level]} ${change.level}`, who, where, escapeMarkdown(sentenceOf(change))];
    return `| ${cells.map(tableCell).join(" | ")} |`;
  });
  const more = rows.length > ROWS_MAX ? [`| | | | and ${rows.length - ROWS_MAX} more |`] : [];
  return ["| | Webhook | Where | What |", "|---|---|---|---|", ...lines, ...more].join("\n");
}

function sectionDetails(
  { contract, webhooks, folded }: Section,
  { isSeveral, sourceText }: { isSeveral: boolean; sourceText: (file: string) => string | undefined },
): { readonly open: string; readonly items: readonly string[]; readonly close: string } {
  const name = nameSome(webhooks, (one) => `<code>${inSummary(one)}</code>`, 3);
  const who = webhooks.length === 1 ? name : `${webhooks.length} webhooks: ${name}`;
  const counts = (["breaking", "risky", "safe"] as const)
    .map((level) => ({ level, count: folded.filter(({ change }) => change.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${MARKS[level]} ${count} ${level}`);
  const title = `${isSeveral ? `${inSummary(contract)} – ` : ""}${who} (${counts.join(", ")})`;
  const isShown = alreadyShown();
  const items = folded.map((one) => changeDetails(one, isShown(one.change) ? () => undefined : sourceText));
  const all = webhooks.length > 4 ? `All of them: ${nameSome(webhooks, codeSpan, 60)}\n\n` : "";
  return { open: `<details>\n<summary>${title}</summary>`, items, close: `${all}</details>` };
}

function changeDetails(
  { change, pointers, repeats }: Folded,
  sourceText: (file: string) => string | undefined,
): string {
  const where = pointerText(change.in, pointers);
  const places = placesText(change.base, change.revision, repeats);
  const head = [`${MARKS[change.level]} **${change.level}**`, codeSpan(change.rule), codeSpan(where)].filter(Boolean);
  const lines = excerpt(change, sourceText);
  const shown = lines.map(({ side, text }) => `${side === "base" ? "-" : side === "revision" ? "+" : " "} ${text}`);
  return [
    `${head.join(" ")}: ${escapeMarkdown(sentenceOf(change))}`,
    ...(places === "" ? [] : [`<sub>${escapeMarkdown(places)}</sub>`]),
    ...(shown.length === 0 ? [] : [codeBlock("diff", shown)]),
  ].join("\n\n");
}

/** Text in a line of HTML; a backtick would begin code for whoever reads it as Markdown. */
function inSummary(text: string): string {
  return escapeHtml(text).replaceAll("`", "&#96;");
}

function placesOfSides(base: string | undefined, revision: string | undefined): string {
  return escapeMarkdown(`${base ?? "nothing"} → ${revision ?? "nothing"}`);
}

const SEPARATOR = "\n\n";

/** Takes blocks as long as they fit, and counts the items that do not. */
class Budget {
  readonly blocks: string[] = [];
  omitted = 0;
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** One block of several items, or of as many as fit. */
  add(open: string, items: readonly string[], close: string): void {
    const taken: string[] = [];
    let left = this.#left - byteLength(open) - byteLength(close) - 2 * SEPARATOR.length;
    for (const item of items) {
      const size = byteLength(item) + SEPARATOR.length;
      if (size > left) {
        this.omitted++;
        continue;
      }
      left -= size;
      taken.push(item);
    }
    if (taken.length === 0) return;
    this.blocks.push([open, ...taken, close].join(SEPARATOR));
    this.#left = left;
  }
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

const RANKS = { breaking: 0, risky: 1, safe: 2 } as const satisfies Record<ChangeLevel, number>;

function levelRank({ change }: Folded): number {
  return RANKS[change.level];
}

function rank({ folded }: Section): number {
  return Math.min(...folded.map(levelRank));
}

import { type ExcerptLine, excerpt } from "../../diff/excerpt.ts";
import type { ReportedChange } from "../../diff/report.ts";
import { type Html, html } from "../html-text.ts";

interface Row {
  readonly base: ExcerptLine | null;
  readonly revision: ExcerptLine | null;
}

/** What stands on both sides, side by side. */
export function excerptHtml(change: ReportedChange, sourceText: (file: string) => string | undefined): Html {
  const rows = pairRows(excerpt(change, sourceText));
  if (rows.length === 0) return html``;
  const [hasBase, hasRevision] = [
    rows.some(({ base }) => base !== null),
    rows.some(({ revision }) => revision !== null),
  ];
  const before = hasBase ? html`<div class="code"><p>Before</p>${linesHtml(rows, "base")}</div>` : missing("Before");
  const after = hasRevision
    ? html`<div class="code"><p>After</p>${linesHtml(rows, "revision")}</div>`
    : missing("After");
  return html`<div class="both">${before}${after}</div>`;
}

function missing(name: string): Html {
  return html`<div class="code none"><p>${name}</p><p class="nothing">not there</p></div>`;
}

function linesHtml(rows: readonly Row[], side: "base" | "revision"): Html {
  return html`<ol>${rows.map((row) => {
    const line = row[side];
    if (line === null) return html`<li class="empty"></li>`;
    const kind = line.side === "both" ? "same" : line.side === "gap" ? "gap" : "changed";
    return html`<li class="${kind}"><i>${line[side] ?? ""}</i><code>${line.text}</code></li>`;
  })}</ol>`;
}

/** Puts what replaces a line beside it. */
function pairRows(lines: readonly ExcerptLine[]): readonly Row[] {
  const rows: Row[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] as ExcerptLine;
    if (line.side === "both" || line.side === "gap") {
      rows.push({ base: line, revision: line });
      index++;
      continue;
    }
    const run: ExcerptLine[] = [];
    for (let one = lines[index]; one?.side === "base" || one?.side === "revision"; one = lines[++index]) run.push(one);
    const base = run.filter(({ side }) => side === "base");
    const revision = run.filter(({ side }) => side === "revision");
    for (let row = 0; row < Math.max(base.length, revision.length); row++) {
      rows.push({ base: base[row] ?? null, revision: revision[row] ?? null });
    }
  }
  return rows;
}

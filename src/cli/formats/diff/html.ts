import { createHash } from "node:crypto";
import { ruleInfos } from "../../../diff/index.ts";
import type { ChangeLevel, Verdict } from "../../../model/index.ts";
import { version } from "../../../version.ts";
import { alreadyShown } from "../../diff/excerpt.ts";
import { type Folded, nameSome, type Section, sectionsOf } from "../../diff/fold.ts";
import type { DiffReport } from "../../diff/report.ts";
import { type Html, html } from "../html-text.ts";
import { excerptHtml } from "./html-excerpt.ts";
import { STYLE } from "./html-style.ts";
import { changesInWords, placesText, pointerText, sentenceOf, verdictSentence } from "./words.ts";

const LEVEL_NAMES = { breaking: "Breaking", risky: "Risky", safe: "Safe" } as const satisfies Record<
  ChangeLevel,
  string
>;
const ORDER: readonly ChangeLevel[] = ["breaking", "risky", "safe"];

type Contract = DiffReport["contracts"][number];

/** What one webhook gets to feel: its own changes, and those it has in common with others. */
interface Event {
  readonly name: string;
  readonly level: ChangeLevel;
  readonly own: readonly Folded[];
  readonly shared: readonly { readonly folded: Folded; readonly id: string; readonly count: number }[];
}

/** A contract, the id of its section, and what is told there. */
interface Part {
  readonly contract: Contract;
  readonly id: string;
  readonly shared: readonly [Section, string][];
  readonly events: readonly Event[];
}

const RANKS: readonly Verdict[] = [...ORDER, "none"];

/**
 * The report as one page without scripts, pictures or fonts of its own: it can be kept, mailed, and opened anywhere. Its policy
 * lets no other style or code in, whatever a document holds.
 */
export function diffHtml(report: DiffReport, sourceText: (file: string) => string | undefined): string {
  const { contracts, accepted, notes, verdict, complete } = report;
  const titles = [...new Set(contracts.map((one) => one.title))];
  const title = nameSome(titles, (one) => one) || "nothing compared";
  const isSeveral = contracts.length > 1;
  // Where there are several, those that hurt come first.
  const sorted = RANKS.flatMap((rank) => contracts.filter((one) => one.verdict === rank));
  const parts = sorted.map((contract, index) => ({ contract, id: `k${index}`, ...arrange(contract, `c${index}`) }));
  const state = complete ? (verdict ?? "none") : "unread";
  const page = html`<body>
<a class="skip" href="#changes">Skip to the changes</a>
<header class="top ${state}">
  <p class="eyebrow">Webhook compatibility, seen by the receiver</p>
  <h1>${isSeveral ? `${contracts.length} descriptions of webhooks` : title}</h1>
  <p class="verdict">${verdictSentence(report, (text) => text)}</p>
  ${isSeveral ? html`<ul class="overview">${parts.map(overviewHtml)}</ul>` : contracts.map(sidesHtml)}
  ${notes.length === 0 ? "" : html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
</header>
${report.changes.length === 0 ? "" : countsHtml(report)}
<div class="columns">
${report.changes.length === 0 ? "" : html`<nav aria-label="Changed webhooks">${parts.map(navHtml)}</nav>`}
<main id="changes">
${parts.map(contractHtml)}
${accepted.length === 0 ? "" : acceptedHtml(report)}
${glossaryHtml(report)}
</main>
</div>
<footer>Made by hookbook ${version}</footer>
</body>`;
  const hash = createHash("sha256").update(STYLE).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const head = html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}: webhook changes</title>
`;
  return `<!doctype html>\n<html lang="en">\n${head.text}<style>${STYLE}</style>\n</head>\n${page.text}\n</html>\n`;

  function contractHtml({ contract, id, shared, events }: Part): Html {
    const touched = new Set(events.map(({ name }) => name));
    const untouched = contract.webhooks.filter((name) => !touched.has(name));
    return html`<section class="contract" id="${id}">
${isSeveral ? html`<h2>${contract.title} <span class="quiet">${contract.contract}</span></h2>` : ""}
${
  shared.length === 0
    ? ""
    : html`<h3 class="group">One edit, several webhooks</h3>${shared.map(([section, id]) => sharedHtml(section, id))}`
}
${
  events.length === 0
    ? html`<p class="quiet">Nothing changed for receivers of ${contract.title}.</p>`
    : html`<h3 class="group">By webhook</h3>${events.map((event, index) => eventHtml(event, eventId(contract, index)))}`
}
${
  untouched.length === 0
    ? ""
    : html`<details class="untouched"><summary>${untouched.length} unchanged ${untouched.length === 1 ? "webhook" : "webhooks"}</summary><p>${untouched.map((name) => html`<code>${name}</code> `)}</p></details>`
}
</section>`;
  }

  function sharedHtml({ webhooks, folded }: Section, id: string): Html {
    return html`<article id="${id}" class="event">
<h4><span class="count">${webhooks.length} webhooks</span></h4>
<details class="names"><summary>${nameSome(webhooks, (name) => name, 4)}</summary><p>${webhooks.map((name) => html`<code>${name}</code> `)}</p></details>
${changesHtml(folded)}
</article>`;
  }

  function eventHtml({ name, own, shared, level }: Event, id: string): Html {
    if (own.length === 0) {
      return html`<p id="${id}" class="brief" data-level="${level}"><code>${name}</code> ${shared.map(
        ({ folded: { change, pointers }, id: target }) =>
          html`<a href="#${target}" title="${change.rule}"><span class="dot ${change.level}"></span>${pointerText(change.in, pointers) || change.rule}</a> `,
      )}</p>`;
    }
    return html`<article id="${id}" class="event">
<h4><code>${name}</code></h4>
${changesHtml(own)}
${
  shared.length === 0
    ? ""
    : html`<ul class="shared">${shared.map(
        ({ folded: { change, pointers }, id: target, count }) =>
          html`<li data-level="${change.level}"><span class="dot ${change.level}"></span><a href="#${target}">${change.rule}</a> <code>${pointerText(change.in, pointers)}</code> <span class="quiet">with ${count - 1} other ${count === 2 ? "webhook" : "webhooks"}</span></li>`,
      )}</ul>`
}
</article>`;
  }

  function changesHtml(changes: readonly Folded[]): readonly Html[] {
    const isShown = alreadyShown();
    return changes.map((one) => changeHtml(one, !isShown(one.change)));
  }

  function changeHtml({ change, pointers, repeats }: Folded, isNew: boolean): Html {
    const where = pointerText(change.in, pointers);
    const summary = ruleInfos.find(({ id }) => id === change.rule)?.summary ?? "";
    return html`<div class="change ${change.level}" data-level="${change.level}">
<p class="what"><span class="level">${LEVEL_NAMES[change.level]}</span> ${where === "" ? "" : html`<code class="where">${where}</code>`} <span class="rule" title="${summary}">${change.rule}</span></p>
<p class="message">${sentenceOf(change)}</p>
${isNew ? excerptHtml(change, sourceText) : ""}
<p class="places">${placesText(change.base, change.revision, repeats)}</p>
</div>`;
  }
}

/** Parts what several webhooks have in common from what each has alone. */
function arrange(
  contract: Contract,
  prefix: string,
): { shared: readonly [Section, string][]; events: readonly Event[] } {
  const sections = sectionsOf(contract.changes);
  const shared = sections
    .filter(({ webhooks }) => webhooks.length > 1)
    .map((section, index): [Section, string] => [section, `${prefix}-s${index}`]);
  const events = contract.webhooks.flatMap((name): Event[] => {
    const own = sections
      .filter(({ webhooks }) => webhooks.length === 1 && webhooks[0] === name)
      .flatMap(({ folded }) => folded);
    const common = shared
      .filter(([{ webhooks }]) => webhooks.includes(name))
      .flatMap(([{ webhooks, folded }, id]) => folded.map((one) => ({ folded: one, id, count: webhooks.length })));
    const levels = new Set([...own, ...common.map(({ folded }) => folded)].map(({ change }) => change.level));
    const level = ORDER.find((one) => levels.has(one));
    return level === undefined ? [] : [{ name, level, own, shared: common }];
  });
  // What only shares in the edits above is one line each, after those that have something of their own.
  const isBrief = ({ own }: Event) => own.length === 0;
  const sorted = ORDER.flatMap((level) => events.filter((event) => event.level === level));
  return { shared, events: [...sorted.filter((event) => !isBrief(event)), ...sorted.filter(isBrief)] };
}

function eventId(contract: Contract, index: number): string {
  // Names may hold anything; an id that is counted needs no escaping.
  return `e-${createHash("sha256").update(contract.contract).digest("hex").slice(0, 8)}-${index}`;
}

function navHtml({ contract, shared, events }: Part): Html {
  if (events.length === 0) return html``;
  return html`<p class="nav-title">${contract.title}</p><ul>
${shared.map(([{ webhooks, folded }, id]) => html`<li data-level="${folded[0]?.change.level ?? "safe"}"><a href="#${id}"><span class="dot ${folded[0]?.change.level ?? "safe"}"></span><em>${webhooks.length} webhooks</em></a></li>`)}
${events.map(({ name, level }, index) => html`<li data-level="${level}"><a href="#${eventId(contract, index)}"><span class="dot ${level}"></span>${name}</a></li>`)}
</ul>`;
}

/** One of several contracts: how it fares, and what was compared. */
function overviewHtml({ contract, id }: Part): Html {
  const { title, verdict, changes } = contract;
  const text = changesInWords(changes);
  return html`<li><span class="dot ${verdict}"></span><a href="#${id}">${title}</a> <span class="quiet">${text}</span>${sidesHtml(contract)}</li>`;
}

function sidesHtml({ base, revision }: Contract): Html {
  const side = (name: string, one: Contract["base"]) =>
    html`<span class="side"><b>${name}</b> ${one === null ? "nothing" : html`<code>${one.file}</code> <span class="quiet">${one.version}</span>`}</span>`;
  return html`<p class="sides">${side("Before", base)}<span class="arrow" aria-hidden="true">→</span>${side("After", revision)}</p>`;
}

function countsHtml({ edits }: DiffReport): Html {
  return html`<div class="counts">${ORDER.map(
    (level) =>
      html`<label class="${level}"><input type="checkbox" id="show-${level}" checked><b>${edits[level]}</b><span>${LEVEL_NAMES[level]}</span></label>`,
  )}<p class="quiet">Unticked levels are hidden.</p></div>`;
}

function acceptedHtml({ accepted }: DiffReport): Html {
  return html`<section><h3 class="group">Accepted by the project</h3><ul class="accepted">${accepted.map(
    ({ rule, webhook, pointer, reason, expires }) =>
      html`<li><code>${rule}</code> <code>${webhook}</code> <code>${pointer}</code> until ${expires}: ${reason}</li>`,
  )}</ul></section>`;
}

/** What the rules that spoke mean. */
function glossaryHtml({ changes }: DiffReport): Html {
  const used = new Set(changes.map(({ rule }) => rule));
  const infos = ruleInfos.filter(({ id }) => used.has(id));
  if (infos.length === 0) return html``;
  return html`<section class="glossary"><h3 class="group">What the rules mean</h3><dl>${infos.map(
    ({ id, summary }) => html`<dt><code>${id}</code></dt><dd>${summary}</dd>`,
  )}</dl></section>`;
}

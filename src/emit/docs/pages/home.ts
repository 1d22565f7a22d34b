import { type Html, html } from "../html.ts";
import { badge, page, type SiteFrame } from "../layout.ts";
import { parseMarkdown, plainText, renderInline } from "../markdown.ts";
import { contractPath, HOME, hrefBetween } from "../site-paths.ts";
import { type Status, statusOf, statusOfContract } from "../status.ts";
import { eventTable } from "./event-table.ts";

const STATUSES: readonly Status[] = ["stable", "beta", "deprecated"];

/** The first page: every contract, and every event of all of them. */
export function homePage(frame: SiteFrame): string {
  const { site, options, guides } = frame;
  const count = site.contracts.reduce((sum, { contract }) => sum + contract.webhooks.length, 0);
  const cards = site.contracts.map(({ contract }) => {
    const events = contract.webhooks.length;
    return html`<li class="card"><a href="${hrefBetween(HOME, contractPath(contract.id))}"><strong>${contract.title}</strong></a><p>${renderInline(leadOf(contract.description))}</p><p class="card-facts"><span>${events} ${events === 1 ? "event" : "events"}</span><span>version ${contract.version}</span><span>${formatName(contract.format)}</span>${badge(statusOfContract(contract))}</p></li>`;
  });
  const contracts =
    site.contracts.length === 0
      ? null
      : html`<section aria-labelledby="contracts"><h2 id="contracts">Contracts</h2><ul class="cards whole">${cards}<li class="end" hidden></li></ul></section>`;
  const events =
    count === 0
      ? null
      : html`<section aria-labelledby="events"><h2 id="events">Events</h2>${filters(frame)}${eventTable(site.contracts, { from: HOME, label: "All events" })}<p class="no-match" role="status" hidden>No event fits.</p></section>`;
  const list = guides.filter(({ folder, isIndex }) => (folder === "" ? !isIndex : isIndex));
  const guideList =
    list.length === 0
      ? null
      : html`<section aria-labelledby="guides"><h2 id="guides">Guides</h2><ul class="guide-list">${list.map((guide) => html`<li><a href="${hrefBetween(HOME, guide.path)}">${guide.title}</a>${guide.summary === "" ? null : html`<p>${guide.summary}</p>`}</li>`)}</ul></section>`;
  const main = html`<div class="page-head"><h1>${options.title}</h1><p class="lead">${leadLine(site.contracts.length, count)}</p></div>
${contracts}
${events}
${guideList}`;
  return page(frame, { path: HOME, title: options.title, description: `${options.title}: webhook reference`, main });
}

function leadLine(contracts: number, events: number): string {
  const of = contracts === 1 ? "one contract" : `${contracts} contracts`;
  return `${events} webhook ${events === 1 ? "event" : "events"} in ${of}: what arrives, how to know that it is genuine, and what to answer.`;
}

function filters({ site }: SiteFrame): Html {
  const found = STATUSES.filter((status) =>
    site.contracts.some(({ contract }) => contract.webhooks.some((webhook) => statusOf(webhook, contract) === status)),
  );
  const contracts =
    site.contracts.length < 2
      ? null
      : html`<label>Contract <select name="contract"><option value="">all</option>${site.contracts.map(({ contract }) => html`<option value="${contract.id}">${contract.id}</option>`)}</select></label>`;
  const statuses =
    found.length < 2
      ? null
      : html`<label>Status <select name="status"><option value="">all</option>${found.map((status) => html`<option value="${status}">${status}</option>`)}</select></label>`;
  return html`<div class="filters js" role="search" aria-label="Filter events"><label class="filter-text">Filter <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="name, summary, when"></label>${contracts}${statuses}<output class="filter-count" aria-live="polite"></output></div>`;
}

/** The first paragraph of a description. */
function leadOf(description: string | undefined): string {
  const tokens = parseMarkdown(description ?? "");
  const first = tokens.findIndex(({ type, level }) => type === "paragraph_open" && level === 0);
  const inline = first < 0 ? undefined : tokens[first + 1];
  return inline?.content.replaceAll("\n", " ") ?? "";
}

export function leadText(description: string | undefined): string {
  const tokens = parseMarkdown(description ?? "");
  const first = tokens.findIndex(({ type, level }) => type === "paragraph_open" && level === 0);
  return first < 0 ? "" : plainText(tokens[first + 1]?.children ?? []);
}

/** `openapi-3.1` → `OpenAPI 3.1`. */
export function formatName(format: string): string {
  return format
    .replace(/^openapi-/, "OpenAPI ")
    .replace(/^asyncapi-/, "AsyncAPI ")
    .replace(/^swagger-/, "Swagger ");
}

import type { Webhook } from "../../../model/index.ts";
import type { DocsContract } from "../docs-site.ts";
import type { Field } from "../fields/field.ts";
import type { FieldLabels } from "../fields/field-labels.ts";
import { FieldPlaces } from "../fields/field-places.ts";
import { fieldRows } from "../fields/field-rows.ts";
import { fieldTree } from "../fields/field-tree.ts";
import { breakable, type Html, html } from "../html.ts";
import { badge, page, type SiteFrame } from "../layout.ts";
import { plainInline, renderInline, renderMarkdown } from "../markdown.ts";
import { secretsOf } from "../secrets.ts";
import { contractPath, eventPath, hrefBetween, type PagePath } from "../site-paths.ts";
import { statusOf, wordsOf } from "../status.ts";
import type { Declarations } from "../type-excerpt.ts";
import { changesOf, eventChanges } from "./changes.ts";
import { eventConsumers } from "./consumers.ts";
import { eventFacts } from "./event-facts.ts";
import { payloadSection, receiverSection, replySection, typeSection } from "./event-sections.ts";
import { samples } from "./samples.ts";
import { jumps, type Section, sectionList } from "./section.ts";

export interface EventPageInput {
  readonly docs: DocsContract;
  readonly webhook: Webhook;
  readonly declarations: Declarations;
  readonly labels: FieldLabels;
}

export interface EventPage {
  readonly path: PagePath;
  readonly text: string;
  /** For the search. */
  readonly fields: Field;
}

/** One event: all that a receiver's developer needs to know of it. */
export function eventPage(frame: SiteFrame, input: EventPageInput): EventPage {
  const { docs, webhook, labels } = input;
  const { contract } = docs;
  const path = eventPath(contract.id, webhook.key);
  const secrets = secretsOf(webhook, contract);
  const fields = fieldTree(webhook.payload, labels, { idPrefix: "field-", rootId: "payload" });
  const sections = sectionsOf(input, fields);
  const { lead, body } = wordsOf(webhook);
  const description =
    body === undefined
      ? html`<p class="muted">The document says no more of this event.</p>`
      : renderMarkdown(body, { firstLevel: 3 }).html;
  const main = html`<div class="page-head"><p class="crumbs"><a href="${hrefBetween(path, contractPath(contract.id))}">${contract.title}</a></p><h1><code>${breakable(webhook.name)}</code> ${badge(statusOf(webhook, contract))}</h1>${lead === undefined ? null : html`<p class="lead">${renderInline(lead)}</p>`}${jumps(path, sections)}</div>
<div class="columns">
<div class="about">
<div class="prose">${description}</div>
${eventFacts({ webhook, contract, secrets, path })}
</div>
<aside class="samples" aria-label="Delivery">${samples({ docs, webhook, secrets, fields })}</aside>
<div class="sections">
${sectionList(path, sections)}
</div>
</div>`;
  const summary = lead === undefined ? `${webhook.name} of ${contract.title}` : plainInline(lead);
  return { path, text: page(frame, { path, title: webhook.name, description: summary, contract: docs, main }), fields };
}

function sectionsOf({ docs, webhook, declarations, labels }: EventPageInput, fields: Field): readonly Section[] {
  const { contract, usage = [], history } = docs;
  const ownUsage = usage.filter((one) => one.webhook === webhook.name);
  const changes = history === undefined ? [] : changesOf(webhook.name, history);
  const places = new FieldPlaces(fields);
  const { lead, body } = wordsOf(webhook);
  const headers =
    webhook.headers === undefined
      ? null
      : fieldTree(webhook.headers, labels, { idPrefix: "header-", rootId: "headers" });
  const section = (id: string, title: string, content: Html): Section => ({ id, title, content });
  return [
    section("payload", "Payload", payloadSection({ fields, said: [lead, body], usage: ownUsage, places, labels })),
    ...(headers === null || headers.children.length === 0
      ? []
      : [section("headers", "Headers", fieldRows(headers, { labels }))]),
    section("replies", "What to answer", replySection(webhook.replies, labels)),
    section("receiver", "Receive it", receiverSection(docs, webhook, secretsOf(webhook, contract))),
    section("type", "TypeScript type", typeSection(docs, webhook, declarations)),
    ...(ownUsage.length === 0 ? [] : [section("consumers", "Consumers", eventConsumers(ownUsage, places))]),
    ...(changes.length === 0 ? [] : [section("changes", "Changes", eventChanges(changes, places))]),
  ];
}

import type { Reply, Webhook } from "../../../model/index.ts";
import { codeBlock, coloredBlock } from "../code-block.ts";
import type { ConsumerUsage, DocsContract } from "../docs-site.ts";
import type { Field } from "../fields/field.ts";
import type { FieldLabels } from "../fields/field-labels.ts";
import type { FieldPlaces } from "../fields/field-places.ts";
import { fieldRows } from "../fields/field-rows.ts";
import { fieldTree } from "../fields/field-tree.ts";
import { type Html, html, join, nothing } from "../html.ts";
import { renderMarkdown } from "../markdown.ts";
import type { Secret } from "../secrets.ts";
import { type Declarations, excerpt } from "../type-excerpt.ts";
import { receiverSnippet } from "./receiver-snippet.ts";

export interface PayloadSection {
  readonly fields: Field;
  /** What the page says of the event already. */
  readonly said: readonly (string | undefined)[];
  readonly usage: readonly ConsumerUsage[];
  readonly places: FieldPlaces;
  readonly labels: FieldLabels;
}

/** The table of fields, with those that consumers are known to read marked so. */
export function payloadSection({ fields, said, usage, places, labels }: PayloadSection): Html {
  const { label, children, variants } = fields;
  const { type, description } = label;
  const readBy = new Map<string, Set<string>>();
  for (const { consumer, fields: pointers } of usage) {
    for (const pointer of pointers) {
      const { id } = places.find(pointer);
      if (id !== null) readBy.set(id, (readBy.get(id) ?? new Set()).add(consumer));
    }
  }
  const kind = type === "object" ? nothing : html`<p>The payload is ${/^[aeiou]/.test(type) ? "an" : "a"} ${type}.</p>`;
  // Documents often say of the schema what they say of the event; once is enough.
  const isSaid = description === undefined || said.some((one) => one?.trim() === description.trim());
  const text = isSaid ? nothing : html`<div class="prose">${labels.text(description ?? "")}</div>`;
  if (children.length + variants.length === 0) {
    return html`${kind}${text}<p class="muted">The document does not say what is in it.</p>`;
  }
  return html`${kind}${text}${fieldRows(fields, { labels, readBy })}`;
}

/** What a receiver may answer. */
export function replySection(replies: readonly Reply[], labels: FieldLabels): Html {
  if (replies.length === 0) {
    return html`<p>The document does not say what it expects. Any 2xx status is the usual reading.</p>`;
  }
  return html`${replies.map((reply, index) => replyOf(reply, `reply-${index + 1}`, labels))}`;
}

function replyOf({ status, description, contentType, payload, headers }: Reply, id: string, labels: FieldLabels): Html {
  const head = headers === undefined ? null : fieldTree(headers, labels, { idPrefix: `${id}-header-`, rootId: id });
  const body = payload === undefined ? null : fieldTree(payload, labels, { idPrefix: `${id}-`, rootId: id });
  return html`<div class="reply" id="${id}"><p><span class="method">${status === "default" ? "any status" : status}</span>${contentType === undefined ? null : html` <code>${contentType}</code>`}</p>${description === undefined ? null : html`<div class="prose">${renderMarkdown(description, { firstLevel: 4 }).html}</div>`}${head === null ? null : fieldRows(head, { labels })}${body === null ? null : html`<p class="field-type">${body.label.type}</p>${fieldRows(body, { labels })}`}</div>`;
}

/** A program that receives the event. */
export function receiverSection(
  { contract, documentPath }: DocsContract,
  webhook: Webhook,
  secrets: readonly Secret[],
): Html {
  const code = receiverSnippet({ contract, webhook, secrets });
  return html`<p><code>hookbook generate ${documentPath}</code> makes what it imports. What reaches the handler is ${secrets.length === 0 ? null : "genuine, "}decoded and valid.</p>${codeBlock({ code, language: "typescript", label: "receiver.ts" })}`;
}

/** So many names are read; what comes behind them is a number. */
const NAMES_MAX = 40;

/** The type of the event, as `hookbook generate` writes it. */
export function typeSection(
  { contract, eventTypes }: DocsContract,
  webhook: Webhook,
  declarations: Declarations,
): Html {
  const name = eventTypes.get(webhook.name);
  const found = name === undefined ? null : excerpt(declarations, name);
  if (found === null) return html`<p class="muted">There is no type of it.</p>`;
  const { code, elsewhere } = found;
  const names = join(
    elsewhere.slice(0, NAMES_MAX).map((one) => html`<code>${one}</code>`),
    html`, `,
  );
  const rest = elsewhere.length > NAMES_MAX ? html` and ${elsewhere.length - NAMES_MAX} more` : nothing;
  const note =
    elsewhere.length === 0
      ? nothing
      : html`<p class="note">Beside these, <code>types.ts</code> has ${names}${rest}.</p>`;
  return html`${coloredBlock(`generated/${contract.id}/types.ts`, code)}${note}`;
}

import type { Condition, Contract, Example, Form, Reply, Webhook } from "../../../model/index.ts";
import { type CodeBlock, codeBlock, type Tab, tabs } from "../code-block.ts";
import { decodedExample } from "../decoded-example.ts";
import type { DocsContract } from "../docs-site.ts";
import type { Field } from "../fields/field.ts";
import { fieldRows } from "../fields/field-rows.ts";
import { fieldTree } from "../fields/field-tree.ts";
import { type Html, html, join, nothing, webHref } from "../html.ts";
import { badge, page, type SiteFrame } from "../layout.ts";
import { renderInline, renderMarkdown } from "../markdown.ts";
import { type Secret, secretsOf } from "../secrets.ts";
import { curlCommand, sendCommand } from "../shell.ts";
import { contractPath, eventPath, hrefBetween, type PagePath } from "../site-paths.ts";
import { statusOf } from "../status.ts";
import { type Declarations, excerpt } from "../type-texts.ts";
import { jsonText, requestText, wireRequest } from "../wire.ts";
import { changeList } from "./changes.ts";
import { receiverSnippet } from "./receiver-snippet.ts";

export interface EventPageInput {
  readonly docs: DocsContract;
  readonly webhook: Webhook;
  readonly declarations: Declarations;
}

export interface EventPage {
  readonly path: PagePath;
  readonly text: string;
  /** For the search. */
  readonly fields: Field;
}

/** One event: all that a receiver's developer needs to know of it. */
export function eventPage(frame: SiteFrame, { docs, webhook, declarations }: EventPageInput): EventPage {
  const { contract } = docs;
  const path = eventPath(contract.id, webhook.key);
  const secrets = secretsOf(webhook, contract);
  const fields = fieldTree(webhook.payload, contract, { idPrefix: "field-", rootId: "payload" });
  const usage = (docs.usage ?? []).filter((one) => one.webhook === webhook.name);
  const changes = (docs.changelog ?? [])
    .map((entry) => ({ ...entry, changes: entry.changes.filter((change) => change.webhook === webhook.name) }))
    .filter((entry) => entry.changes.length > 0);
  const headers =
    webhook.headers === undefined
      ? null
      : fieldTree(webhook.headers, contract, { idPrefix: "header-", rootId: "headers" });
  const sections: readonly Section[] = [
    { id: "payload", title: "Payload", content: payloadSection(fields, usage) },
    ...(headers === null || headers.children.length === 0
      ? []
      : [{ id: "headers", title: "Headers", content: fieldRows(headers, { markdown: {} }) }]),
    { id: "replies", title: "What to answer", content: replySection(webhook.replies, contract) },
    { id: "receiver", title: "Receive it", content: receiverSection(docs, webhook, secrets) },
    { id: "type", title: "TypeScript type", content: typeSection(docs, webhook, declarations) },
    ...(usage.length === 0 ? [] : [{ id: "consumers", title: "Consumers", content: consumerSection(usage, fields) }]),
    ...(changes.length === 0 ? [] : [{ id: "changes", title: "Changes", content: changeList(changes, () => null) }]),
  ];
  const description =
    webhook.description === undefined
      ? html`<p class="muted">The document does not describe this event.</p>`
      : renderMarkdown(webhook.description, { firstLevel: 3 }).html;
  const main = html`<div class="page-head"><p class="crumbs"><a href="${hrefBetween(path, contractPath(contract.id))}">${contract.title}</a></p><h1><code>${webhook.name}</code> ${badge(statusOf(webhook, contract))}</h1>${webhook.summary === undefined ? null : html`<p class="lead">${renderInline(webhook.summary)}</p>`}<p class="jumps">${join(
    sections.map(({ id, title }) => html`<a href="${hrefBetween(path, path, id)}">${title}</a>`),
    html` `,
  )}</p></div>
<div class="columns">
<div class="about">
<div class="prose">${description}</div>
${facts(webhook, contract, secrets, path)}
</div>
<aside class="samples" aria-label="Delivery">${samples(docs, webhook, secrets)}</aside>
<div class="sections">
${sections.map(({ id, title, content }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}<a class="anchor" href="${hrefBetween(path, path, id)}" aria-label="Link to this section">#</a></h2>${content}</section>`)}
</div>
</div>`;
  const text = page(frame, {
    path,
    title: webhook.name,
    description: webhook.summary ?? `${webhook.name} of ${contract.title}`,
    contract: docs,
    main,
  });
  return { path, text, fields };
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

// ------------------------------------------------------------------------------------------------------------- the facts

function facts(webhook: Webhook, contract: Contract, secrets: readonly Secret[], path: PagePath): Html {
  const { forms, route, externalDocs, tags, security } = webhook;
  const rows: (readonly [string, Html])[] = [
    ["Sent as", join(forms.map(formText), html`<br>`)],
    [
      "Recognised by",
      route.length === 0
        ? html`<span class="muted">nothing in the delivery; by being tried</span>`
        : join(route.map(conditionText), html`<br>`),
    ],
    ["Authentication", authentication(secrets, security.length, contract, path)],
  ];
  if (tags.length > 0) rows.push(["Tags", html`${tags.join(", ")}`]);
  if (externalDocs !== undefined) rows.push(["More", externalLink(externalDocs.url, externalDocs.description)]);
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function externalLink(url: string, text: string | undefined): Html {
  const href = webHref(url);
  return href === null ? html`${text ?? url}` : html`<a href="${href}" rel="noreferrer">${text ?? url}</a>`;
}

const ENCODINGS: Readonly<Record<Form["encoding"], string>> = {
  json: "body as JSON",
  form: "body as form fields",
  multipart: "body in parts",
  query: "all fields in the query, no body",
};

export function formText({ method, address, contentType, encoding }: Form): Html {
  const where = address === null ? nothing : html` to <code>${address}</code>`;
  const type = encoding === "query" ? nothing : html` <code>${contentType}</code>`;
  return html`<span class="method">${method}</span>${type}, ${ENCODINGS[encoding]}${where}`;
}

const PLACES: Readonly<Record<Condition["in"], string>> = {
  body: "body",
  header: "header",
  query: "query",
  path: "path",
};

export function conditionText({ in: place, at, value }: Condition): Html {
  const values = join(
    [value].flat().map((one) => html`<code>${JSON.stringify(one)}</code>`),
    html` or `,
  );
  if (place === "path") return html`path ends like ${values}`;
  return html`${PLACES[place]} <code>${at}</code> is ${values}`;
}

function authentication(secrets: readonly Secret[], alternatives: number, contract: Contract, path: PagePath): Html {
  const to = (name: string) => hrefBetween(path, contractPath(contract.id), `auth-${name.replace(/[^\w-]/g, "_")}`);
  if (secrets.length === 0) return html`<span class="muted">none documented</span>`;
  const names = join(
    secrets.map(({ name }) => html`<a href="${to(name)}">${name}</a>`),
    html` and `,
  );
  return alternatives > 1
    ? html`${names}, or another: see <a href="${hrefBetween(path, contractPath(contract.id), "authentication")}">authentication</a>`
    : names;
}

// ----------------------------------------------------------------------------------------------------------- the samples

function samples(docs: DocsContract, webhook: Webhook, secrets: readonly Secret[]): Html {
  if (webhook.examples.length === 0) {
    return html`<div class="no-sample"><p>The document has no example of this event.</p>${codeBlock({ code: sendCommand({ documentPath: docs.documentPath, webhook, example: null, form: webhook.forms[0], secrets }), language: "bash", label: "hookbook send" })}</div>`;
  }
  const list = webhook.examples.map((example, index) => ({
    label: example.name,
    content: sample({ docs, webhook, secrets, example, id: `delivery-${index + 1}` }),
  }));
  return tabs("example", "Examples", list);
}

interface SampleInput {
  readonly docs: DocsContract;
  readonly webhook: Webhook;
  readonly secrets: readonly Secret[];
  readonly example: Example;
  readonly id: string;
}

function sample({ docs, webhook, secrets, example, id }: SampleInput): Html {
  const { contract } = docs;
  const { name, summary, description, payload } = example;
  const blocks: Tab[] = webhook.forms.flatMap((form) => {
    const request = wireRequest({ webhook, contract, form, example, secrets });
    const suffix = webhook.forms.length === 1 ? "" : ` ${form.method}`;
    return [
      tab(webhook.forms.length === 1 ? "Request" : form.method, {
        code: requestText(request),
        language: "http",
        label: `Request${suffix}`,
      }),
      tab(
        `curl${suffix}`,
        { code: curlCommand({ form, payload, request, secrets }), language: "bash", label: `curl${suffix}` },
        signatureNote(secrets),
      ),
    ];
  });
  const [form] = webhook.forms;
  blocks.push(
    tab("send", {
      code: sendCommand({ documentPath: docs.documentPath, webhook, example: name, form, secrets }),
      language: "bash",
      label: "hookbook send",
    }),
  );
  const decoded = decodedExample(payload, webhook.payload, contract);
  if (decoded !== payload)
    blocks.push(tab("Decoded", { code: jsonText(decoded), language: "json", label: "The event that handlers get" }));
  const text = summary ?? description;
  return html`${text === undefined ? null : html`<p class="sample-text">${renderInline(text)}</p>`}${tabs(id, `Forms of ${name}`, blocks)}`;
}

function tab(label: string, block: CodeBlock, note: Html = nothing): Tab {
  return { label, content: html`${codeBlock(block)}${note}` };
}

function signatureNote(secrets: readonly Secret[]): Html {
  const signed = secrets.find(({ kind }) => kind === "signature");
  if (signed === undefined) return nothing;
  return html`<p class="note"><code>$${signed.variable}</code> stands for a signature, which depends on the body; <code>hookbook send</code> computes it.</p>`;
}

// ---------------------------------------------------------------------------------------------------------- the sections

function payloadSection(fields: Field, usage: NonNullable<DocsContract["usage"]>): Html {
  const { type, description, children, variants } = fields;
  const readBy = new Map<string, string[]>();
  for (const { consumer, fields: pointers } of usage) {
    for (const pointer of pointers) {
      const path = pathOfPointer(pointer);
      readBy.set(path, [...(readBy.get(path) ?? []), consumer]);
    }
  }
  const lead = type === "object" ? nothing : html`<p>The payload is ${/^[aeiou]/.test(type) ? "an" : "a"} ${type}.</p>`;
  const text =
    description === undefined
      ? nothing
      : html`<div class="prose">${renderMarkdown(description, { firstLevel: 3 }).html}</div>`;
  const rows =
    children.length + variants.length === 0
      ? html`<p class="muted">The document does not say what is in it.</p>`
      : fieldRows(fields, { markdown: { firstLevel: 4 }, readBy });
  return html`${lead}${text}${rows}`;
}

/** `/files/*\/id` → `files[].id`. */
function pathOfPointer(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, token) => (token === "*" ? `${path}[]` : path === "" ? token : `${path}.${token}`), "");
}

function replySection(replies: readonly Reply[], contract: Contract): Html {
  if (replies.length === 0)
    return html`<p>The document does not say what it expects. Any 2xx status is the usual reading.</p>`;
  const items = replies.map(({ status, description, contentType, payload, headers }, index) => {
    const body =
      payload === undefined
        ? null
        : fieldTree(payload, contract, { idPrefix: `reply-${index + 1}-`, rootId: `reply-${index + 1}` });
    const head =
      headers === undefined
        ? null
        : fieldTree(headers, contract, { idPrefix: `reply-${index + 1}-header-`, rootId: `reply-${index + 1}` });
    return html`<div class="reply" id="reply-${index + 1}"><p><span class="method">${status === "default" ? "any status" : status}</span>${contentType === undefined ? null : html` <code>${contentType}</code>`}</p>${description === undefined ? null : html`<div class="prose">${renderMarkdown(description, { firstLevel: 4 }).html}</div>`}${head === null ? null : fieldRows(head, { markdown: {} })}${body === null ? null : html`<p class="field-type">${body.type}</p>${fieldRows(body, { markdown: { firstLevel: 4 } })}`}</div>`;
  });
  return html`${items}`;
}

function receiverSection(docs: DocsContract, webhook: Webhook, secrets: readonly Secret[]): Html {
  const code = receiverSnippet({ contract: docs.contract, webhook, secrets });
  return html`<p>Made by <code>hookbook generate ${docs.documentPath}</code>. What reaches the handler is genuine, decoded and valid.</p>${codeBlock({ code, language: "typescript", label: "receiver.ts" })}`;
}

function typeSection(docs: DocsContract, webhook: Webhook, declarations: Declarations): Html {
  const name = docs.eventTypes.get(webhook.name);
  const found = name === undefined ? null : excerpt(declarations, name);
  if (found === null || found.text === "") return html`<p class="muted">There is no type of it.</p>`;
  const { text, elsewhere } = found;
  const note =
    elsewhere.length === 0
      ? nothing
      : html`<p class="note">Beside these, <code>types.ts</code> has ${join(
          elsewhere.slice(0, 40).map((one) => html`<code>${one}</code>`),
          html`, `,
        )}${elsewhere.length > 40 ? html` and ${elsewhere.length - 40} more` : null}.</p>`;
  return html`${codeBlock({ code: text, language: "typescript", label: `generated/${docs.contract.id}/types.ts` })}${note}`;
}

function consumerSection(usage: NonNullable<DocsContract["usage"]>, fields: Field): Html {
  const ids = new Map<string, string>();
  collectIds(fields, ids);
  const items = usage.map(({ consumer, fields: pointers }) => {
    const links = pointers.map(pathOfPointer).map((path) => {
      const id = ids.get(path);
      return id === undefined
        ? html`<code>${path}</code>`
        : html`<a href="${hrefBetween(["a"], ["a"], id)}"><code>${path}</code></a>`;
    });
    return html`<li><strong>${consumer}</strong> ${links.length === 0 ? html`reads no field` : html`reads ${join(links, html`, `)}`}</li>`;
  });
  return html`<ul>${items}</ul>`;
}

function collectIds(field: Field, ids: Map<string, string>): void {
  if (!ids.has(field.path)) ids.set(field.path, field.id);
  for (const child of field.children) collectIds(child, ids);
}

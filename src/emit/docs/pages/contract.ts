import type { Contract, Form } from "../../../model/index.ts";
import type { DocsContract } from "../docs-site.ts";
import type { FieldLabels } from "../fields/field-labels.ts";
import { fieldRows } from "../fields/field-rows.ts";
import { fieldTree } from "../fields/field-tree.ts";
import { type Html, html, join, nothing } from "../html.ts";
import { badge, page, type SiteFrame } from "../layout.ts";
import { type Heading, renderInline, renderMarkdown } from "../markdown.ts";
import { contractPath, eventPath, hrefBetween, hrefOfLink, type PagePath, sourcePath } from "../site-paths.ts";
import { sourceFiles } from "../source-files.ts";
import { statedFacts } from "../stated-facts.ts";
import { statusOfContract } from "../status.ts";
import { authRecipe } from "./auth-recipe.ts";
import { contractChanges } from "./changes.ts";
import { contractConsumers } from "./consumers.ts";
import { commonEnvelope } from "./envelope.ts";
import { conditionText, factList, formText } from "./event-facts.ts";
import { eventTable } from "./event-table.ts";
import { formatName, leadText } from "./home.ts";
import { jumps, type Section, sectionList } from "./section.ts";
import { subscriptions } from "./subscriptions.ts";

/** What all events of one document have in common. */
export function contractPage(frame: SiteFrame, docs: DocsContract, labels: FieldLabels): string {
  const { contract, usage = [], history } = docs;
  const path = contractPath(contract.id);
  const overview =
    contract.description === undefined
      ? null
      : renderMarkdown(contract.description, { firstLevel: 2, idPrefix: "about-" });
  const headings = overview?.headings ?? [];
  const envelope = commonEnvelope(contract);
  const sections: readonly Section[] = [
    {
      id: "events",
      title: "Events",
      content: eventTable([docs], { from: path, label: `Events of ${contract.title}` }),
    },
    ...(overview === null
      ? []
      : [{ id: "overview", title: "Overview", content: html`<div class="prose">${overview.html}</div>` }]),
    { id: "subscribe", title: "How to subscribe", content: subscribeSection(docs, headings) },
    { id: "delivery", title: "Delivery", content: deliverySection(contract, headings) },
    { id: "authentication", title: "Authentication", content: authSection(docs) },
    ...(envelope === null
      ? []
      : [
          {
            id: "envelope",
            title: "Envelope",
            content: html`<p>Every payload has these fields.</p>${fieldRows(fieldTree(envelope, labels, { idPrefix: "envelope-", rootId: "envelope" }), { labels })}`,
          },
        ]),
    ...(usage.length === 0
      ? []
      : [{ id: "consumers", title: "Consumers", content: contractConsumers(usage, contract, path) }]),
    ...(history === undefined || history.entries.length === 0
      ? []
      : [
          {
            id: "changes",
            title: "Changes",
            content: contractChanges(history, {
              documentPath: docs.documentPath,
              linkOf: (name) => linkTo(contract, name, path),
            }),
          },
        ]),
    { id: "document", title: "The document", content: documentSection(docs, path) },
  ];
  const facts = `version ${contract.version} · ${formatName(contract.format)} · ${count(contract.webhooks.length)}`;
  const main = html`<div class="page-head"><h1>${contract.title} ${badge(statusOfContract(contract))}</h1><p class="lead">${facts}</p>${jumps(path, sections)}</div>
<div class="sections">
${sectionList(path, sections)}
</div>`;
  const description = leadText(contract.description) || `The webhook events of ${contract.title}`;
  return page(frame, { path, title: contract.title, description, contract: docs, main });
}

function count(events: number): string {
  return `${events} ${events === 1 ? "event" : "events"}`;
}

function linkTo(contract: Contract, name: string, from: PagePath) {
  const webhook = contract.webhooks.find((one) => one.name === name);
  return webhook === undefined ? null : hrefBetween(from, eventPath(contract.id, webhook.key));
}

const SUBSCRIBING = /subscri|regist|set(?:ting)?[- ]?up|where (?:events|deliveries|they) (?:are|go)/i;

function subscribeSection({ contract, origins }: DocsContract, headings: readonly Heading[]): Html {
  const calls = subscriptions(origins).map(
    ({ method, path, url }) =>
      html`<li>Call <span class="method">${method}</span> <code>${path}</code> of the sender's API${url === null ? nothing : html`, and give the URL of your receiver in ${url}`}.</li>`,
  );
  const heading = headings.find(({ text }) => SUBSCRIBING.test(text));
  const path = contractPath(contract.id);
  const link =
    heading === undefined
      ? nothing
      : html`<p>${calls.length === 0 ? "The document says how under " : "More under "}<a href="${hrefBetween(path, path, heading.id)}">${heading.text}</a>.</p>`;
  if (calls.length === 0 && heading === undefined) {
    return html`<p>The document does not say how a receiver is registered; ask the sender where to enter its URL.</p>`;
  }
  return html`${calls.length === 0 ? null : html`<ul>${calls}</ul>`}${link}`;
}

function deliverySection(contract: Contract, headings: readonly Heading[]): Html {
  const path = contractPath(contract.id);
  const rows: (readonly [string, Html])[] = [
    [
      "Requests",
      join(
        distinctForms(contract).map(
          ({ form, count }) =>
            html`${formText(form)}${count === contract.webhooks.length ? null : html` <span class="muted">(${count} of ${contract.webhooks.length} events)</span>`}`,
        ),
        html`<br>`,
      ),
    ],
    ["Told apart by", toldApart(contract)],
    ["Expected answer", expectedAnswer(contract)],
    ...statedFacts(contract.description, headings).map(({ topic, text, section }): readonly [string, Html] => {
      const more =
        section === undefined
          ? nothing
          : html`<a class="more" href="${hrefBetween(path, path, section.id)}">${section.text}</a>`;
      if (text !== undefined && section !== undefined)
        return [topic, html`${renderInline(text)} <span class="muted">under ${more}</span>`];
      if (text !== undefined) return [topic, renderInline(text)];
      if (section !== undefined) return [topic, html`see ${more}`];
      return [topic, html`<span class="muted">not documented</span>`];
    }),
  ];
  return factList(rows);
}

function distinctForms({ webhooks }: Contract): readonly { readonly form: Form; readonly count: number }[] {
  const found = new Map<string, { readonly form: Form; count: number }>();
  for (const { forms } of webhooks) {
    for (const form of forms) {
      const key = JSON.stringify([form.method, form.contentType, form.encoding]);
      const known = found.get(key);
      if (known === undefined) found.set(key, { form: { ...form, address: null }, count: 1 });
      else known.count++;
    }
  }
  return [...found.values()];
}

/** The places that the routes look at, and not their values: those are each event's own. */
function toldApart({ webhooks }: Contract): Html {
  const places = new Map<string, Html>();
  for (const { route } of webhooks) {
    for (const condition of route) {
      const { in: place, at } = condition;
      places.set(`${place} ${at}`, place === "path" ? html`the path` : html`${place} <code>${at}</code>`);
    }
  }
  if (places.size === 0) return html`<span class="muted">nothing but the shape of the payload</span>`;
  const [only] = webhooks;
  if (webhooks.length === 1 && only !== undefined) return join(only.route.map(conditionText), html`<br>`);
  return join([...places.values()].slice(0, 12), html`, `);
}

function expectedAnswer({ webhooks }: Contract): Html {
  const statuses = [...new Set(webhooks.flatMap(({ replies }) => replies.map(({ status }) => status)))];
  if (statuses.length === 0) return html`<span class="muted">not documented; any 2xx is the usual reading</span>`;
  return join(
    statuses.map((status) => html`<code>${status}</code>`),
    html`, `,
  );
}

function authSection({ contract, signatures }: DocsContract): Html {
  const used = new Set(
    contract.webhooks.flatMap(({ security }) => security.flatMap((requirement) => Object.keys(requirement))),
  );
  const open = contract.webhooks.filter(({ security }) => security.length === 0);
  const none = html`<p>The document gives no way to tell a genuine delivery from a forged one. A long random part in the URL of the receiver, and HTTPS, are what is left.</p>`;
  if (used.size === 0) return none;
  const some =
    open.length === 0
      ? nothing
      : html`<p>Of ${open
          .map(({ name }) => name)
          .slice(0, 10)
          .join(", ")}${open.length > 10 ? " and others" : ""} no authentication is documented.</p>`;
  return html`${some}${[...used].map((name) => authRecipe(name, contract, signatures?.get(name)))}`;
}

function documentSection(docs: DocsContract, path: PagePath): Html {
  const { id, omissions } = docs.contract;
  const files = sourceFiles(docs.sources).map(
    ({ file }) => html`<li><a href="${hrefBetween(path, sourcePath(id, file))}" download="">${file}</a></li>`,
  );
  const others = (docs.links ?? []).map((link) => html`<li><a href="${hrefOfLink(path, link)}">${link.text}</a></li>`);
  const left =
    omissions.length === 0
      ? nothing
      : html`<details class="fold"><summary>${omissions.length} ${omissions.length === 1 ? "part of it is" : "parts of it are"} not shown here</summary><ul>${omissions.slice(0, 200).map(({ pointer, reason }) => html`<li><code>${pointer}</code> ${reason}</li>`)}</ul></details>`;
  return html`<p>Everything here is made from it.</p><ul>${files}${others}</ul>${left}`;
}

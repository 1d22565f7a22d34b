import type { Contract } from "../../../model/index.ts";
import type { ConsumerUsage } from "../docs-site.ts";
import type { FieldPlaces } from "../fields/field-places.ts";
import { type Html, html, join, siteHref } from "../html.ts";
import { eventPath, hrefBetween, type PagePath } from "../site-paths.ts";

/** Who reads which fields of one event, as their pacts say. */
export function eventConsumers(usage: readonly ConsumerUsage[], places: FieldPlaces): Html {
  const items = usage.map(({ consumer, fields, headers }) => {
    const reads = [
      ...fields.map((pointer) => {
        const { path, id } = places.find(pointer);
        const name = path === "" ? html`the whole payload` : html`<code>${path}</code>`;
        return id === null ? name : html`<a href="${siteHref([], id)}">${name}</a>`;
      }),
      ...headers.map((name) => html`the header <code>${name}</code>`),
    ];
    return html`<li><strong>${consumer}</strong> ${reads.length === 0 ? html`handles it; its pact does not say what it reads` : html`reads ${join(reads, html`, `)}`}</li>`;
  });
  return html`<p>As their pacts say; whoever is not listed here may read other fields.</p><ul>${items}</ul>`;
}

/** Who handles which events of a contract. */
export function contractConsumers(usage: readonly ConsumerUsage[], { id, webhooks }: Contract, from: PagePath): Html {
  const byConsumer = new Map<string, Set<string>>();
  for (const { consumer, webhook } of usage) {
    byConsumer.set(consumer, (byConsumer.get(consumer) ?? new Set()).add(webhook));
  }
  const rows = [...byConsumer]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([consumer, names]) => {
      const links = webhooks
        .filter(({ name }) => names.has(name))
        .map(({ name, key }) => html`<a href="${hrefBetween(from, eventPath(id, key))}"><code>${name}</code></a>`);
      const count = `${links.length} of ${webhooks.length} ${webhooks.length === 1 ? "event" : "events"}`;
      return html`<div><dt>${consumer}</dt><dd>${count}<br>${join(links, html`, `)}</dd></div>`;
    });
  return html`<p>Who handles what, as their pacts say; each event's page tells which fields they read.</p><dl class="facts">${rows}</dl>`;
}

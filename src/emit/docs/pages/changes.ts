import type { ChangelogEntry, DocumentedChange, History } from "../docs-site.ts";
import { type FieldPlaces, pathOfPointer } from "../fields/field-places.ts";
import { type Href, type Html, html, join, nothing, siteHref } from "../html.ts";

/** What an edit reached is listed up to here. */
const EVENTS_MAX = 8;

/** What changed in a contract, the newest first. */
export function contractChanges(
  { entries, isComplete }: History,
  { documentPath, linkOf }: { readonly documentPath: string; readonly linkOf: (webhook: string) => Href | null },
): Html {
  const older = html`<p class="note">Older changes: <code>hookbook changelog ${documentPath}</code>.</p>`;
  const list = changeList(entries, ({ webhooks, fields }) => html`${eventsOf(webhooks, linkOf)}${fieldsOf(fields)}: `);
  return html`${list}${isComplete ? null : older}`;
}

/** What changed in one event. */
export function eventChanges(entries: readonly ChangelogEntry[], places: FieldPlaces): Html {
  return changeList(entries, ({ fields }) => {
    const links = fields.flatMap((pointer) => {
      const { path, id } = places.find(pointer);
      return id === null || path === "" ? [] : [html`<a href="${siteHref([], id)}"><code>${path}</code></a>`];
    });
    return links.length === 0 ? null : html`${join(links.slice(0, EVENTS_MAX), html`, `)}: `;
  });
}

/** Of a history, what concerns one event. */
export function changesOf(webhook: string, { entries }: History): readonly ChangelogEntry[] {
  return entries
    .map((entry) => ({ ...entry, changes: entry.changes.filter(({ webhooks }) => webhooks.includes(webhook)) }))
    .filter(({ changes }) => changes.length > 0);
}

function eventsOf(webhooks: readonly string[], linkOf: (webhook: string) => Href | null): Html {
  const names = webhooks.slice(0, EVENTS_MAX).map((name) => {
    const href = linkOf(name);
    return href === null ? html`<code>${name}</code>` : html`<a href="${href}"><code>${name}</code></a>`;
  });
  const rest = webhooks.length - names.length;
  return html`${join(names, html`, `)}${rest === 0 ? null : ` and ${rest} more`}`;
}

/** The first of the fields: one edit that reaches several has changed what they have in common. */
function fieldsOf([first, ...others]: DocumentedChange["fields"]): Html {
  const path = first === undefined ? "" : pathOfPointer(first);
  if (path === "") return nothing;
  const rest =
    others.length === 0 ? nothing : html` and ${others.length} more ${others.length === 1 ? "place" : "places"}`;
  return html` <span class="muted">·</span> <code>${path}</code>${rest}`;
}

function changeList(entries: readonly ChangelogEntry[], placeOf: (change: DocumentedChange) => Html | null): Html {
  const items = entries.map(({ version, date, changes }) => {
    const rows = changes.map(
      (change) =>
        html`<li><span class="badge ${change.level}">${change.level}</span> <span>${placeOf(change)}${change.message}</span></li>`,
    );
    const when =
      date === undefined
        ? html`<span class="muted">not yet committed</span>`
        : html`<time datetime="${date}">${date}</time>`;
    return html`<li><p><strong>${version}</strong> ${when}</p><ul>${rows}</ul></li>`;
  });
  return html`<ol class="changes">${items}</ol>`;
}

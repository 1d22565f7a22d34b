import type { ChangelogEntry } from "../docs-site.ts";
import { type Href, type Html, html } from "../html.ts";

/** What changed, by version. */
export function changeList(entries: readonly ChangelogEntry[], linkOf: (webhook: string) => Href | null): Html {
  const items = entries.map(({ version, date, changes }) => {
    const rows = changes.map(({ level, webhook, message }) => {
      const href = webhook === null ? null : linkOf(webhook);
      const of = webhook === null || href === null ? null : html`<a href="${href}"><code>${webhook}</code></a> `;
      return html`<li><span class="badge ${level}">${level}</span> ${of}${message}</li>`;
    });
    return html`<li><p><strong>${version}</strong>${date === undefined ? null : html` <time datetime="${date}">${date}</time>`}</p><ul>${rows}</ul></li>`;
  });
  return html`<ol class="changes">${items}</ol>`;
}

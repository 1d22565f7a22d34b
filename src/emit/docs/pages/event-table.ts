import type { DocsContract } from "../docs-site.ts";
import { breakable, type Html, html } from "../html.ts";
import { badge } from "../layout.ts";
import { renderInline } from "../markdown.ts";
import { eventPath, hrefBetween, type PagePath } from "../site-paths.ts";
import { statusOf, whenOf, wordsOf } from "../status.ts";

/** Every event of some contracts: its name, what it is, when it is sent, and whether it can be relied on. */
export function eventTable(
  contracts: readonly DocsContract[],
  { from, label }: { readonly from: PagePath; readonly label: string },
): Html {
  const showContract = contracts.length > 1;
  const rows = contracts.flatMap(({ contract }) =>
    contract.webhooks.map((webhook) => {
      const when = whenOf(webhook);
      const status = statusOf(webhook, contract);
      const href = hrefBetween(from, eventPath(contract.id, webhook.key));
      return html`<tr data-status="${status}" data-contract="${contract.id}"><th scope="row"><a href="${href}"><code>${breakable(webhook.name)}</code></a>${showContract ? html`<span class="row-contract">${contract.id}</span>` : null}</th><td>${renderInline(wordsOf(webhook).lead ?? "")}</td><td class="when">${when === undefined ? html`<span class="muted">—</span>` : renderInline(when)}</td><td>${badge(status)}</td></tr>`;
    }),
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="event-table"><colgroup><col class="name"><col><col class="when"><col class="status"></colgroup><thead><tr><th scope="col">Event</th><th scope="col">Summary</th><th scope="col">When it is sent</th><th scope="col">Status</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

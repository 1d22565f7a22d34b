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
  const tellWhen = contracts.some(({ contract }) => contract.webhooks.some((webhook) => whenOf(webhook) !== undefined));
  const rows = contracts.flatMap(({ contract }) =>
    contract.webhooks.map((webhook) => {
      const when = whenOf(webhook);
      const status = statusOf(webhook, contract);
      const href = hrefBetween(from, eventPath(contract.id, webhook.key));
      return html`<tr role="row" data-status="${status}" data-contract="${contract.id}"><th scope="row" role="rowheader"><a href="${href}"><code>${breakable(webhook.name)}</code></a>${showContract ? html`<span class="row-contract">${contract.id}</span>` : null}</th><td role="cell">${renderInline(wordsOf(webhook).lead ?? "")}</td>${tellWhen ? html`<td role="cell" class="when">${when === undefined ? null : renderInline(when)}</td>` : null}<td role="cell" class="state">${badge(status)}</td></tr>`;
    }),
  );
  // On a narrow screen each row is a block, and would not be known for a row without its role.
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="event-table" role="table"><colgroup><col class="name"><col>${tellWhen ? html`<col class="when">` : null}<col class="state"></colgroup><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Event</th><th scope="col" role="columnheader">Summary</th>${tellWhen ? html`<th scope="col" role="columnheader">When it is sent</th>` : null}<th scope="col" role="columnheader">Status</th></tr></thead><tbody role="rowgroup">${rows}</tbody></table></div>`;
}

import type { Contract, Diagnostic, SourceLocation, Webhook } from "../model/index.ts";
import type { LintTools } from "./rule.ts";

/**
 * One finding at the document where every webhook, of several, lacks something, else one at each operation or message of
 * which some do: what is missing throughout is one thing to mend, and so is what the events of one operation lack.
 */
export function forAllOrEach(
  { webhooks, source }: Contract,
  { webhookOrigin }: LintTools,
  lacks: (webhook: Webhook) => boolean,
  report: (names: readonly string[], source: SourceLocation) => Diagnostic,
): readonly Diagnostic[] {
  const found = webhooks.filter(lacks);
  const groups = new Map<string, { readonly names: string[]; readonly origin: SourceLocation }>();
  for (const webhook of found) {
    const origin = webhookOrigin(webhook);
    const id = JSON.stringify([origin.file, origin.pointer]);
    const group = groups.get(id) ?? { names: [], origin };
    group.names.push(webhook.name);
    groups.set(id, group);
  }
  const isAll = found.length === webhooks.length && groups.size > 1;
  if (isAll) {
    return [
      report(
        found.map(({ name }) => name),
        source,
      ),
    ];
  }
  return [...groups.values()].map(({ names, origin }) => report(names, origin));
}

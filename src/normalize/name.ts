import { diagnose } from "../diagnostics/index.ts";
import type { Condition, Diagnostic } from "../model/index.ts";
import type { WebhookDraft } from "./draft.ts";
import { mayNameAlone } from "./event-place.ts";

/**
 * Names the webhooks of a contract, each by the first of these that is its own: `x-webhook-name`; the one wire value of its
 * route; the document's key; that key with `-2`, `-3`, ….
 */
export function assignNames(
  drafts: readonly WebhookDraft[],
  routes: readonly (readonly Condition[])[],
): { names: readonly string[]; diagnostics: readonly Diagnostic[] } {
  const names: (string | undefined)[] = drafts.map(() => undefined);
  const taken = new Set<string>();
  const wanted = drafts.map((draft) => draft.wantedName);
  const wireValues = routes.map((route) => wireValue(route, routes));
  for (const proposals of [wanted, wireValues, drafts.map((draft) => draft.documentKey)]) {
    const open = proposals.map((proposal, index) => (names[index] === undefined ? proposal : undefined));
    open.forEach((proposal, index) => {
      if (proposal === undefined || proposal === "" || taken.has(proposal)) return;
      if (open.indexOf(proposal) === open.lastIndexOf(proposal)) names[index] = proposal;
    });
    for (const name of names) if (name !== undefined) taken.add(name);
  }
  const complete = names.map((name, index) => {
    if (name !== undefined) return name;
    const key = drafts[index]?.documentKey || "webhook";
    let unique = key;
    for (let count = 2; taken.has(unique); count++) unique = `${key}-${count}`;
    taken.add(unique);
    return unique;
  });
  const diagnostics = drafts.flatMap((draft, index) =>
    draft.wantedName === undefined || draft.wantedName === complete[index]
      ? []
      : [diagnose("webhook-name-taken", { wanted: draft.wantedName, name: complete[index] ?? "" }, draft.source)],
  );
  return { names: complete, diagnostics };
}

/**
 * The single value that a route compares in the delivery itself, where it says which event this is: an address is a place and
 * no name, and nor is a value that sets this webhook apart only because the others have none there.
 */
function wireValue(route: readonly Condition[], routes: readonly (readonly Condition[])[]): string | undefined {
  const [condition] = route;
  if (condition === undefined || route.length > 1 || condition.in === "path") return undefined;
  if (condition.in === "body" && !mayNameAlone(condition.at)) {
    const there = routes.filter((other) => other.some(({ in: place, at }) => place === "body" && at === condition.at));
    if (there.length < 2) return undefined;
  }
  return typeof condition.value === "string" ? condition.value : undefined;
}

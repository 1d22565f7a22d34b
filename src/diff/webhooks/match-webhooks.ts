import { equal, stableStringify } from "../../json/index.ts";
import type { Condition, Contract, Json, Webhook } from "../../model/index.ts";
import type { DiffSide } from "../side.ts";
import { type Kin, type KinQuestions, kinOf, lettersOf, QUESTIONS_MAX } from "./kin.ts";
import { tellingConditions } from "./telling-conditions.ts";

export interface MatchedWebhooks {
  readonly pairs: readonly { readonly base: Webhook; readonly revision: Webhook }[];
  readonly gone: readonly Webhook[];
  readonly added: readonly Webhook[];
  /** What those that are gone and those that are new may have to do with each other. */
  readonly kin: Kin;
}

/** What is asked about the payloads of two webhooks that have no name in common. */
export interface PayloadQuestions extends KinQuestions {
  readonly areEqual: (base: Webhook, revision: Webhook) => boolean;
}

/**
 * Finds which webhooks of two contracts are the same event: what receivers recognise them by counts most, then the name as it
 * is, then the name however it is written, as other formats write it.
 */
export function matchWebhooks(base: DiffSide, revision: DiffSide, questions: PayloadQuestions): MatchedWebhooks {
  const [before, after] = [base.contract, revision.contract];
  const sides = new Map([
    ...before.webhooks.map((webhook) => [webhook, base] as const),
    ...after.webhooks.map((webhook) => [webhook, revision] as const),
  ]);
  const telling = { base: tellingConditions(before.webhooks), revision: tellingConditions(after.webhooks) };
  const routes = new Map([
    ...before.webhooks.map((webhook) => [webhook, webhook.route.filter(telling.base)] as const),
    ...after.webhooks.map((webhook) => [webhook, webhook.route.filter(telling.revision)] as const),
  ]);
  const isOneFamily = familyOf(before) === familyOf(after);
  const routeOf = (webhook: Webhook) => routeText(routes.get(webhook) ?? []);
  const gone = new Set(before.webhooks);
  const added = new Set(after.webhooks);
  const partners = new Map<Webhook, Webhook>();
  const take = (ours: Webhook, theirs: Webhook) => {
    partners.set(ours, theirs);
    gone.delete(ours);
    added.delete(theirs);
  };
  const match = (labelOf: (webhook: Webhook) => string | null) => {
    const theirs = unique(added, labelOf);
    for (const [label, webhook] of unique(gone, labelOf)) {
      const other = theirs.get(label);
      if (other !== undefined) take(webhook, other);
    }
  };
  match((webhook) => (routeOf(webhook) === null ? null : `${webhook.name} ${routeOf(webhook)}`));
  match(routeOf);
  // At one place of two revisions stands one webhook, whatever its name is made of; unless receivers look for another value.
  if (isOneFamily) {
    const places = unique(added, (webhook) => placeOf(webhook, sides));
    for (const [place, webhook] of unique(gone, (one) => placeOf(one, sides))) {
      const other = places.get(place);
      if (other !== undefined && !differ(routes.get(webhook) ?? [], routes.get(other) ?? [])) take(webhook, other);
    }
  }
  match(({ name }) => name);
  match(({ key }) => key.toLowerCase());
  match(({ name }) => lettersOf(name));
  if (!isOneFamily) matchEqual(gone, added, routeOf, questions, take);
  return {
    pairs: before.webhooks.flatMap((webhook) => {
      const partner = partners.get(webhook);
      return partner === undefined ? [] : [{ base: webhook, revision: partner }];
    }),
    gone: [...gone],
    added: [...added],
    kin: kinOf([...gone], [...added], questions),
  };
}

/** What receivers compare in the delivery itself; null where that is nothing. */
function routeText(route: readonly Condition[]): string | null {
  const conditions = route.map((condition) => stableStringify(condition as unknown as Json, { indent: 0 }));
  return conditions.length === 0 ? null : conditions.sort().join(" ");
}

function placeOf(webhook: Webhook, sides: ReadonlyMap<Webhook, DiffSide>): string {
  return (sides.get(webhook)?.webhookOrigin?.(webhook) ?? webhook.source).pointer;
}

function differ(route: readonly Condition[], other: readonly Condition[]): boolean {
  return route.some(({ in: place, at, value }) =>
    other.some((one) => one.in === place && one.at === at && !equal(one.value as Json, value as Json)),
  );
}

export function familyOf({ format }: Contract): string {
  return format.replace(/-.*$/, "");
}

/** Families name things by other rules; where nothing in the delivery is a name, the payload says which event it is. */
function matchEqual(
  gone: ReadonlySet<Webhook>,
  added: ReadonlySet<Webhook>,
  routeOf: (webhook: Webhook) => string | null,
  { areEqual }: PayloadQuestions,
  take: (base: Webhook, revision: Webhook) => void,
): void {
  if (gone.size * added.size > QUESTIONS_MAX) return;
  const nameless = [...added].filter((webhook) => routeOf(webhook) === null);
  for (const webhook of [...gone]) {
    if (routeOf(webhook) !== null) continue;
    const equal = nameless.filter((other) => added.has(other) && areEqual(webhook, other));
    const [only] = equal;
    if (only !== undefined && equal.length === 1) take(webhook, only);
  }
}

/** What has a label that no other of these has, by it. */
function unique(
  webhooks: Iterable<Webhook>,
  labelOf: (webhook: Webhook) => string | null,
): ReadonlyMap<string, Webhook> {
  const found = new Map<string, Webhook | null>();
  for (const webhook of webhooks) {
    const label = labelOf(webhook);
    if (label !== null) found.set(label, found.has(label) ? null : webhook);
  }
  return new Map([...found].flatMap(([label, webhook]) => (webhook === null ? [] : [[label, webhook] as const])));
}

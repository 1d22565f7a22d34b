import { headerOf } from "./headers.ts";
import { pointerGetter } from "./pointer-getter.ts";
import type { Condition, Delivery, Form } from "./types.ts";
import { pathOf, queryOf } from "./url.ts";
import { createValueLookup } from "./value-lookup.ts";

export interface Routed {
  readonly route: readonly Condition[];
  readonly forms: readonly Form[];
  /** Only a list can be it. */
  readonly isList?: boolean | undefined;
}

/** What a condition finds: it holds, it does not, or the delivery lacks the part that it looks at. */
type Verdict = "holds" | "fails" | "skipped";

type Check = (payload: unknown, delivery: Delivery) => Verdict;

export interface Recogniser<T> {
  /** The webhook that one look at the body settles; null where more is to be looked at, and where there is none. */
  readonly settled: (payload: unknown) => T | null;
  /**
   * The webhooks that a payload (JSON strings not yet replaced) may be: those whose conditions all hold, of these the ones
   * with the most conditions, and of these the ones that are delivered by this method, if there are any.
   */
  readonly recognise: (payload: unknown, delivery: Delivery) => readonly T[];
}

/**
 * Compiles the routes of all webhooks into one look-up: most are found by a single access. It is made when a receiver
 * starts, so whatever only some deliveries need is made when the first of them comes.
 * @param pointer  the body pointer to look webhooks up by; which one, if any, is a matter of speed and not of the outcome
 */
export function createRecogniser<T extends Routed>(webhooks: readonly T[], pointer: string | null): Recogniser<T> {
  const checks = new Map<T, readonly Check[]>();
  const byValue = createValueLookup<T>();
  const elsewhere: T[] = [];
  for (const webhook of webhooks) {
    const condition = webhook.route.find(({ in: place, at }) => place === "body" && at === pointer);
    if (condition === undefined) {
      elsewhere.push(webhook);
      continue;
    }
    const { value } = condition;
    if (!Array.isArray(value)) addUnder(value, webhook);
    else for (const one of value) addUnder(one, webhook);
  }
  const get = pointerGetter(pointer ?? "");
  return {
    settled(payload) {
      const found = byValue.get(get(payload));
      const only = found.length + elsewhere.length === 1 ? found[0] : undefined;
      return only?.route.length === 1 ? only : null;
    },
    recognise: (payload, delivery) => best([...byValue.get(get(payload)), ...elsewhere], payload, delivery),
  };

  function addUnder(value: unknown, webhook: T): void {
    byValue.add(value, webhook);
    // A number in a query or form is text, so it is found by either.
    const text = plain(value);
    if (text !== value) addUnder(text, webhook);
  }

  function best(candidates: readonly T[], payload: unknown, delivery: Delivery): readonly T[] {
    let most = 0;
    let found: T[] = [];
    for (const webhook of candidates) {
      const count = holding(webhook, payload, delivery);
      if (count < most || count === -1) continue;
      if (count > most) found = [];
      most = count;
      found.push(webhook);
    }
    return found.length > 1 ? byMethod(found, delivery) : found;
  }

  /** A method is no condition: senders change it, and documents leave it out. But it may be all that there is to go by. */
  function byMethod(found: readonly T[], { method }: Delivery): readonly T[] {
    const upper = method?.toUpperCase();
    const meant = found.filter(({ forms }) => forms.some((form) => form.method === upper));
    return meant.length > 0 ? meant : found;
  }

  /** How many conditions hold; -1 where one does not. One that cannot be judged counts neither way. */
  function holding(webhook: T, payload: unknown, delivery: Delivery): number {
    let compiled = checks.get(webhook);
    if (compiled === undefined) {
      compiled = webhook.route.map(compile);
      checks.set(webhook, compiled);
    }
    if (webhook.isList === true && !Array.isArray(payload)) return -1;
    let count = 0;
    for (const check of compiled) {
      const verdict = check(payload, delivery);
      if (verdict === "fails") return -1;
      if (verdict === "holds") count++;
    }
    return count;
  }
}

function compile({ in: place, at, value }: Condition): Check {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = values.map(plain);
  switch (place) {
    case "body": {
      const get = pointerGetter(at);
      return (payload) => {
        const found = get(payload);
        // In a query or form every value is text, so a number there is compared by how it is written.
        return verdict(values.includes(found) || (typeof found === "string" && texts.includes(found)));
      };
    }
    case "header":
      return (_, { headers }) => (headers === undefined ? "skipped" : verdict(texts.includes(headerOf(headers, at))));
    case "query":
      return (_, { url }) => {
        if (url === undefined) return "skipped";
        return verdict(new URLSearchParams(queryOf(url)).getAll(at).some((one) => texts.includes(one)));
      };
    case "path":
      return (_, { url }) => {
        if (url === undefined) return "skipped";
        return verdict(texts.some((template) => endsLike(pathOf(url), String(template))));
      };
  }
}

function verdict(holds: boolean): Verdict {
  return holds ? "holds" : "fails";
}

/** A value as a query or header writes it. */
function plain(value: unknown): unknown {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

/** A receiver may mount its handler anywhere, so a template must match the end of the path. `{name}` is one segment. */
function endsLike(path: string, template: string): boolean {
  const wanted = template.split("/").filter((segment) => segment !== "");
  const segments = path.split("/").filter((segment) => segment !== "");
  const tail = segments.slice(-wanted.length);
  if (tail.length < wanted.length) return false;
  return wanted.every((segment, index) => /[{}]/.test(segment) || segment === tail[index]);
}

import { isArray, isObject, own, parseJson } from "../../json/index.ts";
import type { Example, Json, Webhook } from "../../model/index.ts";

/** Published bodies that may show what an interaction expects, or why none does. */
export type Candidates = { readonly examples: readonly Example[] } | { readonly reason: string };

/** More are not tried for one interaction. */
const CANDIDATES_MAX = 8;

/** The examples of an event that have all that an interaction expects, the one of the same name first. */
export function candidatesOf(webhook: Webhook, variant: string | null, expected: Json): Candidates {
  const { examples } = webhook;
  if (examples.length === 0) return { reason: "no body of this event is published" };
  const own = examples.filter(({ name }) => name === variant);
  // What the consumer was shown is what it has to be shown again.
  if (own.length > 0) return { examples: own };
  const judged = examples.map((example) => ({ example, missing: missingIn(expected, example.payload, "") }));
  const fitting = judged.filter(({ missing }) => missing.length === 0).map(({ example }) => example);
  if (fitting.length > 0) return { examples: fitting.slice(0, CANDIDATES_MAX) };
  const [nearest] = judged.sort((a, b) => a.missing.length - b.missing.length);
  const missing = nearest?.missing.slice(0, 3).join(", ") ?? "";
  return { reason: `no published body of this event has ${missing} beside the rest that is expected` };
}

/** JSON pointers of what is expected and not there; JSON in strings is looked into. */
function missingIn(expected: Json, actual: Json, at: string): readonly string[] {
  if (isObject(expected) && isObject(actual)) {
    return Object.entries(expected).flatMap(([name, member]) => {
      const there = own(actual, name);
      return there === undefined ? [`${at}/${name}`] : missingIn(member, there, `${at}/${name}`);
    });
  }
  if (isArray(expected) && isArray(actual)) {
    const [first] = expected;
    return first === undefined ? [] : actual.flatMap((item) => missingIn(first, item, `${at}/*`));
  }
  if (typeof expected !== "string" || typeof actual !== "string") return [];
  const [inside, found] = [parseJson(expected), parseJson(actual)];
  return isObject(inside) && isObject(found) ? missingIn(inside, found, at) : [];
}

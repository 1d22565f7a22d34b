import { isArray, isObject, own, parseJson, stableStringify } from "../../json/index.ts";
import type { Contract, Example, Json, Webhook } from "../../model/index.ts";
import type { Place, ProblemCode } from "./results.ts";

/** Published bodies that may show what an interaction expects; or what is wrong with them; or why none does. */
export type Candidates =
  | { readonly examples: readonly Example[] }
  | { readonly code: ProblemCode; readonly message: string; readonly contract: Place }
  | { readonly reason: string };

/** More are not tried for one interaction. */
const CANDIDATES_MAX = 8;

/**
 * The examples of an event that have all that an interaction expects, the one of the same name first.
 * @param variant   the shape of the event that the interaction is about; of a published example, its name
 * @param expected  undefined where it is not known
 */
export function candidatesOf(
  webhook: Webhook,
  { variant, expected, contract }: { variant: string | null; expected: Json | undefined; contract: Contract },
): Candidates {
  const { examples } = webhook;
  const own = examples.filter(({ name }) => name === variant);
  // What the consumer was shown is what it has to be shown again.
  if (own.length > 0) return { examples: own };
  const wasPublished = variant !== null && isExampleName(variant);
  const moved = wasPublished ? movedExample(webhook, variant, contract) : null;
  if (moved !== null) {
    const [name, other] = [variant, moved.webhook.name].map((one) => JSON.stringify(one));
    const message = `the published example ${name} is now one of ${other}, and ${JSON.stringify(webhook.name)} was asked for`;
    return { code: "another-event", message, contract: moved.example.source };
  }
  const fitting = examples
    .map((example) => ({ example, missing: expected === undefined ? [] : missingIn(expected, example.payload, "") }))
    .sort((a, b) => a.missing.length - b.missing.length);
  const [nearest] = fitting;
  if (nearest?.missing.length === 0) {
    const whole = fitting.filter(({ missing }) => missing.length === 0).map(({ example }) => example);
    return { examples: whole.slice(0, CANDIDATES_MAX) };
  }
  const reason =
    nearest === undefined
      ? "no body of this event is published"
      : `no published body of this event has ${nearest.missing.slice(0, 3).join(", ")} beside the rest that is expected`;
  if (!wasPublished) return { reason };
  const message = `the document no longer shows ${JSON.stringify(webhook.name)} by the published example ${JSON.stringify(variant)}, and ${reason}`;
  return { code: "example-gone", message, contract: leftOut(variant, contract) ?? webhook.source };
}

/** All other shapes have names that are made: `minimal`, `full`, `/pointer: branch`. */
function isExampleName(variant: string): boolean {
  return !/^(?:minimal|full)(?: \(\d+\))?$|^\//.test(variant);
}

/** Names by position, which any event may have. */
const NUMBERED = /^example(?:-\d+)?$/;

/** The example of this name among the events that the document describes together with this one, as it does with a `oneOf`. */
function movedExample(
  webhook: Webhook,
  name: string,
  { webhooks }: Contract,
): { readonly webhook: Webhook; readonly example: Example } | null {
  if (NUMBERED.test(name)) return null;
  for (const other of webhooks) {
    if (other === webhook || !isDescribedWith(other, webhook)) continue;
    // One in an event's own schema was always its own.
    const isOwn = ({ source }: Example) => source.pointer.startsWith(`${other.source.pointer}/`);
    const example = other.examples.find((one) => one.name === name && !isOwn(one));
    if (example !== undefined) return { webhook: other, example };
  }
  return null;
}

function isDescribedWith(a: Webhook, b: Webhook): boolean {
  if (a.references === undefined || b.references === undefined) return false;
  return stableStringify(a.references as never) === stableStringify(b.references as never);
}

/** Where the document has an example of this name that no event took. */
function leftOut(name: string, { omissions }: Contract): Place | null {
  const token = name.replaceAll("~", "~0").replaceAll("/", "~1");
  const found = omissions.find(
    ({ pointer }) => pointer.endsWith(`/examples/${token}`) || pointer.endsWith(`/examples/${token}/value`),
  );
  return found?.source ?? null;
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

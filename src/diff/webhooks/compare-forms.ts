import type { Form } from "../../model/index.ts";
import type { WebhookDifference } from "../difference.ts";

/**
 * How the ways differ in which two webhooks may be written. A document that states no address, or only whose URL it is that the
 * receiver gave, promises none.
 * @param statesAddresses  the revision's format could say what address the base states, so that its silence is a change
 */
export function compareForms(
  before: readonly Form[],
  after: readonly Form[],
  { statesAddresses }: { readonly statesAddresses: boolean },
): readonly WebhookDifference[] {
  const isSameAddress = (a: Form, b: Form) => isSamePlace(a, b, statesAddresses);
  const gone = [...before];
  const added = [...after];
  const pairs: [Form, Form][] = [];
  // From the forms that are the same to those that have least in common; a query is no body.
  const matches: readonly ((a: Form, b: Form) => boolean)[] = [
    (a, b) => isSameWay(a, b) && addressOf(a) === addressOf(b),
    (a, b) => isSameWay(a, b) && isSameAddress(a, b),
    isSameWay,
    (a, b) => mediaType(a) === mediaType(b) && isSameAddress(a, b),
    (a, b) => a.method === b.method && isSameAddress(a, b),
    (a, b) => a.method === b.method,
    (a, b) => (a.encoding === "query") === (b.encoding === "query"),
  ];
  for (const isMatch of matches) {
    for (const form of [...gone]) {
      const other = added.find((one) => isMatch(form, one));
      if (other === undefined) continue;
      pairs.push([form, other]);
      gone.splice(gone.indexOf(form), 1);
      added.splice(added.indexOf(other), 1);
    }
  }
  // Several addresses of one way to write are the same way where the other side has it as well.
  const isKnown = (form: Form, forms: readonly Form[]) =>
    forms.some((one) => isSameWay(one, form) && isSameAddress(one, form));
  return [
    ...pairs.flatMap(([form, other]) => compareForm(form, other, isSameAddress(form, other))),
    ...gone.filter((form) => !isKnown(form, after)).map((form) => ({ kind: "form-gone", form }) as const),
    ...added.filter((form) => !isKnown(form, before)).map((form) => ({ kind: "form-new", form }) as const),
  ];
}

const isSameWay = (a: Form, b: Form) => a.method === b.method && mediaType(a) === mediaType(b);

function compareForm(before: Form, after: Form, isSamePlace: boolean): readonly WebhookDifference[] {
  const found: WebhookDifference[] = [];
  if (before.method !== after.method) found.push({ kind: "method", from: before.method, to: after.method });
  const [from, to] = [mediaType(before), mediaType(after)];
  if (from !== to) found.push({ kind: "content-type", from, to });
  if (!isSamePlace) found.push({ kind: "address", from: before.address ?? "", to: after.address });
  return found;
}

/** Parameters of a media type such as `charset` say nothing that JSON and forms do not say anyway. */
function mediaType({ contentType, encoding }: Form): string {
  if (encoding === "query") return "query";
  return normalizedMediaType(contentType);
}

export function normalizedMediaType(contentType: string): string {
  return contentType
    .replace(/\s*;.*$/s, "")
    .trim()
    .toLowerCase();
}

function isSamePlace(a: Form, b: Form, statesAddresses: boolean): boolean {
  const [one, other] = [addressOf(a), addressOf(b)];
  if (one === other || one === null) return true;
  // An expression says where the receiver's URL is found: whoever states an address instead, or none, says something else.
  if (other === null) return isExpression(one) || !statesAddresses;
  return isExpression(one) !== isExpression(other);
}

/** Parameters have whatever name; the end of a path is the same with a slash and without. */
function addressOf({ address }: Form): string | null {
  if (address === null) return null;
  const written = isExpression(address) ? address : address.replace(/\{[^{}]*\}/g, "{}");
  return written.replace(/\/+$/, "") || "/";
}

function isExpression(address: string): boolean {
  return address.includes("{$");
}

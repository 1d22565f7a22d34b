import { textOf } from "../runtime/body.ts";
import type { RawDelivery } from "./authenticity/types.ts";
import type { Authenticator } from "./credentials/authenticator.ts";
import type { NotAuthentic, SchemeDefinition } from "./credentials/types.ts";

/** A larger body would make whoever sends forged ones cost more than they do. */
const BYTES_MAX = 65_536;

/** What may be the matter with a delivery that is not authentic. For the log: to its sender nothing of it is said. */
export async function hintFor(
  failure: NotAuthentic,
  delivery: RawDelivery,
  { scheme, authenticate }: { readonly scheme: SchemeDefinition | undefined; readonly authenticate: Authenticator },
): Promise<string | undefined> {
  const { url = "" } = delivery;
  switch (failure.reason) {
    case "wrong-signature":
      if (await isOfSameJson(delivery, authenticate)) {
        return "The signature is right for the same JSON written in another way: something in front of the receiver parsed the body and wrote it again. Give the receiver the raw bytes.";
      }
      if (scheme?.signature?.signedContent.includes("{url}") === true) {
        return `The signature covers the URL, and the receiver knows ${/^https?:/i.test(url) ? "one with an origin" : "only its path"}: say in publicUrl how the sender knows it. Or the secret is another.`;
      }
      return "The secret is another than the sender's, or the body was changed on its way: parsed and written again, or decoded.";
    case "stale":
      return "The signature is right, but its time is further from this machine's clock than the tolerance: an old delivery sent again, or a clock that is wrong.";
    case "missing-signature":
    case "missing-credentials":
      return scheme?.signature === undefined && /signature|hmac|digest/i.test(scheme?.name ?? "")
        ? "By its name this is a signature, and the document describes a token: x-webhook-signature says how it is made."
        : undefined;
    case "wrong-credentials":
      return scheme?.signature === undefined && /signature|hmac|digest/i.test(scheme?.name ?? "")
        ? "By its name this is a signature, and it was compared as a token: x-webhook-signature says how it is made."
        : undefined;
    case "malformed-signature":
      return "The header with the time or the id that is signed is missing, or cannot be read.";
  }
}

/**
 * Whether the signature was made of the same JSON in other bytes: JavaScript, Python and PHP write it each in its own way, and
 * what parsed a body writes it again in the way of its own language.
 */
async function isOfSameJson(delivery: RawDelivery, authenticate: Authenticator): Promise<boolean> {
  if (delivery.body.length > BYTES_MAX) return false;
  const text = textOf(delivery.body);
  if (text === null) return false;
  const encoder = new TextEncoder();
  for (const written of otherTexts(text)) {
    const verdict = await authenticate({ ...delivery, body: encoder.encode(written) });
    if (verdict.ok || verdict.reason === "stale") return true;
  }
  return false;
}

function otherTexts(text: string): ReadonlySet<string> {
  let value: unknown;
  let texts: readonly string[];
  try {
    value = JSON.parse(text);
    const lines = JSON.stringify(value, null, 1);
    // No string holds a line break as it is, so these are between the tokens.
    const spaced = lines.replace(/,\n\s*/g, ", ").replace(/\n\s*/g, "");
    texts = [JSON.stringify(value), spaced, JSON.stringify(value, null, 2), JSON.stringify(value, null, 4)];
  } catch {
    return new Set();
  }
  const all = texts.flatMap((one) => [
    one,
    inAscii(one),
    inAscii(one).replaceAll("/", "\\/"),
    one.replaceAll("/", "\\/"),
  ]);
  return new Set([...all, `${texts[2]}\n`, text.trim(), `${text}\n`].filter((one) => one !== text));
}

function inAscii(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

import { headerOf } from "../../runtime/headers.ts";
import { queryOf } from "../../runtime/url.ts";
import { equalBytes, fromText } from "./bytes.ts";
import { sha256 } from "./crypto.ts";
import type { SignatureRecipe } from "./recipe.ts";
import { headerReader } from "./signature-header.ts";
import { contentWriter, isFormType, type SignedRequest } from "./signed-content.ts";
import type { RawDelivery, Verification, VerificationFailure } from "./types.ts";
import { verifyingKey } from "./verifying-key.ts";

export interface VerifierOptions {
  /** Milliseconds since 1970; the runtime's clock where left out. */
  readonly now?: () => number;
  /** Use WebCrypto even where `node:crypto` is there. */
  readonly web?: boolean;
}

/** Answers at once wherever the runtime's cryptography does. */
export type SignatureVerifier = (delivery: RawDelivery) => Verification | Promise<Verification>;

/**
 * Makes a check of the signatures that are made by one recipe.
 * @param secrets  the bytes of each
 */
export function signatureChecker(
  recipe: SignatureRecipe,
  secrets: readonly Uint8Array<ArrayBuffer>[],
  { now = Date.now, web }: VerifierOptions = {},
): SignatureVerifier {
  const keys = secrets.map((secret) => verifyingKey(secret, recipe, web));
  const readHeader = headerReader(recipe);
  const writeContent = contentWriter(recipe.signedContent);
  const { encoding, header, idHeader, signedContent, timestampHeader } = recipe;
  const needsTimestamp = timestampHeader !== undefined || recipe.format.includes("{timestamp}");
  const needsId = signedContent.includes("{id}");

  return function verify(delivery) {
    const { method = "POST", url = "", headers = {}, body } = delivery;
    const value = headerOf(headers, header);
    const { signatures, timestamp: own } = value === null ? NO_HEADER : readHeader(value);
    const candidates = signatures.map((one) => fromText(one, encoding)).filter((bytes) => bytes !== null);
    if (candidates.length === 0) return failed("missing-signature");
    const timestamp = own ?? (timestampHeader === undefined ? null : headerOf(headers, timestampHeader));
    const id = idHeader === undefined ? null : headerOf(headers, idHeader);
    const signedAt = timestamp === null ? null : readTime(timestamp, recipe.timestampUnit);
    if ((needsTimestamp && signedAt === null) || (needsId && id === null)) return failed("malformed-signature");
    const isForm = isFormType(headerOf(headers, "content-type") ?? "");
    const content = writeContent({ method, url, body, isForm, timestamp: timestamp ?? "", id: id ?? "" });
    const checks = keys.map((key) => key.verify(content, candidates));
    const hash = bodyHash(recipe, { url, body, isForm }, web);
    const conclude = (results: readonly boolean[], hashFits: boolean): Verification => {
      if (!results.includes(true) || !hashFits) return failed("wrong-signature");
      const { toleranceSeconds } = recipe;
      const isStale =
        signedAt !== null && toleranceSeconds > 0 && Math.abs(now() - signedAt) > toleranceSeconds * 1_000;
      return isStale ? failed("stale") : { ok: true, signedAt, id };
    };
    if (checks.every((check) => typeof check === "boolean") && typeof hash === "boolean") return conclude(checks, hash);
    return Promise.all([Promise.all(checks), hash]).then(([results, hashFits]) => conclude(results, hashFits));
  };
}

const NO_HEADER = { signatures: [], timestamp: null };

function failed(reason: VerificationFailure): Verification {
  return { ok: false, reason };
}

/** Milliseconds since 1970; null for what is no time. */
function readTime(text: string, unit: SignatureRecipe["timestampUnit"]): number | null {
  if (unit === "rfc3339") {
    const time = /^\d{4}-\d{2}-\d{2}[Tt ]/.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(time) ? null : time;
  }
  if (!/^\d{1,15}(?:\.\d{1,9})?$/.test(text)) return null;
  return Number(text) * (unit === "seconds" ? 1_000 : 1);
}

/**
 * Where a recipe covers the body through a hash in the signed URL: whether that is the hash of this body. Form fields are
 * signed themselves; any other body needs it, or it would not be signed at all.
 */
function bodyHash(
  { bodyHashParameter }: SignatureRecipe,
  { url, body, isForm }: Pick<SignedRequest, "url" | "body" | "isForm">,
  web: boolean | undefined,
): boolean | Promise<boolean> {
  if (bodyHashParameter === undefined || isForm || body.length === 0) return true;
  const wanted = fromText(new URLSearchParams(queryOf(url)).get(bodyHashParameter) ?? "", "hex");
  if (wanted === null) return false;
  const own = sha256(body, web);
  return own instanceof Promise ? own.then((made) => equalBytes(made, wanted)) : equalBytes(own, wanted);
}

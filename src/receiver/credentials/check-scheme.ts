import { headerOf } from "../../runtime/headers.ts";
import { queryOf } from "../../runtime/url.ts";
import { fromText } from "../authenticity/bytes.ts";
import { signatureChecker, type VerifierOptions } from "../authenticity/check-signature.ts";
import type { RawDelivery, Verification } from "../authenticity/types.ts";
import { isOneOf } from "./constant-time.ts";
import type { ReadSecret } from "./read-secret.ts";
import type { AuthenticationFailure, SchemeDefinition } from "./types.ts";

/** Whether a delivery meets one scheme. */
export type SchemeVerdict =
  | Extract<Verification, { readonly ok: true }>
  | { readonly ok: false; readonly reason: AuthenticationFailure };

export type SchemeCheck = (delivery: RawDelivery) => SchemeVerdict | Promise<SchemeVerdict>;

const MET: SchemeVerdict = { ok: true, signedAt: null, id: null };
const MISSING: SchemeVerdict = { ok: false, reason: "missing-credentials" };
const WRONG: SchemeVerdict = { ok: false, reason: "wrong-credentials" };

/** Makes the check of one scheme. */
export function schemeCheck(scheme: SchemeDefinition, secret: ReadSecret, options: VerifierOptions): SchemeCheck {
  switch (secret.kind) {
    case "unchecked":
      return () => MET;
    case "own":
      return async (delivery) => ((await secret.check(delivery)) === true ? MET : WRONG);
    case "signature":
      return signatureChecker(secret.recipe, secret.keys, options);
    case "basic":
      return ({ headers = {} }) => compare(basicOf(headers), secret.wanted);
    case "basic-part":
      return ({ headers = {} }) => {
        const given = basicOf(headers);
        if (given === null || given === "") return given === null ? MISSING : WRONG;
        const colon = given.indexOf(":");
        return compare(scheme.in === "user" ? given.slice(0, colon) : given.slice(colon + 1), secret.wanted);
      };
    case "bearer":
      return ({ headers = {} }) => compare(authorizationOf(headers, "bearer"), secret.wanted);
    case "token": {
      const read = tokenReader(scheme);
      return (delivery) => compare(read(delivery), secret.wanted);
    }
  }
}

function compare(given: string | null, wanted: readonly string[]): SchemeVerdict {
  if (given === null) return MISSING;
  return isOneOf(given, wanted) ? MET : WRONG;
}

function tokenReader({ in: place, name = "" }: SchemeDefinition): (delivery: RawDelivery) => string | null {
  if (place === "query") return ({ url = "" }) => new URLSearchParams(queryOf(url)).get(name);
  if (place === "cookie") return ({ headers = {} }) => cookieOf(headerOf(headers, "cookie"), name);
  const header = name.toLowerCase();
  return ({ headers = {} }) => headerOf(headers, header);
}

/** @see https://www.rfc-editor.org/rfc/rfc6265#section-4.2.1 */
function cookieOf(header: string | null, name: string): string | null {
  for (const pair of header?.split(";") ?? []) {
    const equals = pair.indexOf("=");
    if (equals !== -1 && pair.slice(0, equals).trim() === name) {
      return pair
        .slice(equals + 1)
        .trim()
        .replace(/^"(.*)"$/, "$1");
    }
  }
  return null;
}

/**
 * `username:password` as it was sent, byte for byte; an empty text where it cannot be read.
 * @see https://www.rfc-editor.org/rfc/rfc7617#section-2
 */
function basicOf(headers: NonNullable<RawDelivery["headers"]>): string | null {
  const given = authorizationOf(headers, "basic");
  if (given === null) return null;
  const bytes = fromText(given, "base64");
  return bytes === null ? "" : String.fromCharCode(...bytes.subarray(0, CREDENTIALS_BYTES_MAX));
}

/** More than any server takes in a header; so many arguments a function can have. */
const CREDENTIALS_BYTES_MAX = 16_384;

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-11.4 */
function authorizationOf(headers: NonNullable<RawDelivery["headers"]>, scheme: string): string | null {
  const value = headerOf(headers, "authorization") ?? "";
  const space = value.indexOf(" ");
  return space !== -1 && value.slice(0, space).toLowerCase() === scheme ? value.slice(space + 1).trim() : null;
}

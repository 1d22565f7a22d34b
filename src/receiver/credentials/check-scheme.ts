import { headerOf } from "../../runtime/headers.ts";
import { queryOf } from "../../runtime/url.ts";
import { fromText } from "../authenticity/bytes.ts";
import {
  type RawDelivery,
  signatureChecker,
  type Verification,
  type VerifierOptions,
} from "../authenticity/check-signature.ts";
import { isOneOf } from "./constant-time.ts";
import { kindOf } from "./schemes.ts";
import { basicTexts, tokenTexts } from "./secret-texts.ts";
import type { AuthenticationFailure, BasicCredentials, SchemeDefinition, Secret } from "./types.ts";

/** Whether a delivery meets one scheme. */
export type SchemeVerdict =
  | Extract<Verification, { readonly ok: true }>
  | { readonly ok: false; readonly reason: AuthenticationFailure };

export type SchemeCheck = (delivery: RawDelivery) => SchemeVerdict | Promise<SchemeVerdict>;

const MET: SchemeVerdict = { ok: true, signedAt: null, id: null };
const MISSING: SchemeVerdict = { ok: false, reason: "missing-credentials" };
const WRONG: SchemeVerdict = { ok: false, reason: "wrong-credentials" };

/**
 * Makes the check of one scheme.
 * @throws TypeError for a scheme that cannot be checked by a secret, and for secrets that are none: empty, too short, of
 *   another kind. The message never quotes one.
 */
export function schemeCheck(scheme: SchemeDefinition, secret: Secret, options: VerifierOptions): SchemeCheck {
  if (secret === false) return () => MET;
  if (typeof secret === "function") {
    return async (delivery) => ((await secret(delivery)) === true ? MET : WRONG);
  }
  const secrets = ([secret] as readonly unknown[]).flat() as readonly (string | BasicCredentials)[];
  if (secrets.length === 0) throw new TypeError("The list of secrets is empty.");
  if (scheme.problem !== undefined)
    throw new TypeError(`The document does not say how it is checked: ${scheme.problem}`);
  const kind = kindOf(scheme);
  switch (kind) {
    case "signature":
      return signatureChecker(scheme.signature as NonNullable<typeof scheme.signature>, texts(secrets), options);
    case "basic": {
      const wanted = secrets.flatMap(basicTexts);
      return ({ headers = {} }) => compare(basicOf(headers), wanted);
    }
    case "basic-part": {
      const wanted = texts(secrets).flatMap(tokenTexts);
      return ({ headers = {} }) => {
        const given = basicOf(headers);
        if (given === null || given === "") return given === null ? MISSING : WRONG;
        const colon = given.indexOf(":");
        return compare(scheme.in === "user" ? given.slice(0, colon) : given.slice(colon + 1), wanted);
      };
    }
    case "bearer":
    case "token": {
      const wanted = texts(secrets).flatMap(tokenTexts);
      const read = kind === "bearer" ? bearerOf : tokenReader(scheme);
      return (delivery) => compare(read(delivery), wanted);
    }
    case null:
      throw new TypeError(
        "A secret is not enough to check it. Give a function that does, or false where something in front of the receiver does.",
      );
  }
}

function compare(given: string | null, wanted: readonly string[]): SchemeVerdict {
  if (given === null) return MISSING;
  return isOneOf(given, wanted) ? MET : WRONG;
}

function texts(secrets: readonly unknown[]): readonly string[] {
  if (!secrets.every((secret) => typeof secret === "string")) throw new TypeError("The secret must be a string.");
  return secrets;
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

/** @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function bearerOf({ headers = {} }: RawDelivery): string | null {
  return authorizationOf(headers, "bearer");
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

function authorizationOf(headers: NonNullable<RawDelivery["headers"]>, scheme: string): string | null {
  const value = headerOf(headers, "authorization") ?? "";
  const space = value.indexOf(" ");
  return space !== -1 && value.slice(0, space).toLowerCase() === scheme ? value.slice(space + 1).trim() : null;
}

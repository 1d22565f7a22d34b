import type { SignatureRecipe } from "../authenticity/recipe.ts";
import { secretBytes } from "../authenticity/secret.ts";
import { kindOf, type SchemeKind } from "./schemes.ts";
import { basicTexts, tokenTexts } from "./secret-texts.ts";
import type { BasicCredentials, CredentialsCheck, SchemeDefinition, Secret } from "./types.ts";

/** What a scheme is checked with, ready to be compared. */
export type ReadSecret =
  | { readonly kind: "unchecked" }
  | { readonly kind: "own"; readonly check: CredentialsCheck }
  | { readonly kind: "signature"; readonly recipe: SignatureRecipe; readonly keys: readonly Uint8Array<ArrayBuffer>[] }
  /** Each way that it may be written. */
  | { readonly kind: Exclude<SchemeKind, "signature">; readonly wanted: readonly string[] };

/**
 * Reads what was given for a scheme.
 * @throws TypeError for a scheme that cannot be checked by a secret, and for secrets that are none: empty, too short, of
 *   another kind. The message never quotes one.
 */
export function readSecret(scheme: SchemeDefinition, secret: Secret): ReadSecret {
  if (secret === false) return { kind: "unchecked" };
  if (typeof secret === "function") return { kind: "own", check: secret };
  const secrets = ([secret] as readonly unknown[]).flat() as readonly (string | BasicCredentials)[];
  if (secrets.length === 0) throw new TypeError("The list of secrets is empty.");
  const { signature, problem } = scheme;
  if (problem !== undefined) throw new TypeError(`The document does not say how it is checked: ${problem}`);
  const kind = kindOf(scheme);
  if (kind === null) {
    throw new TypeError(
      "A secret is not enough to check it. Give a function that does, or false where something in front of the receiver does.",
    );
  }
  if (kind === "basic") return { kind, wanted: secrets.flatMap(basicTexts) };
  const texts = secrets.map(textOf);
  if (kind !== "signature" || signature === undefined) {
    return { kind: kind as Exclude<SchemeKind, "signature">, wanted: texts.flatMap(tokenTexts) };
  }
  return { kind, recipe: signature, keys: texts.map((text) => secretBytes(text, signature)) };
}

function textOf(secret: unknown): string {
  if (typeof secret !== "string") throw new TypeError("The secret must be a string.");
  return secret;
}

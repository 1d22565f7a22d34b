import { fromText, utf8 } from "./bytes.ts";
import type { SignatureRecipe } from "./recipe.ts";

/** Shorter keys can be found by trying: vendors give 22 characters and more. */
const SECRET_BYTES_MIN = 16;
const ED25519_KEY_BYTES = 32;

/**
 * The bytes of a secret as its owner was given it.
 * @throws TypeError for one that is empty, too short or not in its encoding. The message never quotes it.
 */
export function secretBytes(
  secret: string,
  { algorithm, secretEncoding, secretPrefix = "" }: SignatureRecipe,
): Uint8Array<ArrayBuffer> {
  const bare = secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret;
  const bytes = secretEncoding === "utf8" ? utf8(bare) : fromText(bare, secretEncoding);
  if (bytes === null) throw new TypeError(`The secret is not written in ${secretEncoding}.`);
  if (bytes.length === 0) throw new TypeError("The secret is empty.");
  if (algorithm === "ed25519" && bytes.length !== ED25519_KEY_BYTES) {
    throw new TypeError(`An Ed25519 key has ${ED25519_KEY_BYTES} bytes, and this one ${bytes.length}.`);
  }
  if (bytes.length < SECRET_BYTES_MIN) {
    throw new TypeError(`The secret has ${bytes.length} bytes; fewer than ${SECRET_BYTES_MIN} can be guessed.`);
  }
  return bytes;
}

import { equalBytes } from "./bytes.ts";
import { ed25519PublicKey, hmacKey, type SigningKey, type VerifyingKey } from "./crypto.ts";
import type { SignatureRecipe } from "./recipe.ts";

/** What checks signatures made with one secret, of which it is given the bytes. */
export function verifyingKey(
  bytes: Uint8Array<ArrayBuffer>,
  { algorithm }: SignatureRecipe,
  web?: boolean,
): VerifyingKey {
  if (algorithm === "ed25519") return ed25519PublicKey(bytes, web);
  const key: SigningKey = hmacKey(algorithm, bytes, web);
  return {
    // Made once, however many signatures the header holds: who sends a large body and many of them is not worked for.
    verify: (content, signatures) => {
      const own = key.sign(content);
      const isAmong = (made: Uint8Array) => signatures.some((one) => equalBytes(made, one));
      return own instanceof Promise ? own.then(isAmong) : isAmong(own);
    },
  };
}

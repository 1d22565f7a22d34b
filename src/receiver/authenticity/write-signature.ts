import { concatenate, toText, utf8 } from "./bytes.ts";
import { ed25519PrivateKey, hmacKey, type SigningKey } from "./crypto.ts";
import type { SignatureRecipe } from "./recipe.ts";
import { secretBytes } from "./secret.ts";
import { writeHeader } from "./signature-header.ts";
import { contentWriter, isFormType } from "./signed-content.ts";

/** What a sender signs. */
export interface UnsignedDelivery {
  readonly method: string;
  /** Whole, as the receiver knows it. */
  readonly url: string;
  readonly body: Uint8Array | string;
  /** Needed where the recipe signs form fields. */
  readonly contentType?: string;
  /** Milliseconds since 1970; now where left out. */
  readonly signedAt?: number;
  /** Stays the same when a delivery is sent again; a random one where left out. */
  readonly id?: string;
}

/** The headers to add, lower case. */
export type Signer = (delivery: UnsignedDelivery) => Promise<Readonly<Record<string, string>>>;

/**
 * Makes the sender's side of `signatureChecker`.
 * @throws TypeError for a secret that is empty, too short or not readable
 */
export function signatureWriter(recipe: SignatureRecipe, secret: string): Signer {
  const bytes = secretBytes(secret, recipe);
  const key: SigningKey = recipe.algorithm === "ed25519" ? ed25519PrivateKey(bytes) : hmacKey(recipe.algorithm, bytes);
  const writeContent = contentWriter(recipe.signedContent);
  const { header, idHeader, timestampHeader } = recipe;
  return async function sign({ method, url, body, contentType = "", signedAt = Date.now(), id = crypto.randomUUID() }) {
    const timestamp = writeTime(signedAt, recipe.timestampUnit);
    const bodyBytes = typeof body === "string" ? utf8(body) : concatenate([body]);
    const signature = await key.sign(
      writeContent({ method, url, body: bodyBytes, isForm: isFormType(contentType), timestamp, id }),
    );
    return {
      ...(idHeader === undefined ? {} : { [idHeader]: id }),
      ...(timestampHeader === undefined ? {} : { [timestampHeader]: timestamp }),
      [header]: writeHeader(recipe, toText(signature, recipe.encoding), timestamp),
    };
  };
}

function writeTime(milliseconds: number, unit: SignatureRecipe["timestampUnit"]): string {
  if (unit === "rfc3339") return new Date(milliseconds).toISOString();
  return String(unit === "seconds" ? Math.floor(milliseconds / 1_000) : milliseconds);
}

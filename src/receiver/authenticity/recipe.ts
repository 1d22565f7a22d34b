/** How bytes are written as text: of signatures, and of secrets. */
export type ByteEncoding = "hex" | "base64" | "base64url";

export type Algorithm = "hmac-sha1" | "hmac-sha256" | "hmac-sha384" | "hmac-sha512" | "ed25519";

/** How deliveries are signed: the members of `x-webhook-signature`, each with its meaning in `docs/vocabulary.md`. */
export interface SignatureRecipe {
  /** Lower case. */
  readonly header: string;
  readonly algorithm: Algorithm;
  readonly encoding: ByteEncoding;
  readonly format: string;
  readonly separator?: string;
  readonly signedContent: string;
  readonly timestampHeader?: string;
  readonly timestampUnit: "seconds" | "milliseconds" | "rfc3339";
  /** 0: any time. */
  readonly toleranceSeconds: number;
  readonly idHeader?: string;
  readonly secretEncoding: "utf8" | "base64" | "hex";
  readonly secretPrefix?: string;
  /** A query parameter with the SHA-256 of the body in hex, which the signed URL covers. */
  readonly bodyHashParameter?: string;
}

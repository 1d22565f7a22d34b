import { fromText, toText } from "./bytes.ts";
import type { Algorithm } from "./recipe.ts";

export const ALGORITHMS: readonly Algorithm[] = ["hmac-sha1", "hmac-sha256", "hmac-sha384", "hmac-sha512", "ed25519"];

type Bytes = Uint8Array<ArrayBuffer>;

/** What a signature is made and checked with; answers at once where the runtime can. */
export interface SigningKey {
  readonly sign: (content: Bytes) => Bytes | Promise<Bytes>;
}

export interface VerifyingKey {
  /** Whether one of these is the content's signature. */
  readonly verify: (content: Bytes, signatures: readonly Bytes[]) => boolean | Promise<boolean>;
}

interface Digest {
  update(content: Uint8Array): { digest(): Uint8Array };
}

/** The part of `node:crypto` that is used, said here since a receiver is built without Node's types. */
interface NodeCrypto {
  createHash(hash: string): Digest;
  createHmac(hash: string, key: Uint8Array | object): Digest;
  createSecretKey?(key: Uint8Array): object;
  createPublicKey(key: { key: object; format: "jwk" }): object;
  verify(algorithm: null, content: Uint8Array, key: object, signature: Uint8Array): boolean;
}

/**
 * Node's own module where there is one (Node, Bun, Deno, Workers with Node compatibility): it answers at once, which WebCrypto
 * never does. Asked for at run time, so that a bundle for the browser holds no import of it.
 */
function nodeCrypto(): NodeCrypto | undefined {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return host.process?.getBuiltinModule?.("node:crypto") as NodeCrypto | undefined;
}

const HASHES = { "hmac-sha1": "SHA-1", "hmac-sha256": "SHA-256", "hmac-sha384": "SHA-384", "hmac-sha512": "SHA-512" };

/** @param web  use WebCrypto even where Node's module is there */
export function hmacKey(algorithm: keyof typeof HASHES, secret: Bytes, web = false): SigningKey {
  const hash = HASHES[algorithm];
  const node = web ? undefined : nodeCrypto();
  if (node !== undefined) {
    const name = hash.replace("-", "").toLowerCase();
    // Made of its bytes anew for every content, the key took five times as long as the digest of a small one.
    const key = node.createSecretKey?.(secret) ?? secret;
    return { sign: (content) => node.createHmac(name, key).update(content).digest() as Bytes };
  }
  const key = crypto.subtle.importKey("raw", secret, { name: "HMAC", hash }, false, ["sign"]);
  return { sign: async (content) => new Uint8Array(await crypto.subtle.sign("HMAC", await key, content)) };
}

/** @param publicKey  32 bytes (RFC 8032 §5.1.5) */
export function ed25519PublicKey(publicKey: Bytes, web = false): VerifyingKey {
  const node = web ? undefined : nodeCrypto();
  if (node?.createPublicKey !== undefined) {
    const jwk = { kty: "OKP", crv: "Ed25519", x: toText(publicKey, "base64url") };
    const key = node.createPublicKey({ key: jwk, format: "jwk" });
    return { verify: (content, signatures) => signatures.some((one) => node.verify(null, content, key, one)) };
  }
  const key = crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
  return {
    verify: async (content, signatures) => {
      const imported = await key;
      const checks = signatures.map((one) => crypto.subtle.verify({ name: "Ed25519" }, imported, one, content));
      return (await Promise.all(checks)).includes(true);
    },
  };
}

/** The frame of PKCS #8 around an Ed25519 seed (RFC 8410 §7), which is how WebCrypto takes a private key. */
const PKCS8_ED25519 = /* @__PURE__ */ fromText("302e020100300506032b657004220420", "hex") as Bytes;

/** @param seed  the first 32 bytes of a private key (RFC 8032 §5.1.5) */
export function ed25519PrivateKey(seed: Bytes): SigningKey {
  const pkcs8 = new Uint8Array(PKCS8_ED25519.length + seed.length);
  pkcs8.set(PKCS8_ED25519);
  pkcs8.set(seed, PKCS8_ED25519.length);
  const key = crypto.subtle.importKey("pkcs8", pkcs8, { name: "Ed25519" }, false, ["sign"]);
  return { sign: async (content) => new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, await key, content)) };
}

export function sha256(content: Uint8Array, web = false): Bytes | Promise<Bytes> {
  const node = web ? undefined : nodeCrypto();
  if (node !== undefined) return node.createHash("sha256").update(content).digest() as Bytes;
  return crypto.subtle.digest("SHA-256", content as Bytes).then((digest) => new Uint8Array(digest));
}

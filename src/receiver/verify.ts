import { createDecoder } from "../runtime/decode.ts";
import type { Contract, DecodeFailure, DecodeSuccess } from "../runtime/types.ts";
import type { RawDelivery } from "./authenticity/check-signature.ts";
import { type Authenticator, createAuthenticator } from "./credentials/authenticator.ts";
import {
  createDeliverySigner,
  type DeliverySigner,
  type SendableDelivery,
  type SignedDelivery,
} from "./credentials/sign-delivery.ts";
import type { Authentication, NotAuthentic, Secrets } from "./credentials/types.ts";
import type { ReceivableContract } from "./options.ts";
import { withPublicUrl } from "./public-url.ts";
import type { Schemes, VerifyPlainOptions } from "./types.ts";

/** Secrets as every contract may have them; the types of each say which. */
interface AnySecrets {
  readonly secrets?: Secrets;
  readonly schemes?: Schemes;
}

/**
 * Whether a delivery is from its sender. Nothing but its raw bytes will do.
 * @throws TypeError for secrets that are missing, empty, too short or of no scheme
 */
export async function verify(
  contract: Contract,
  delivery: RawDelivery,
  options: AnySecrets & VerifyPlainOptions = {},
): Promise<Authentication> {
  const { publicUrl } = options;
  return authenticatorOf(contract, options)(publicUrl === undefined ? delivery : withPublicUrl(delivery, publicUrl));
}

/** A decoded event with what its signature says, or why there is none. */
export type VerifiedAndDecoded<Decoded = DecodeSuccess | DecodeFailure> =
  | (Extract<Decoded, { readonly ok: true }> & { readonly id: string | null; readonly signedAt: number | null })
  | Extract<Decoded, { readonly ok: false }>
  | (NotAuthentic & { readonly webhook: null });

/** `verify` and `decode` in one; what is not authentic is not looked into. */
export async function verifyAndDecode(
  contract: Contract,
  delivery: RawDelivery,
  options: AnySecrets & VerifyPlainOptions = {},
): Promise<VerifiedAndDecoded> {
  const authentic = await verify(contract, delivery, options);
  if (!authentic.ok) return { ...authentic, webhook: null };
  const decoded = await decoderOf(contract)(delivery);
  const missing = decoded.webhook === null ? null : authentic.missingFor(decoded.webhook);
  if (missing !== null) return { ...missing, webhook: null };
  return decoded.ok ? { ...decoded, id: authentic.id, signedAt: authentic.signedAt } : decoded;
}

/**
 * The sender's side: adds to a delivery what its webhook asks for.
 * @throws TypeError for secrets that are none, and where the webhook cannot be sent with those that are given
 */
export async function sign(
  contract: Contract,
  webhook: string,
  delivery: SendableDelivery,
  options: AnySecrets = {},
): Promise<SignedDelivery> {
  return signerOf(contract, options)(webhook, delivery);
}

/** What is made of the same options once. */
const authenticators = new WeakMap<object, WeakMap<object, Authenticator>>();
const signers = new WeakMap<object, WeakMap<object, DeliverySigner>>();
const decoders = new WeakMap<object, ReturnType<typeof createDecoder>>();

function authenticatorOf(contract: Contract, options: AnySecrets & VerifyPlainOptions): Authenticator {
  return kept(authenticators, contract, options, () => {
    const { secrets, schemes, now } = options;
    const more = now === undefined ? {} : { now };
    return createAuthenticator(contract as unknown as ReceivableContract, secrets, { schemes, ...more });
  });
}

function signerOf(contract: Contract, options: AnySecrets): DeliverySigner {
  return kept(signers, contract, options, () => {
    const { secrets = {}, schemes = {} } = options;
    return createDeliverySigner(contract as unknown as ReceivableContract, secrets, { schemes });
  });
}

function decoderOf(contract: Contract): ReturnType<typeof createDecoder> {
  let decoder = decoders.get(contract);
  if (decoder === undefined) {
    decoder = createDecoder(contract as unknown as ReceivableContract);
    decoders.set(contract, decoder);
  }
  return decoder;
}

function kept<T>(all: WeakMap<object, WeakMap<object, T>>, contract: object, options: object, make: () => T): T {
  const ofContract = all.get(contract) ?? new WeakMap<object, T>();
  all.set(contract, ofContract);
  const known = ofContract.get(options) ?? make();
  ofContract.set(options, known);
  return known;
}

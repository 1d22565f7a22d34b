import { createEagerDecoder } from "../runtime/decode.ts";
import type { Contract } from "../runtime/types.ts";
import type { RawDelivery } from "./authenticity/types.ts";
import type { Authenticator } from "./credentials/authenticator.ts";
import { planSecurity } from "./credentials/plan-security.ts";
import type { DeliverySigner } from "./credentials/sign-delivery.ts";
import type { Authentication, Secrets, SendableDelivery, SignedDelivery } from "./credentials/types.ts";
import type { ReceivableContract } from "./options.ts";
import { withPublicUrl } from "./public-url.ts";
import type { Schemes, VerifiedAndDecoded, VerifyPlainOptions } from "./types.ts";

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
  const authenticate = await authenticatorFor(contract, options);
  return authenticate(publicUrl === undefined ? delivery : withPublicUrl(delivery, publicUrl));
}

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
  const signDelivery = await signerOf(contract, options);
  return signDelivery(webhook, delivery);
}

/** What is made of the same options once. */
const authenticators = new WeakMap<object, WeakMap<object, Promise<Authenticator>>>();
const signers = new WeakMap<object, WeakMap<object, Promise<DeliverySigner>>>();
const decoders = new WeakMap<object, ReturnType<typeof createEagerDecoder>>();

function authenticatorFor(contract: Contract, options: AnySecrets & VerifyPlainOptions): Promise<Authenticator> {
  return kept(authenticators, contract, options, async () => {
    const { secrets = {}, schemes, now } = options;
    const plan = planSecurity(contract as unknown as ReceivableContract, secrets, schemes);
    const { authenticatorOf } = await import("./load-receiver.ts");
    return authenticatorOf(plan, now === undefined ? {} : { now });
  });
}

function signerOf(contract: Contract, options: AnySecrets): Promise<DeliverySigner> {
  return kept(signers, contract, options, async () => {
    // Receivers, who are many, load nothing that only senders need.
    const { createDeliverySigner } = await import("./credentials/sign-delivery.ts");
    const { secrets = {}, schemes = {} } = options;
    return createDeliverySigner(contract as unknown as ReceivableContract, secrets, { schemes });
  });
}

function decoderOf(contract: Contract): ReturnType<typeof createEagerDecoder> {
  let decoder = decoders.get(contract);
  if (decoder === undefined) {
    decoder = createEagerDecoder(contract as unknown as ReceivableContract);
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

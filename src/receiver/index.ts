/**
 * The parts a receiver or a sender is built from, for contracts that are known only at run time. Generated code brings
 * them bound to its contract: import that where there is one.
 */
export {
  type ContractDefinition,
  createDecoder,
  createEncoder,
  type Decoded,
  InvalidEventError,
  type WebhookDefinition,
} from "../runtime/index.ts";
export type * from "../runtime/types.ts";
export type {
  RawDelivery,
  SignatureVerifier,
  Verification,
  VerificationFailure,
  VerifierOptions,
} from "./authenticity/check-signature.ts";
export type { SignatureDeclaration } from "./authenticity/declaration.ts";
export { completeRecipe } from "./authenticity/declaration.ts";
export type { PresetName } from "./authenticity/presets.ts";
export { presets } from "./authenticity/presets.ts";
export type { SignatureRecipe } from "./authenticity/recipe.ts";
export { createSigner } from "./authenticity/sign.ts";
export { createVerifier } from "./authenticity/verify-signature.ts";
export type { Signer, UnsignedDelivery } from "./authenticity/write-signature.ts";
export { createReceiver, type ReceiverOptions } from "./create-receiver.ts";
export { type Authenticator, type AuthenticatorOptions, createAuthenticator } from "./credentials/authenticator.ts";
export { completeSecurity, type DeclaredScheme } from "./credentials/complete-security.ts";
export { describeScheme, kindOf, type SchemeKind } from "./credentials/schemes.ts";
export {
  createDeliverySigner,
  type DeliverySigner,
  type SendableDelivery,
  type SignedDelivery,
} from "./credentials/sign-delivery.ts";
export type * from "./credentials/types.ts";
export { createMemoryStore, type MemoryStoreOptions } from "./memory-store.ts";
export type * from "./types.ts";
export { sign, type VerifiedAndDecoded, verify, verifyAndDecode } from "./verify.ts";

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
export type { SignatureVerifier, VerifierOptions } from "./authenticity/check-signature.ts";
export { completeRecipe, type SignatureDeclaration } from "./authenticity/declaration.ts";
export { type PresetName, presets } from "./authenticity/presets.ts";
export type * from "./authenticity/recipe.ts";
export { createSigner } from "./authenticity/sign.ts";
export type * from "./authenticity/types.ts";
export { createVerifier } from "./authenticity/verify-signature.ts";
export type { Signer, UnsignedDelivery } from "./authenticity/write-signature.ts";
export { createReceiver } from "./create-receiver.ts";
export { type Authenticator, type AuthenticatorOptions, createAuthenticator } from "./credentials/authenticator.ts";
export { completeSecurity, type DeclaredScheme } from "./credentials/complete-security.ts";
export { describeScheme, kindOf, type SchemeKind } from "./credentials/schemes.ts";
export { createDeliverySigner, type DeliverySigner } from "./credentials/sign-delivery.ts";
export type * from "./credentials/types.ts";
export { createMemoryStore } from "./memory-store.ts";
export type * from "./types.ts";
export { sign, verify, verifyAndDecode } from "./verify.ts";

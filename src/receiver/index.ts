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
export type { SignatureDeclaration } from "./authenticity/declaration.ts";
export type { PresetName } from "./authenticity/presets.ts";
export type { SignatureRecipe } from "./authenticity/recipe.ts";
export { createSigner, type Signer, type UnsignedDelivery } from "./authenticity/sign.ts";
export {
  createVerifier,
  type RawDelivery,
  type SignatureVerifier,
  type Verification,
  type VerificationFailure,
  type VerifierOptions,
} from "./authenticity/verify-signature.ts";

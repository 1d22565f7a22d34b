/** What contract tests with Pact build on. */

export { createPactKit, type PactKit, type PactKitOptions, type PactTest } from "./kit/create-kit.ts";
export type { ContractSource } from "./kit/load-contract-file.ts";
export { InteractionFailure, type InteractionResult } from "./kit/run-interaction.ts";
export type { FetchHandler } from "./kit/server.ts";
export { PactConflict } from "./merge.ts";
export { PactMissingError } from "./native/load-pact.ts";
export { VerifierFailure } from "./native/run-verifier.ts";
export type * from "./pact-file.ts";
export { BrokerFailure, type BrokerOptions } from "./provider/broker.ts";
export {
  type ProduceRequest,
  type Producer,
  type Producers,
  type WithHeaders,
  withHeaders,
} from "./provider/producers.ts";
export {
  type InteractionVerification,
  type ProblemCode,
  type ProviderVerification,
  type VerificationProblem,
  verificationJunit,
  verificationText,
} from "./provider/results.ts";
export { type VerifyProviderOptions, verifyProvider } from "./provider/verify-provider.ts";
export { type PactRole, toPactRole, toWebhookRole, type WebhookRole } from "./roles.ts";

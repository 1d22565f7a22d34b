/** What contract tests with Pact build on. */

export { createPactKit, type PactKit, type PactKitOptions, type PactTest } from "./kit/create-kit.ts";
export type { ContractSource } from "./kit/load-contract-file.ts";
export { InteractionFailure, type InteractionResult } from "./kit/run-interaction.ts";
export type { FetchHandler } from "./kit/server.ts";
export { PactConflict } from "./merge.ts";
export { PactMissingError } from "./native/load-pact.ts";
export type * from "./pact-file.ts";
export { type PactRole, toPactRole, toWebhookRole, type WebhookRole } from "./roles.ts";

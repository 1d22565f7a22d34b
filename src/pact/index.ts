/** What contract tests with Pact build on. */
export type * from "./pact-file.ts";
export { type PactRole, toPactRole, toWebhookRole, type WebhookRole } from "./roles.ts";

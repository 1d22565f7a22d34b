/** What contract tests with Pact build on. */
export { type PactRole, toPactRole, toWebhookRole, type WebhookRole } from "./roles.ts";

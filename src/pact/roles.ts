/** The two sides of a webhook, in this toolkit's words. */
export type WebhookRole = "sender" | "receiver";

/** The two sides of a contract test, in Pact's words. */
export type PactRole = "provider" | "consumer";

/**
 * A webhook is a message to Pact: who reads it is the consumer, though it is the one that serves HTTP. This is the only
 * place that translates.
 * @see https://docs.pact.io/getting_started/how_pact_works#non-http-testing-message-pact
 */
export function toPactRole(role: WebhookRole): PactRole {
  return role === "receiver" ? "consumer" : "provider";
}

export function toWebhookRole(role: PactRole): WebhookRole {
  return role === "consumer" ? "receiver" : "sender";
}

import type { SignatureRecipe } from "./recipe.ts";

/**
 * Ways of signing that are well known by their vendor's name.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @see https://docs.svix.com/receiving/verifying-payloads/how-manual
 * @see https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 * @see https://docs.stripe.com/webhooks#verify-manually
 * @see https://api.slack.com/authentication/verifying-requests-from-slack
 * @see https://shopify.dev/docs/apps/build/webhooks/subscribe/https
 * @see https://www.twilio.com/docs/usage/security#validating-requests
 * @see https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events
 * @see https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures
 */
export const presets = {
  "standard-webhooks": {
    header: "webhook-signature",
    algorithm: "hmac-sha256",
    encoding: "base64",
    format: "v1,{signature}",
    separator: " ",
    signedContent: "{id}.{timestamp}.{body}",
    timestampHeader: "webhook-timestamp",
    idHeader: "webhook-id",
    secretEncoding: "base64",
    secretPrefix: "whsec_",
  },
  svix: {
    header: "svix-signature",
    algorithm: "hmac-sha256",
    encoding: "base64",
    format: "v1,{signature}",
    separator: " ",
    signedContent: "{id}.{timestamp}.{body}",
    timestampHeader: "svix-timestamp",
    idHeader: "svix-id",
    secretEncoding: "base64",
    secretPrefix: "whsec_",
  },
  github: {
    header: "x-hub-signature-256",
    algorithm: "hmac-sha256",
    encoding: "hex",
    format: "sha256={signature}",
    idHeader: "x-github-delivery",
  },
  stripe: {
    header: "stripe-signature",
    algorithm: "hmac-sha256",
    encoding: "hex",
    format: "t={timestamp},v1={signature}",
    separator: ",",
    signedContent: "{timestamp}.{body}",
  },
  slack: {
    header: "x-slack-signature",
    algorithm: "hmac-sha256",
    encoding: "hex",
    format: "v0={signature}",
    signedContent: "v0:{timestamp}:{body}",
    timestampHeader: "x-slack-request-timestamp",
  },
  shopify: {
    header: "x-shopify-hmac-sha256",
    algorithm: "hmac-sha256",
    encoding: "base64",
    idHeader: "x-shopify-webhook-id",
  },
  twilio: {
    header: "x-twilio-signature",
    algorithm: "hmac-sha1",
    encoding: "base64",
    signedContent: "{url}{form}",
    bodyHashParameter: "bodySHA256",
  },
  zoom: {
    header: "x-zm-signature",
    algorithm: "hmac-sha256",
    encoding: "hex",
    format: "v0={signature}",
    signedContent: "v0:{timestamp}:{body}",
    timestampHeader: "x-zm-request-timestamp",
  },
  adyen: {
    header: "hmacsignature",
    algorithm: "hmac-sha256",
    encoding: "base64",
    secretEncoding: "hex",
  },
} as const satisfies Record<string, Partial<SignatureRecipe>>;

export type PresetName = keyof typeof presets;

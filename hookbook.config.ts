import { defineConfig } from "./src/index.ts";

export default defineConfig({
  documents: [
    "specs/bandwidth-webrtc/openapi.yaml",
    "specs/conference/openapi.yaml",
    "specs/bandwidth-voice-messaging/asyncapi.yaml",
  ],
  role: "sender",
  docs: {
    title: "Hookbook",
    guides: "docs",
    guidesAddress: "https://github.com/hookbook/hookbook/blob/main/docs/",
    guidesFirst: [
      "getting-started",
      "write-a-good-webhook-document",
      "payloads",
      "generated-code",
      "receive",
      "choose-a-policy",
      "try-your-receiver",
      "test-your-consumer",
      "verify-your-provider",
      "when-the-vendor-does-not-know-pact",
      "pact-results",
      "compatibility",
      "check-compatibility-in-ci",
      "cli",
      "cli-reference",
      "configuration",
      "vocabulary",
      "publish-docs",
      "export",
      "templates",
    ],
    commands: true,
  },
});

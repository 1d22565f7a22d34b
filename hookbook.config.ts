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
      "payloads",
      "write-a-good-webhook-document",
      "vocabulary",
      "generated-code",
      "configuration",
      "cli",
    ],
    commands: true,
  },
});

import { test } from "vitest";
import { createPresenceBoard } from "../../../examples/presence-board/presence-board.ts";
import { createPactKit } from "../../../src/pact/index.ts";

const token = "a token of the contract tests";
const kit = createPactKit({
  contract: "generated/bandwidth-webrtc/contract.json",
  consumer: "presence-board",
  receiver: createPresenceBoard({ token }).receive,
  // The callback URL is our own to choose, and so is what protects it.
  schemes: { callbackUrl: { type: "apiKey", in: "query", name: "token" } },
  secrets: { callbackUrl: token },
  dir: "generated/pacts",
});

for (const event of kit.interactions()) test(event.description, () => event.run());

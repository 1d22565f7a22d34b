import { test } from "vitest";
import { createCallLog } from "../../../examples/call-log/call-log.ts";
import { createPactKit } from "../../../src/pact/index.ts";

const basic = { username: "log", password: "a password of the contract tests" };
const kit = createPactKit({
  contract: "generated/bandwidth-voice-messaging/contract.json",
  consumer: "call-log",
  receiver: createCallLog(basic).receive,
  secrets: { basic },
  dir: "generated/pacts",
});

for (const event of kit.interactions()) test(event.description, () => event.run());

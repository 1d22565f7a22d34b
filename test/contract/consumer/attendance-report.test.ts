import { test } from "vitest";
import { createAttendance } from "../../../examples/attendance-report/attendance.ts";
import { createPactKit } from "../../../src/pact/index.ts";

const secrets = { signingToken: "a token of the contract tests" };
const kit = createPactKit({
  contract: "generated/conference/contract.json",
  consumer: "attendance-report",
  receiver: createAttendance(secrets).receive,
  secrets,
  dir: "generated/pacts",
});

for (const event of kit.interactions()) test(event.description, () => event.run());

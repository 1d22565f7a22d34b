/**
 * The vendors run no contract tests of ours: what they publish has to be what the consumers expect. The pacts are those of the
 * broker where the environment names one.
 */
import { expect, test } from "vitest";
import { verificationText, verifyProvider } from "../../../src/pact/index.ts";

const from = process.env["PACT_BROKER_BASE_URL"] ? { broker: {} } : { pacts: "generated/pacts" };

test.each(["conference", "bandwidth-voice-messaging", "bandwidth-webrtc"])("%s", async (id) => {
  const verification = await verifyProvider(`generated/${id}/contract.json`, {
    ...from,
    produce: { examples: true },
  });
  console.log(verificationText(verification));
  expect(verification.ok, verificationText(verification)).toBe(true);
});

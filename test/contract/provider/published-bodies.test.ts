/** The vendors run no contract tests of ours: what they publish has to be what the consumers expect. */
import { expect, test } from "vitest";
import { verificationText, verifyProvider } from "../../../src/pact/index.ts";

test.each(["conference", "bandwidth-voice-messaging", "bandwidth-webrtc"])("%s", async (id) => {
  const verification = await verifyProvider(`generated/${id}/contract.json`, {
    pacts: "generated/pacts",
    produce: { examples: true },
  });
  console.log(verificationText(verification));
  expect(verification.ok, verificationText(verification)).toBe(true);
});

/**
 * The vendors run no contract tests of ours: what their documents publish has to be what the consumers expect. The pacts are those
 * of the broker where the environment names one.
 */
import { expect, test } from "vitest";
import { loadContract } from "../../../src/index.ts";
import { verificationText, verifyProvider } from "../../../src/pact/index.ts";
import { withReferences } from "../../../src/pact/static.ts";

const from = process.env["PACT_BROKER_BASE_URL"] ? { broker: {} } : { pacts: "generated/pacts" };

test.each([
  "specs/conference/openapi.yaml",
  "specs/bandwidth-voice-messaging/asyncapi.yaml",
  "specs/bandwidth-webrtc/openapi.yaml",
])("%s", async (document) => {
  const id = document.split("/")[1] ?? "";
  // The document itself, and not what was generated when it was another.
  const { value, diagnostics } = await loadContract(document, { cwd: process.cwd(), id });
  if (value === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const verification = await verifyProvider(withReferences(value), { ...from, produce: { examples: true } });
  console.log(verificationText(verification));
  expect(verification.ok, verificationText(verification)).toBe(true);
  // Each of these events has a published body.
  expect(verification.summary.unproven).toBe(0);
});

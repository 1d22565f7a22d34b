/**
 * `npm run contract:check`: whether each pact under `generated/pacts/` expects only what its document promises, and whether every
 * event is in one. Needs no native part of Pact.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const PACTS = "generated/pacts";
const documents: Readonly<Record<string, string>> = {
  conference: "specs/conference/openapi.yaml",
  "bandwidth-voice-messaging": "specs/bandwidth-voice-messaging/asyncapi.yaml",
  "bandwidth-webrtc": "specs/bandwidth-webrtc/openapi.yaml",
};

let failed = 0;
for (const [contract, document] of Object.entries(documents)) {
  const pacts = readdirSync(PACTS)
    .filter((file) => file.endsWith(`-${contract}.json`))
    .map((file) => join(PACTS, file));
  hookbook("pact", "check", document, ...pacts);
  hookbook("pact", "coverage", document, ...pacts, "--min", "100");
}
process.exitCode = failed === 0 ? 0 : 1;

function hookbook(...args: readonly string[]): void {
  console.log(`\n$ hookbook ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, ["scripts/hookbook.mjs", ...args], { stdio: "inherit" });
  if (status !== 0) failed++;
}

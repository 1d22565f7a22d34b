import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../src/cli/context.ts";
import { runProgram } from "../src/cli/program.ts";

const PACTS = "generated/pacts";
const DOCUMENTS: Readonly<Record<string, string>> = {
  conference: "specs/conference/openapi.yaml",
  "bandwidth-voice-messaging": "specs/bandwidth-voice-messaging/asyncapi.yaml",
  "bandwidth-webrtc": "specs/bandwidth-webrtc/openapi.yaml",
};

/**
 * Whether each pact under `generated/pacts/` expects only what its document promises, and whether every event is in one. Needs no
 * native part of Pact. All in this process, since starting the command takes longer than what it does.
 * @param print  gets what the commands print
 */
export async function checkPacts(print: (text: string) => void, hasColors: boolean): Promise<boolean> {
  const context: Context = {
    cwd: process.cwd(),
    stdout: print,
    stderr: print,
    readStdin: async () => new Uint8Array(),
    colors: { stdout: hasColors, stderr: hasColors },
    interactive: false,
    env: process.env,
    now: () => new Date(),
    signal: new AbortController().signal,
  };
  let isRight = true;
  const hookbook = async (...args: readonly string[]) => {
    print(`\n$ hookbook ${args.join(" ")}\n`);
    if ((await runProgram(args, context)) !== 0) isRight = false;
  };
  for (const [contract, document] of Object.entries(DOCUMENTS)) {
    const pacts = readdirSync(PACTS)
      .filter((file) => file.endsWith(`-${contract}.json`))
      .map((file) => join(PACTS, file));
    await hookbook("pact", "check", document, ...pacts);
    await hookbook("pact", "coverage", document, ...pacts, "--min", "100");
  }
  return isRight;
}

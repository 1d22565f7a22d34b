/** `npm run contract` on copies of the repository, each with one thing changed: it is red, and names event, field and file. */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parseDocument } from "yaml";

const folder = mkdtempSync(join(tmpdir(), "hookbook-contract-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COPIED = [
  ..."examples generated scripts specs src test/contract".split(" "),
  ..."hookbook.config.ts package.json tsconfig.json vitest.config.ts".split(" "),
];

interface Change {
  readonly name: string;
  readonly file: string;
  readonly edit: (text: string) => string;
  /** All of these have to be said. */
  readonly want: readonly RegExp[];
}

const changes: readonly Change[] = [
  {
    name: "a handler is removed",
    file: "examples/attendance-report/attendance.ts",
    edit: (text) => replaced(text, "recording_ready: (event) => note(event, event.payload.download_link),", ""),
    want: [
      /FAIL +test\/contract\/consumer\/attendance-report\.test\.ts > recording_ready: /,
      /recording_ready: \S+: no handler of the receiver got it, and the document has it \(openapi\.yaml#\/webhooks\/recording_ready\/post\)/,
    ],
  },
  {
    name: "a field is misspelt in a consumer",
    file: "examples/call-log/call-log.ts",
    edit: (text) =>
      replaced(
        text,
        "hangup: ({ callId, from, to, time, cause }) =>",
        "hangup: ({ callId, from, to, time, casue: cause }: any) =>",
      ),
    want: [
      /hangup: \S+: its handler reads \/casue, which the contract does not know; did you mean "cause"\? \(.*examples\/call-log\/call-log\.ts:\d+:\d+\)/,
    ],
  },
  {
    name: "a field is removed from the document",
    file: "specs/conference/openapi.yaml",
    edit: (text) => {
      const document = parseDocument(text);
      const schema = ["components", "schemas", "RecordingReadyPayload"];
      expect(document.deleteIn([...schema, "properties", "download_link"])).toBe(true);
      document.setIn([...schema, "required"], ["host_id", "conference_id", "recording_id"]);
      return document.toString();
    },
    want: [
      /generated\/pacts\/attendance-report-conference\.json:\d+:\d+ +error +message\.payload\.incompatible +recording_ready: \/payload\/download_link must NOT have additional properties/,
      /the document: specs\/conference\/openapi\.yaml:\d+:\d+ at \/components\/schemas\/RecordingReadyPayload/,
    ],
  },
  {
    name: "a published example's type changes",
    file: "specs/bandwidth-voice-messaging/asyncapi.yaml",
    edit: (text) => {
      const document = parseDocument(text);
      document.setIn(["components", "messages", "hangup", "examples", 0, "payload", "cause"], 16);
      return document.toString();
    },
    want: [
      /failed +call-log ← bandwidth-voice-messaging +hangup: hangup\n/,
      /event-invalid: \/cause must be string \(generated\/pacts\/call-log-bandwidth-voice-messaging\.json#\/interactions\/\d+ and specs\/bandwidth-voice-messaging\/asyncapi\.yaml#\/components\/messages\/hangup\/examples\/0\/payload\)/,
    ],
  },
];

test.concurrent.each(changes)("$name", { timeout: 180_000 }, async ({ name, file, edit, want }) => {
  const copy = join(folder, name.replaceAll(" ", "-"));
  for (const path of COPIED) cpSync(path, join(copy, path), { recursive: true });
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  const text = readFileSync(file, "utf8");
  writeFileSync(join(copy, file), edit(text));
  const { status, output } = await contract(copy);
  expect(status, output).toBe(1);
  for (const pattern of want) expect(output).toMatch(pattern);
});

function replaced(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

async function contract(cwd: string): Promise<{ readonly status: number | null; readonly output: string }> {
  // Of the run around, only its environment's own words are left out.
  const {
    VITEST: _,
    VITEST_WORKER_ID: __,
    VITEST_POOL_ID: ___,
    HOOKBOOK_PACTS: ____,
    PACT_BROKER_BASE_URL: _____,
    ...env
  } = process.env;
  const child = spawn("npm", ["run", "--silent", "contract"], { cwd, env: { ...env, NO_COLOR: "1" } });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const status = await new Promise<number | null>((done) => child.once("close", done));
  return { status, output };
}

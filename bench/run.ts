/**
 * `npm run bench`: prints tables of what was measured in this run, each figure beside its budget, and ends with status 1
 * where one is over. Absolute times depend on the machine; ratios were taken inside one process.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { candidates } from "./candidates.ts";
import { cases } from "./cases.ts";
import { measureDocs } from "./docs.ts";
import { countContractSuite, INTERACTIONS, writePact } from "./pact.ts";
import { measureDiff, measureRest, measureScale } from "./scale.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const REPOSITORY = fileURLToPath(new URL("..", import.meta.url));
const GENERATED = join(REPOSITORY, "generated");

let over = 0;

decodeTable();
coldTable();
generateTable();
sizeTable();
pactTable();
contractTable();
await scaleTables();
await docsTable();
process.exitCode = over === 0 ? 0 : 1;

function decodeTable(): void {
  heading(
    "Bytes to a checked event, in multiples of JSON.parse of the same bytes (best of 61 rounds, one process each)",
  );
  row("case", "candidate", "valid", "invalid", "ns/op valid", "budget");
  for (const { name, ratioMax } of cases) {
    for (const candidate of Object.keys(candidates)) {
      const valid = decodeChild(name, candidate, "valid");
      const invalid = decodeChild(name, candidate, "invalid");
      if (valid === null || invalid === null) continue;
      const ratio = valid.decode / valid.floor;
      const budget = candidate === "hookbook" ? verdict(ratio, ratioMax, `${ratioMax}`) : "";
      row(
        name,
        candidate,
        ratio.toFixed(2),
        (invalid.decode / invalid.floor).toFixed(2),
        valid.decode.toFixed(0),
        budget,
      );
    }
  }
}

function decodeChild(name: string, candidate: string, kind: string): { floor: number; decode: number } | null {
  const result = JSON.parse(child("decode-child.ts", [name, candidate, kind]).stdout);
  if (result.wrong === undefined) return result;
  over++;
  row(name, candidate, `WRONG: ${result.wrong}`);
  return null;
}

function coldTable(): void {
  heading("First event decoded in a fresh process, milliseconds from the import (median of 21)");
  row("contract", "ms", "budget");
  const bodies = {
    "bandwidth-webrtc": readFileSync(join(REPOSITORY, "specs/bandwidth-webrtc/examples/onLeave.json"), "utf8"),
    conference: readFileSync(join(REPOSITORY, "specs/conference/examples/conference_end.json"), "utf8"),
    "bandwidth-voice-messaging": readFileSync(
      join(REPOSITORY, "specs/bandwidth-voice-messaging/examples/hangup.json"),
      "utf8",
    ),
  };
  const time = (index: string, body: string) =>
    median(Array.from({ length: 21 }, () => Number(child("cold-child.ts", [index, body]).stdout)));
  const folder = mkdtempSync(join(tmpdir(), "hookbook-bench-"));
  try {
    row("(empty modules)", time(writeEmptyModules(folder), "").toFixed(2));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const [contract, body] of Object.entries(bodies)) {
    const milliseconds = time(join(GENERATED, contract, "index.js"), body);
    row(contract, milliseconds.toFixed(2), verdict(milliseconds, 3, "3"));
  }
}

/** What any code of this shape waits for on this machine: an index, its runtime, and one validator that is loaded later. */
function writeEmptyModules(folder: string): string {
  const index = join(folder, "contract", "index.js");
  for (const [path, text] of [
    ["contract/package.json", '{ "type": "module" }'],
    [
      "contract/index.js",
      'import "../runtime/index.js";\nexport const decode = () => import("./validators/event.js");\n',
    ],
    ["contract/validators/event.js", "export const ok = true;\n"],
    ["runtime/package.json", '{ "type": "module" }'],
    ["runtime/index.js", "export {};\n"],
  ] as const) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return index;
}

function generateTable(): void {
  heading("hookbook generate of the three contracts, whole process (median of 5)");
  row("run", "s", "budget", "peak MB", "budget");
  const out = mkdtempSync(join(tmpdir(), "hookbook-bench-"));
  try {
    const cold = Array.from({ length: 5 }, () => {
      rmSync(out, { recursive: true, force: true });
      return generate(out);
    });
    const again = Array.from({ length: 5 }, () => generate(out));
    for (const [name, runs, budget] of [
      ["from cold", cold, 4],
      ["nothing changed", again, 1],
    ] as const) {
      const seconds = median(runs.map((run) => run.seconds));
      const megabytes = Math.max(...runs.map((run) => run.peakBytes)) / 1e6;
      row(
        name,
        seconds.toFixed(2),
        verdict(seconds, budget, `${budget}`),
        megabytes.toFixed(0),
        verdict(megabytes, 300, "300"),
      );
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function generate(out: string): { seconds: number; peakBytes: number } {
  const start = performance.now();
  // The peak in bytes, and the CPU seconds.
  const { peak } = child("generate-child.ts", ["generate", "--out", out]);
  return { seconds: (performance.now() - start) / 1000, peakBytes: Number(peak.split(" ")[0]) };
}

function sizeTable(): void {
  heading("Validators of all three contracts, each file by itself");
  row("files", "KB raw", "KB gzipped", "budget");
  const files =
    cases.length === 0 ? [] : contracts().flatMap((contract) => javascriptOf(join(GENERATED, contract, "validators")));
  const raw = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000;
  const zipped = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) / 1000;
  row(String(files.length), raw.toFixed(0), zipped.toFixed(1), verdict(zipped, 60, "60"));
}

function pactTable(): void {
  heading("hookbook pact check, whole process (median of 5)");
  row("interactions", "s", "budget");
  const folder = mkdtempSync(join(tmpdir(), "hookbook-bench-"));
  try {
    const file = join(folder, "pact.json");
    writePact(join(REPOSITORY, "specs"), file);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      child("generate-child.ts", ["pact", "check", "specs/conference/openapi.yaml", file, "--format", "junit"]);
      return (performance.now() - start) / 1000;
    });
    row(String(INTERACTIONS), median(times).toFixed(2), verdict(median(times), 2, "2"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function contractTable(): void {
  heading("Contract tests (median of 5; of the whole suite, 3)");
  row("what", "interactions", "measured", "budget");
  for (const [what, budget] of [
    ["write", 3],
    ["verify", 15],
  ] as const) {
    const runs = Array.from({ length: 5 }, () => JSON.parse(child("pact-child.ts", [what]).stdout));
    const milliseconds = median(runs.map((run) => run.milliseconds));
    row(what, String(runs[0].count), `${milliseconds.toFixed(2)} ms each`, verdict(milliseconds, budget, `${budget}`));
  }
  const count = countContractSuite(GENERATED);
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    const { status, stdout } = spawnSync("npm", ["run", "--silent", "contract"], {
      cwd: REPOSITORY,
      encoding: "utf8",
      env: { ...process.env, HOOKBOOK_PACTS: "check" },
    });
    if (status !== 0) throw new Error(`npm run contract failed:\n${stdout}`);
    return (performance.now() - start) / 1000;
  });
  row("npm run contract", String(count), `${median(times).toFixed(1)} s`, verdict(median(times), 20, "20 s, of ≥ 150"));
  if (count < 150) over++;
}

async function scaleTables(): Promise<void> {
  heading("GitHub's webhooks (@octokit/openapi-webhooks): the first 30 and 90, and all");
  row("webhooks", "list s", "cold s", "unchanged s", "peak MB", "raw KB", "KB gzipped", "cold ms/webhook");
  const runs = measureScale([30, 90, 261]);
  for (const { webhooks, list, cold, again, rawBytes, zippedBytes } of runs) {
    const seconds = [list, cold, again].map((run) => run.seconds.toFixed(2));
    const sizes = [cold.peakBytes / 1e6, rawBytes / 1e3, zippedBytes / 1e3].map((size) => size.toFixed(0));
    row(String(webhooks), ...seconds, ...sizes, ((1000 * cold.seconds) / webhooks).toFixed(0));
  }
  const all = runs.at(-1);
  if (all === undefined) return;
  const { typesSeconds, firstEvent, payloads, differing } = await measureRest();
  heading("All of GitHub's webhooks");
  row("what", "measured", "budget");
  const peak = Math.max(all.list.peakBytes, all.cold.peakBytes, all.again.peakBytes) / 1e9;
  for (const [what, value, most] of [
    ["list s", all.list.seconds, 2.5],
    ["generate s", all.cold.seconds, 20],
    ["unchanged s", all.again.seconds, 2.5],
    ["peak GB", peak, 1.2],
    ["validators MB", all.rawBytes / 1e6, 8],
    ["MB gzipped, one archive", all.archiveBytes / 1e6, 0.7],
    ["types.ts s", typesSeconds, 4],
    ["first event ms", median(firstEvent), 25],
  ] as const) {
    row(what, value.toFixed(2), verdict(value, most, String(most)));
  }
  const { revisions, products, small, parts } = measureDiff();
  for (const [what, { seconds, peakBytes }, most] of [
    ["diff, two revisions", revisions, 4],
    ["diff, two products", products, 4],
    ["diff, three events", small, 1],
  ] as const) {
    row(`${what}, s`, seconds.toFixed(2), verdict(seconds, most, String(most)));
    row(`${what}, MB`, (peakBytes / 1e6).toFixed(0), verdict(peakBytes / 1e6, 800, "800"));
  }
  // CPU time beyond that of three events, for each of so many: it must not grow with their number.
  const perWebhook = parts.map(({ webhooks, run }) => (1000 * (run.cpuSeconds - small.cpuSeconds)) / webhooks);
  for (const [index, { webhooks }] of parts.entries())
    row(`diff, ms/webhook of ${webhooks}`, (perWebhook[index] ?? 0).toFixed(1), "");
  const growth = (perWebhook.at(-1) ?? 0) / Math.max(0.1, perWebhook.at(-2) ?? 0);
  row("diff, growth per webhook", growth.toFixed(2), verdict(growth, 1.5, "1.5"));
  row("payloads", String(payloads), verdict(differing.length, 0, `0 differ from AJV, ${differing.length} do`));
  for (const line of differing) row("", line);
}

async function docsTable(): Promise<void> {
  heading("hookbook docs, whole process, and its pages in headless Chromium");
  row("what", "measured", "budget");
  for (const [what, value, most, digits] of await measureDocs()) {
    row(what, value.toFixed(digits), verdict(value, most, String(most)));
  }
}

function contracts(): string[] {
  return readdirSync(GENERATED).filter((name) => readdirSync(join(GENERATED, name)).includes("validators"));
}

function javascriptOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(folder, name));
}

function child(script: string, args: readonly string[]): { stdout: string; peak: string } {
  const { status, stdout, stderr, output } = spawnSync(process.execPath, [join(HERE, script), ...args], {
    cwd: REPOSITORY,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  if (status !== 0) throw new Error(`${script} ${args.slice(0, 2).join(" ")} failed:\n${stderr}`);
  return { stdout, peak: output[3] ?? "" };
}

function verdict(value: number, most: number, text: string): string {
  if (value <= most) return `≤ ${text}`;
  over++;
  return `OVER ${text}`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function heading(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

function row(...cells: readonly string[]): void {
  process.stdout.write(
    `  ${cells
      .map((cell) => cell.padEnd(18))
      .join("")
      .trimEnd()}\n`,
  );
}

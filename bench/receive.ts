/**
 * `node bench/receive.ts`: requests a second over loopback, verified and validated, beside what people write by hand and the
 * libraries of the field, each set up as its README says. Servers and sender are processes of their own; rounds alternate, so
 * that a noisy machine is noisy for all, and ratios to the bare server of the same rounds are what to trust.
 * `--memory` sends a million deliveries, each with an id of its own, to one receiver and prints how much memory it has on the way.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROUNDS = Number(process.env["ROUNDS"] ?? 5);
const SECONDS = Number(process.env["SECONDS_EACH"] ?? 3);
/** What Hookbook must reach of the bare server's rate. */
const RATIO_MIN = 0.85;

const ONLY = process.env["CASES"]?.split(",");
const CASES: Readonly<Record<string, readonly string[]>> = {
  webrtc: ["bare", "hookbook"],
  conference: ["bare", "hookbook", "express-standardwebhooks-zod", "fastify-ajv"],
  github: ["bare", "hookbook", "octokit"],
};

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

interface Measured {
  readonly perSecond: number;
  /** Of the server's processor time, microseconds a request: what a busy neighbour changes least. */
  readonly cpu: number;
  readonly p50: number;
  readonly p99: number;
}

if (process.argv.includes("--memory")) await memoryCurve();
else
  for (const [name, servers] of Object.entries(CASES)) {
    if (ONLY?.includes(name) !== false) await measureCase(name, servers);
  }

async function measureCase(name: string, servers: readonly string[]): Promise<void> {
  const rounds = new Map<string, Measured[]>(servers.map((server) => [server, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const server of servers) rounds.get(server)?.push(await measure(name, server));
  }
  const median = (server: string, part: keyof Measured) => middle((rounds.get(server) ?? []).map((one) => one[part]));
  const bare = rounds.get("bare") ?? [];
  process.stdout.write(`\n${name}\n`);
  for (const server of servers) {
    const ratio = middle(
      (rounds.get(server) ?? []).map(({ perSecond }, round) => perSecond / (bare[round]?.perSecond ?? 1)),
    );
    const verdict = server === "hookbook" ? (ratio < RATIO_MIN ? `  under ${RATIO_MIN}` : "  ok") : "";
    const [rate, p50, p99] = [median(server, "perSecond"), median(server, "p50"), median(server, "p99")];
    const [cpu, bareCpu] = [median(server, "cpu"), median("bare", "cpu")];
    process.stdout.write(
      `  ${server.padEnd(30)} ${rate.toFixed(0).padStart(7)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  ${ratio.toFixed(2)} x bare  ${cpu.toFixed(0).padStart(4)} us CPU, ${(bareCpu / cpu).toFixed(2)} x bare${verdict}\n`,
    );
    if (server === "hookbook" && ratio < RATIO_MIN) process.exitCode = 1;
  }
}

async function measure(name: string, server: string): Promise<Measured> {
  const { child, port } = await started(name, server);
  const sender = fork(path("receive-sender.ts"), [name, server, String(port), String(SECONDS)]);
  await message(sender);
  const before = await cpuOf(child);
  const sent = await message<Omit<Measured, "cpu"> & { readonly count: number }>(sender);
  const cpu = ((await cpuOf(child)) - before) / sent.count;
  child.kill();
  return { ...sent, cpu };
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send("cpu");
  const { user, system } = await message<NodeJS.CpuUsage>(child);
  return user + system;
}

async function memoryCurve(): Promise<void> {
  const { child, port } = await started("conference", "hookbook-with-ids");
  for (let sent = 0; sent <= 1_000_000; sent += 100_000) {
    child.send("memory");
    const { rss, heapUsed } = await message<{ rss: number; heapUsed: number }>(child);
    process.stdout.write(
      `${String(sent).padStart(8)}  rss ${(rss / 1e6).toFixed(1)} MB  heap ${(heapUsed / 1e6).toFixed(1)} MB\n`,
    );
    if (sent < 1_000_000) {
      await message(fork(path("receive-sender.ts"), ["conference", "hookbook", String(port), "0", "100000"]));
    }
  }
  child.kill();
}

async function started(name: string, server: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(path("receive-server.ts"), [name, server], { execArgv: ["--expose-gc"] });
  const { port } = await message<{ port: number }>(child);
  return { child, port };
}

function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process ended with ${code}`));
    child.once("message", (value) => {
      child.off("exit", ended);
      resolve(value as T);
    });
    child.once("exit", ended);
  });
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

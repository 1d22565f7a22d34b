/**
 * `node bench/receive.ts`: requests a second over loopback, verified and validated, beside what people write by hand and the
 * libraries of the field, each set up as its README says. Servers and senders are processes of their own, which all run and
 * are asked in turn for moments, so that a noisy machine is noisy for all: ratios to the bare server of the same round are what
 * to trust.
 * `--memory` sends a million deliveries, each with an id of its own, to one receiver and prints how much memory it has on the way;
 * `--memory bare` shows what of it is the server's.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** How often all processes of a case are started anew: what the compiler made of one is not what it makes of the next. */
const STARTS = Number(process.env["STARTS"] ?? 3);
const ROUNDS = Number(process.env["ROUNDS"] ?? 15);
const MILLISECONDS_EACH = 400;
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
  /** Of the sender's: where it is more than the server's, the sender is what is measured. */
  readonly senderCpu: number;
  readonly p50: number;
  readonly p99: number;
}

const memory = process.argv.indexOf("--memory");
if (memory !== -1) await memoryCurve(process.argv[memory + 1] ?? "hookbook-with-ids");
else
  for (const [name, servers] of Object.entries(CASES)) {
    if (ONLY?.includes(name) !== false) await measureCase(name, servers);
  }

async function measureCase(name: string, servers: readonly string[]): Promise<void> {
  const rounds = new Map<string, Measured[]>(servers.map((server) => [server, []]));
  for (let start = 0; start < STARTS; start++) {
    const running: Running[] = [];
    for (const server of servers) running.push(await run(name, server));
    for (let round = 0; round < ROUNDS; round++) {
      for (const one of running) rounds.get(one.server)?.push(await measure(one));
    }
    for (const { child, sender } of running) {
      sender.disconnect();
      child.disconnect();
    }
  }
  const bare = rounds.get("bare") ?? [];
  process.stdout.write(`\n${name}\n`);
  for (const server of servers) {
    const own = rounds.get(server) ?? [];
    const median = (part: keyof Measured) => middle(own.map((one) => one[part]));
    const ratio = middle(own.map(({ perSecond }, round) => perSecond / (bare[round]?.perSecond ?? 1)));
    const cpuRatio = middle(own.map(({ cpu }, round) => (bare[round]?.cpu ?? 1) / cpu));
    const verdict = server === "hookbook" ? (ratio < RATIO_MIN ? `  under ${RATIO_MIN}` : "  ok") : "";
    process.stdout.write(
      `  ${server.padEnd(30)} ${median("perSecond").toFixed(0).padStart(7)}/s  p50 ${median("p50").toFixed(2)} ms  p99 ${median("p99").toFixed(2)} ms  ${ratio.toFixed(2)} x bare  ${median("cpu").toFixed(1).padStart(5)} us CPU, ${cpuRatio.toFixed(2)} x bare; sender ${median("senderCpu").toFixed(1)} us${verdict}\n`,
    );
    if (server === "hookbook" && ratio < RATIO_MIN) process.exitCode = 1;
  }
}

interface Running {
  readonly server: string;
  readonly child: ChildProcess;
  readonly sender: ChildProcess;
}

async function run(name: string, server: string): Promise<Running> {
  const { child, port } = await started(name, server);
  const sender = fork(path("receive-sender.ts"), [name, server, String(port)]);
  await message(sender);
  return { server, child, sender };
}

async function measure({ child, sender }: Running): Promise<Measured> {
  const before = await cpuOf(child);
  sender.send(MILLISECONDS_EACH);
  const sent = await message<Omit<Measured, "cpu"> & { readonly count: number }>(sender);
  return { ...sent, cpu: ((await cpuOf(child)) - before) / sent.count };
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send("cpu");
  const { user, system } = await message<NodeJS.CpuUsage>(child);
  return user + system;
}

async function memoryCurve(server: string): Promise<void> {
  const { child, port } = await started("conference", server);
  for (let sent = 0; sent <= 1_000_000; sent += 100_000) {
    child.send("memory");
    const { rss, heapUsed } = await message<{ rss: number; heapUsed: number }>(child);
    process.stdout.write(
      `${String(sent).padStart(8)}  rss ${(rss / 1e6).toFixed(1)} MB  heap ${(heapUsed / 1e6).toFixed(1)} MB\n`,
    );
    if (sent < 1_000_000) {
      await message(fork(path("receive-sender.ts"), ["conference", "hookbook", String(port), "100000"]));
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

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export interface Execution {
  readonly seconds: number;
  /** Of all its threads: what other work on the machine does not change. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** Runs the command in a process of its own; tells its time, start included, and its peak memory. */
export function execute(cwd: string, args: readonly string[]): Execution {
  const start = performance.now();
  const [peakBytes = Number.NaN, cpuSeconds = Number.NaN] = node(cwd, [path("generate-child.ts"), ...args])
    .peak.split(" ")
    .map(Number);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds, peakBytes };
}

/** Milliseconds from the import of a generated contract to its first decoded event, in a process that did nothing else. */
export function decodedBy(module: string, bodyFile: string): number {
  return Number(node(".", [path("first-event-child.ts"), module, bodyFile]).stdout);
}

export function node(cwd: string, args: readonly string[]): { stdout: string; peak: string } {
  const { status, stdout, stderr, output } = spawnSync(process.execPath, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 1e8,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  if (status !== 0)
    throw new Error(`${args.slice(0, 3).join(" ")} failed:\n${stdout.slice(-2000)}${stderr.slice(-2000)}`);
  return { stdout, peak: output[3] ?? "" };
}

import { fork } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import type { Generator } from "./find-generator.ts";
import type { GeneratorJob, GeneratorOutcome } from "./generator-protocol.ts";

export interface GeneratorRun {
  readonly generator: Generator;
  readonly job: Omit<GeneratorJob, "entry">;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Called with each line that the generator or the template prints. */
  readonly onLine: (line: string) => void;
}

/** Longer than any template needs that writes files; one that waits for something must not hold up CI for ever. */
const SECONDS_MAX = 300;

/** Runs the generator once in a process of its own, which ends with it. */
export async function runGenerator({ generator, job, cwd, signal, onLine }: GeneratorRun): Promise<GeneratorOutcome> {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const child = fork(fileURLToPath(new URL(`./generator-worker.${extension}`, import.meta.url)), {
    cwd,
    env: environment(generator),
    // Not those of this process, which may be debugged or watched.
    execArgv: ["--no-warnings"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const stop = () => child.kill("SIGKILL");
  signal.addEventListener("abort", stop);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, SECONDS_MAX * 1000);
  const lines = [child.stdout, child.stderr].map((stream) => eachLine(stream, onLine));
  try {
    const outcome = new Promise<GeneratorOutcome>((resolve) => {
      child.once("message", (message) => resolve(message as GeneratorOutcome));
      child.once("error", (error) => resolve({ kind: "failed", message: error.message }));
      // A message that was sent before the end arrives before it.
      child.once("close", (code, ended) => resolve({ kind: "failed", message: endOf(code, ended, isLate) }));
    });
    child.send({ ...job, entry: generator.entry }, () => {});
    const result = await outcome;
    await Promise.all(lines);
    return result;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    stop();
  }
}

function endOf(code: number | null, signal: NodeJS.Signals | null, isLate: boolean): string {
  if (isLate) return `it took longer than ${SECONDS_MAX} s`;
  if (signal === "SIGABRT") return "it took too much memory";
  return signal === null ? `it ended its process with the status ${code}` : `it was ended by ${signal}`;
}

function environment({ fallbackModules }: Generator): NodeJS.ProcessEnv {
  const given = process.env["NODE_PATH"];
  const modules = [...(given === undefined || given === "" ? [] : [given]), ...fallbackModules];
  return {
    ...process.env,
    NODE_PATH: modules.join(delimiter),
    // The generator installs what it does not find; it gets no such request, and could not carry it out.
    npm_config_offline: "true",
  };
}

async function eachLine(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): Promise<void> {
  if (stream === null) return;
  let rest = "";
  stream.setEncoding("utf8");
  for await (const chunk of stream) {
    const lines = `${rest}${chunk}`.split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
    // Nobody reads a line of this length.
    if (rest.length > 10_000) rest = rest.slice(0, 10_000);
  }
  if (rest !== "") onLine(rest);
}

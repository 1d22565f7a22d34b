import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface VerifierReport {
  readonly result: boolean;
  readonly interactionResults: readonly VerifiedInteraction[];
  readonly errors: readonly VerifierError[];
  readonly pendingErrors: readonly VerifierError[];
  readonly notices: readonly unknown[];
}

export interface VerifiedInteraction {
  readonly description: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly result: string;
  readonly consumer?: string;
  readonly pending?: boolean;
  readonly mismatch?: VerifierMismatches;
  readonly providerStates?: readonly { readonly name: string; readonly params?: Readonly<Record<string, unknown>> }[];
}

export interface VerifierError {
  readonly interaction: string;
  readonly mismatch: VerifierMismatches;
}

export interface VerifierMismatches {
  readonly type: string;
  readonly message?: string;
  readonly mismatches?: readonly VerifierMismatch[];
}

export interface VerifierMismatch {
  readonly type: string;
  readonly path?: string;
  readonly key?: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly mismatch?: string;
}

export interface VerifierRun {
  /** What Pact's verifier is given, as JSON. */
  readonly options: object;
  readonly timeoutMilliseconds: number;
  /** More of the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gets what Pact prints, which is a lot. */
  readonly onOutput?: (text: string) => void;
}

/** Pact's verifier could not do its work. */
export class VerifierFailure extends Error {
  override readonly name = "VerifierFailure";
}

const IS_SOURCE = import.meta.url.endsWith(".ts");
/** What is kept of the output, to say why there is no result. */
const OUTPUT_MAX = 20_000;

/** @throws VerifierFailure where there is no report: it ran out of time, died, or could not begin */
export function runVerifier({
  options,
  timeoutMilliseconds,
  env = {},
  onOutput,
}: VerifierRun): Promise<VerifierReport> {
  const path = fileURLToPath(new URL(`./verifier-worker.${IS_SOURCE ? "ts" : "js"}`, import.meta.url));
  const child = fork(path, {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Flags of the process that asks, such as a debugger's port, are not for this one.
    execArgv: [],
    env: { ...process.env, ...env, PACT_DO_NOT_TRACK: "true", SCARF_ANALYTICS: "false" },
  });
  let output = "";
  const keep = (chunk: Buffer) => {
    const text = chunk.toString();
    output = (output + text).slice(-OUTPUT_MAX);
    onOutput?.(text);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new VerifierFailure(`Pact's verifier did not end within ${timeoutMilliseconds / 1_000} s.`));
    }, timeoutMilliseconds);
    let answer: { readonly report?: string; readonly problem?: string } | undefined;
    child.once("message", (message) => {
      answer = message as typeof answer;
    });
    child.once("error", (error) => reject(new VerifierFailure(`Pact's verifier did not start: ${error.message}`)));
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (answer?.report !== undefined) resolve(JSON.parse(answer.report) as VerifierReport);
      else reject(new VerifierFailure(answer?.problem ?? died(code, signal, output)));
    });
    child.send(options);
  });
}

function died(code: number | null, signal: string | null, output: string): string {
  const lines = output.trim().split("\n").slice(-5).join("\n");
  return `Pact's verifier ended without a result (${signal ?? `status ${code}`}).${lines === "" ? "" : `\n${lines}`}`;
}

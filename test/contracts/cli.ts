import type { Context, ExitCode } from "../../src/cli/context.ts";
import { runProgram } from "../../src/cli/program.ts";
import type { ValidationError } from "../../src/runtime/types.ts";

interface Ran {
  readonly status: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in a folder, without a process of its own. */
export async function run(cwd: string, args: readonly string[], stdin = ""): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const context: Context = {
    cwd,
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    readStdin: async () => new TextEncoder().encode(stdin),
    colors: { stdout: false, stderr: false },
    interactive: false,
    env: {},
    now: () => new Date(),
    signal: new AbortController().signal,
  };
  return { status: await runProgram(args, context), stdout, stderr };
}

/** What `validate --format json` prints. */
export interface ValidateJson {
  readonly results: readonly {
    readonly file: string;
    readonly line?: number;
    readonly webhook: string | null;
    readonly valid: boolean;
    readonly errors: readonly ValidationError[];
  }[];
  readonly summary: { readonly valid: number; readonly invalid: number; readonly unknown: number };
}

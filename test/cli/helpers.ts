import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { onTestFinished } from "vitest";
import type { Context, ExitCode } from "../../src/cli/context.ts";
import { runProgram } from "../../src/cli/program.ts";

export interface Ran {
  readonly status: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Files as values or as text, by path. */
export type Files = Readonly<Record<string, unknown>>;

/** A folder with these files, which goes when the test ends. */
export function project(files: Files = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "hookbook-cli-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  put(folder, files);
  return folder;
}

export function put(folder: string, files: Files): void {
  for (const [path, value] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof value === "string" ? value : JSON.stringify(value));
  }
}

/** Every file below a folder with its text. */
export function tree(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(folder, file).replaceAll("\\", "/"), readFileSync(file, "utf8")]),
  );
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  readonly signal?: AbortSignal;
  readonly onStderr?: (text: string) => void;
  readonly now?: Date;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs one command line in this process, its output captured. */
export async function run(cwd: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { stdin = "", signal = new AbortController().signal, onStderr, now, env = {} } = options;
  let stdout = "";
  let stderr = "";
  const context: Context = {
    cwd,
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
      onStderr?.(text);
    },
    readStdin: async () => (typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin),
    colors: { stdout: false, stderr: false },
    interactive: false,
    env,
    now: () => now ?? new Date(),
    signal,
  };
  const status = await runProgram(args, context);
  return { status, stdout, stderr };
}

/** An OpenAPI document of webhooks by name and payload schema. */
export function openapi(payloads: Readonly<Record<string, unknown>>, rest: object = {}): object {
  const webhooks = Object.fromEntries(
    Object.entries(payloads).map(([name, schema]) => [
      name,
      {
        post: {
          summary: name,
          requestBody: { content: { "application/json": { schema } } },
          responses: { 200: { description: "Ok" } },
        },
      },
    ]),
  );
  return { openapi: "3.1.0", info: { title: "Orders", version: "1.0.0" }, webhooks, ...rest };
}

export const event = (type: string, properties: object = {}, rest: object = {}) => ({
  type: "object",
  required: ["type"],
  properties: { type: { const: type }, ...properties },
  ...rest,
});

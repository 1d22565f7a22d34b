import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished } from "vitest";
import { HOSTILE_MILLISECONDS_MAX } from "../limits.ts";

const CHILD = fileURLToPath(new URL("child.ts", import.meta.url));
/** What a hostile document may cost at most. */
const BYTES_MAX = 1024 ** 3;

export type Files = Readonly<Record<string, unknown>>;

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A new folder `w` to work in, with these files, inside one that nothing may be written to. Both go when the test ends. */
export function workplace(files: Files): { readonly outside: string; readonly folder: string } {
  const outside = realpathSync(mkdtempSync(join(tmpdir(), "hookbook-hostile-")));
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
  const folder = join(outside, "w");
  mkdirSync(folder);
  for (const [path, value] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof value === "string" ? value : JSON.stringify(value));
  }
  return { outside, folder };
}

/**
 * Runs the real command in a process of its own, and holds it to what must be so whatever a document holds: it ends by itself
 * within bounded time and memory, shows no stack trace, sends the terminal nothing to obey, and writes nowhere but to `out`.
 */
export async function hookbook(
  { outside, folder }: { readonly outside: string; readonly folder: string },
  args: readonly string[],
  stdin?: string,
): Promise<Ended> {
  const before = filesIn(outside);
  const { peakBytes, milliseconds, ...ended } = await run(folder, args, stdin);
  // The processor's time and not the clock's, which tells more of what else the machine does.
  expect(milliseconds).toBeLessThan(HOSTILE_MILLISECONDS_MAX);
  expect(peakBytes).toBeLessThan(BYTES_MAX);
  expect(ended.status).not.toBeNull();
  expect(ended.stderr).not.toMatch(/\n\s+at .+:\d+:\d+|hookbook failed|node:internal|\(node:\d+\)/);
  expectPrintable(ended.stdout);
  expectPrintable(ended.stderr);
  const made = filesIn(outside).filter((file) => !before.includes(file));
  expect(made.filter((file) => file !== "w/out" && !file.startsWith("w/out/"))).toEqual([]);
  return ended;
}

function run(
  cwd: string,
  args: readonly string[],
  stdin?: string,
): Promise<Ended & { readonly peakBytes: number; readonly milliseconds: number }> {
  const child = spawn(process.execPath, [CHILD, ...args], { cwd, stdio: ["pipe", "pipe", "pipe", "pipe"] });
  child.stdin?.end(stdin ?? "");
  const chunks: Buffer[][] = [[], [], [], []];
  for (const [index, stream] of child.stdio.entries()) {
    if (index > 0) stream?.on("data", (chunk: Buffer) => chunks[index]?.push(chunk));
  }
  // The guard against a hang ends the process, so that none is left behind.
  const timer = setTimeout(() => child.kill("SIGKILL"), 2.5 * HOSTILE_MILLISECONDS_MAX);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      clearTimeout(timer);
      const [, stdout = "", stderr = "", used = ""] = chunks.map((all) => Buffer.concat(all).toString("utf8"));
      // A process that was ended from outside tells nothing, and did not end by itself.
      const { peakBytes, milliseconds } = JSON.parse(used || '{"peakBytes":null,"milliseconds":null}');
      resolve({ status, stdout, stderr, peakBytes: peakBytes ?? Infinity, milliseconds: milliseconds ?? Infinity });
    });
  });
}

/** Every file, folder and link below a folder; links are not followed. */
function filesIn(folder: string, below = ""): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? [path, ...filesIn(folder, path)] : [path];
  });
}

/** What a terminal obeys instead of printing it, and marks that turn the direction of text. */
function expectPrintable(text: string): void {
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
}

/** A document with one webhook of this payload. */
export function openapi(schema: unknown, rest: object = {}): Record<string, unknown> {
  return {
    openapi: "3.1.0",
    info: { title: "Orders", version: "1.0.0" },
    webhooks: { paid: { post: { requestBody: { content: { "application/json": { schema } } } } } },
    ...rest,
  };
}

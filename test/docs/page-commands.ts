/** The commands that pages show, run as readers run them. */
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const repository = join(import.meta.dirname, "../..");

/** The code of the blocks with this label, as it is copied. */
export function codeOf(page: string, label: RegExp): readonly string[] {
  const blocks = [...page.matchAll(/<pre tabindex="0" role="group" aria-label="([^"]*)"><code>([\s\S]*?)<\/code>/g)];
  return blocks.flatMap(([, name = "", markup = ""]) => (label.test(name) ? [textOf(markup)] : []));
}

function textOf(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

/** Serves on a free port as long as it is used. */
export async function withServer<T>(
  answer: (request: Request) => Promise<Response>,
  use: (origin: string) => Promise<T>,
): Promise<T> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const response = await answer(
      new Request(`http://${incoming.headers.host}${incoming.url}`, {
        method: incoming.method ?? "GET",
        headers: Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
        ...(body.length === 0 ? {} : { body }),
      }),
    );
    outgoing.writeHead(response.status).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export interface Shell {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs a `curl` command, its address that of the test's receiver. @returns the status of the answer */
export async function curl(command: string, origin: string, options: Shell = {}): Promise<string> {
  const [status = ""] = await curls([command], origin, options);
  return status;
}

/** The same with several, one after the other in one shell. */
export async function curls(
  commands: readonly string[],
  origin: string,
  options: Shell = {},
): Promise<readonly string[]> {
  const lines = commands.map(
    (command) => `${toOrigin(command, origin)} --silent --output /dev/null --write-out '%{http_code}\\n'`,
  );
  return (await shell(lines.join("\n"), options)).stdout.trimEnd().split("\n");
}

export async function shell(
  line: string,
  { env = {}, cwd = repository }: Shell = {},
): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn("sh", ["-c", line], { cwd, env: { ...process.env, ...env } });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (status) => done({ status, stdout, stderr }));
  });
}

/** A command line for the shell, its receiver that of the test. */
export function toOrigin(command: string, origin: string): string {
  const found = command.split("http://localhost:3000");
  if (found.length !== 2) throw new Error(`The command names ${found.length - 1} receivers: ${command}`);
  return found.join(origin);
}

/** A PATH that has `hookbook`, as after `npm install --global hookbook`. */
export function pathWithHookbook(folder: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const file = join(bin, "hookbook");
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${join(repository, "src/cli/bin.ts")}' "$@"\n`);
  chmodSync(file, 0o755);
  return `${bin}:${process.env["PATH"]}`;
}

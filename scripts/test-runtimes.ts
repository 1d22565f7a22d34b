/**
 * Tests generated code in runtimes that are not Node, each fetched from the registry: Deno, Bun, and Workers (workerd).
 * Deliveries go over a socket into a server of the runtime's own. `npm run test:runtimes`.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { build } from "esbuild";

/** Whole majors: what their users have. */
const RUNTIMES = ["deno@2", "bun@1", "miniflare@4"];
const READY_MILLISECONDS_MAX = 20_000;

const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "hookbook-runtimes-"));
const CHECK = join(root, "test", "runtimes", "receiver-check.js");

/** A server of any runtime that has the Fetch standard: receives at `/hooks`, and says at `/check` what came of it. */
const HANDLER = `
import { check, EXPECTED, makeReceiver } from ${JSON.stringify(CHECK)};
const { receive, handled } = makeReceiver();
export async function answer(request) {
  const url = new URL(request.url);
  if (url.pathname === "/expected") return Response.json(EXPECTED);
  if (url.pathname === "/handled") return Response.json(handled);
  return url.pathname === "/check" ? Response.json(await check((init) => receive(new Request(url, init)))) : receive(request);
}
`;

interface Server {
  readonly url: string;
  readonly close: () => Promise<void> | void;
}

try {
  install();
  await step("Deno", () => served("deno", ["run", "--allow-read", "--allow-net", "--allow-env", "--no-config"]));
  await step("Bun", () => served("bun", ["run"]));
  await step("Workers, without Node's modules", () => worker([]));
  await step("Workers with nodejs_compat", () => worker(["nodejs_compat"]));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function install(): void {
  writeFileSync(join(work, "package.json"), '{ "private": true, "type": "module" }\n');
  const options = ["--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"];
  const { status, stderr } = spawnSync("npm", ["install", ...RUNTIMES, ...options], { cwd: work, encoding: "utf8" });
  if (status !== 0) throw new Error(`The runtimes cannot be fetched.\n${stderr}`);
}

async function step(name: string, start: () => Promise<Server>): Promise<void> {
  const { url, close } = await start();
  try {
    const [found, expected] = await Promise.all(
      ["/check", "/expected"].map(async (path) => (await fetch(url + path)).json()),
    );
    if (!isDeepStrictEqual(found, expected)) {
      throw new Error(`${name}: not what is expected.\n${JSON.stringify({ found, expected }, null, 2)}`);
    }
    const body = JSON.stringify({
      event: "conference_end",
      timestamp: "2026-01-01T00:00:00Z",
      payload: '{"host_id":1,"conference_id":77,"company_id":2}',
    });
    const headers = { "content-type": "application/json", "x-signing-token": "a-signing-token-for-runtimes" };
    const { status } = await fetch(`${url}/hooks`, { method: "POST", headers, body });
    const handled = (await (await fetch(`${url}/handled`)).json()) as number[];
    if (status !== 204 || handled.at(-1) !== 77) {
      throw new Error(`${name}: a delivery over a socket was answered ${status}, handled ${JSON.stringify(handled)}.`);
    }
    process.stdout.write(`- ${name}: ${Object.keys(expected as object).length + 1} deliveries as in Node\n`);
  } finally {
    await close();
  }
}

async function served(runtime: "deno" | "bun", args: readonly string[]): Promise<Server> {
  const port = await freePort();
  const file = join(work, `${runtime}.js`);
  const begin =
    runtime === "deno"
      ? `Deno.serve({ hostname: "127.0.0.1", port: ${port}, onListen() {} }, answer);`
      : `Bun.serve({ hostname: "127.0.0.1", port: ${port}, fetch: answer });`;
  writeFileSync(file, HANDLER + begin);
  const child = spawn(join(work, "node_modules", ".bin", runtime), [...args, file], {
    stdio: ["ignore", "inherit", "inherit"],
    cwd: work,
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child);
  return { url, close: () => void child.kill() };
}

/** One that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + READY_MILLISECONDS_MAX;
  while (Date.now() < end && child.exitCode === null) {
    try {
      await fetch(`${url}/expected`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  child.kill();
  throw new Error(`Nothing answers at ${url}.`);
}

/** As a bundler makes it for a Worker: one module. */
async function worker(compatibilityFlags: readonly string[]): Promise<Server> {
  const { outputFiles } = await build({
    stdin: { contents: `${HANDLER}export default { fetch: answer };`, resolveDir: root },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
  });
  const resolve = createRequire(join(work, "package.json")).resolve("miniflare");
  const { Miniflare } = (await import(pathToFileURL(resolve).href)) as { Miniflare: new (options: object) => Workerd };
  const miniflare = new Miniflare({
    modules: true,
    script: outputFiles[0]?.text,
    compatibilityDate: "2025-06-01",
    compatibilityFlags,
  });
  const { origin } = await miniflare.ready;
  return { url: origin, close: () => miniflare.dispose() };
}

/** The part of Miniflare that is used: it is fetched for this test alone. */
interface Workerd {
  readonly ready: Promise<URL>;
  dispose(): Promise<void>;
}

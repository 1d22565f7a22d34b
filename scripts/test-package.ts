/**
 * Tests the package as its users get it: packs it, installs it into an empty folder and uses it there, on the oldest Node
 * that is supported, on this one, and on those of the PATH. `npm run test:package`.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CONTRACT_TESTS } from "./package-contract-tests.ts";

/** The lower end of `engines` in package.json. */
const OLDEST_NODE = "22.12.0";
/** A Node that is too old, where the machine has none. */
const TOO_OLD_NODE = "20.19.5";
const RUN_MILLISECONDS_MAX = 120_000;

const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "hookbook-package-"));
const app = join(work, "app");
const packageFolder = join(app, "node_modules", "hookbook");
const bin = join(packageFolder, "dist", "cli", "bin.js");

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the package does wrong, in a sentence. */
class Failure extends Error {}

function test(): void {
  const tarball = step("build and pack", pack);
  step("publint", () => must(tool("publint", tarball, "--strict"), "publint has complaints"));
  step("attw (are the types wrong?)", () =>
    must(tool("attw", tarball, "--profile", "esm-only", "--format", "ascii", "--no-emoji"), "attw has complaints"),
  );
  step("install the tarball into an empty folder", () => install(tarball));
  step("declarations compile without @types/node and DOM", typecheck);

  const oldest = step(`get Node ${OLDEST_NODE}`, () => fetchNode(OLDEST_NODE));
  for (const node of differentNodes([oldest, ...nodesOnPath(), process.execPath])) {
    const name = `Node ${versionOf(node)}`;
    step(`${name}: every entry of "exports"`, () => must(run(node, ["entries.mjs"]), "an entry cannot be imported"));
    step(`${name}: the command`, () => useCommand(node));
    step(`${name}: generated code`, () => useGeneratedCode(node));
    step(`${name}: a configuration in TypeScript`, () => useConfiguration(node));
    step(`${name}: generated/ of this repository, byte for byte`, () => compareGenerated(node));
  }
  step("a Node that is too old gets one sentence", refuseOldNode);
  step("contract tests without Pact say what is missing", refuseWithoutPact);
  step("install Pact", installPact);
  for (const node of differentNodes([oldest, process.execPath])) {
    step(`Node ${versionOf(node)}: contract tests, and verifying a provider`, () => runContractTests(node));
  }
}

// Steps

function pack(): string {
  // `prepack` builds.
  const { status, stdout, stderr } = spawn("npm", ["pack", "--pack-destination", work], { cwd: root });
  if (status !== 0) throw new Failure(`npm pack failed.\n${stdout}${stderr}`);
  const file = readdirSync(work).find((name) => name.endsWith(".tgz"));
  if (file === undefined) throw new Failure("npm pack made no tarball.");
  return join(work, file);
}

function install(tarball: string): void {
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), '{ "name": "app", "private": true, "type": "module" }\n');
  const options = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  must(spawn("npm", ["install", tarball, ...options], { cwd: app }), "it cannot be installed");
  for (const [path, text] of Object.entries(files())) {
    mkdirSync(dirname(join(app, path)), { recursive: true });
    writeFileSync(join(app, path), text);
  }
}

function typecheck(): void {
  must(hookbook(process.execPath, "generate"), "generate failed");
  const compiler = join(app, "node_modules", "typescript", "bin", "tsc");
  must(run(process.execPath, [compiler, "-p", "tsconfig.json"]), "TypeScript refuses code that uses the package");
}

function useCommand(node: string): void {
  const help = must(hookbook(node, "--help"), "hookbook --help failed");
  for (const command of ["generate", "list", "validate"]) {
    if (!help.stdout.includes(command)) throw new Failure(`hookbook --help does not name ${command}.`);
  }
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
  equal(must(hookbook(node, "--version"), "hookbook --version failed").stdout.trim(), wanted, "hookbook --version");

  const { stdout } = must(hookbook(node, "list", "--format", "json"), "hookbook list failed");
  const contracts = JSON.parse(stdout) as { contract: string; webhooks: { name: string }[] }[];
  const listed = contracts.map(
    ({ contract, webhooks }) => `${contract}: ${webhooks.map(({ name }) => name).join(" ")}`,
  );
  equal(listed.join("; "), "chat: said; shop: order.paid order.refunded", "hookbook list");

  const valid = hookbook(node, "validate", "specs/shop/openapi.yaml", "paid.json");
  equal(valid.status, 0, "the status of hookbook validate for a valid payload");
  const invalid = hookbook(node, "validate", "specs/shop/openapi.yaml", "wrong.json", "--format", "json");
  equal(invalid.status, 1, "the status of hookbook validate for a wrong payload");
  equal(JSON.parse(invalid.stdout).results[0].errors[0].instancePath, "/amount", "where the payload is wrong");
  const missing = hookbook(node, "validate", "specs/none.yaml", "paid.json");
  equal(missing.status, 2, "the status of hookbook validate for a missing document");
  for (const { stderr } of [valid, invalid, missing]) {
    if (/^ +at .*:\d+:\d+\)?$/m.test(stderr)) throw new Failure(`it printed a stack trace.\n${stderr}`);
  }
}

function useGeneratedCode(node: string): void {
  for (const folder of ["generated", "generated-import"]) {
    rmSync(join(app, folder), { recursive: true, force: true });
    const options = folder === "generated" ? [] : ["--out", folder, "--runtime", "import"];
    const made = must(hookbook(node, "generate", ...options), "hookbook generate failed");
    if (/specification-not-checked/.test(made.stderr)) throw new Failure(`a document went unchecked.\n${made.stderr}`);
    equal(hookbook(node, "generate", "--check", ...options).status, 0, "the status of generate --check afterwards");
    must(run(node, ["use.mjs", folder]), `the code in ${folder} does not do its work`);
  }
}

function useConfiguration(node: string): void {
  rmSync(join(app, "configured", "types"), { recursive: true, force: true });
  const made = spawn(node, [bin, "generate"], { cwd: join(app, "configured") });
  must(made, "hookbook generate failed with a configuration in TypeScript");
  if (!existsSync(join(app, "configured", "types", "shop", "index.js"))) {
    throw new Failure('the "out" of a configuration in TypeScript was not obeyed.');
  }
  equal(readdirSync(join(app, "configured")).sort().join(" "), "hookbook.config.ts shop.yaml types", "what is left");
}

function compareGenerated(node: string): void {
  const copy = join(app, "contracts");
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(root, "specs"), join(copy, "specs"), { recursive: true });
  must(spawn(node, [bin, "generate", "--role", "sender"], { cwd: copy }), "hookbook generate failed");
  const made = filesOf(join(copy, "generated"));
  const committed = filesOf(join(root, "generated"));
  const differing = [...new Set([...made.keys(), ...committed.keys()])]
    .filter((path) => !/^(?:docs|pacts)\//.test(path))
    .filter((path) => made.get(path) !== committed.get(path));
  if (differing.length > 0) {
    throw new Failure(
      `it generates other files than generated/ holds: ${differing.slice(0, 10).join(", ")}.\n  "npm run generate:check" tells whether generated/ is stale; "npm run generate" mends it`,
    );
  }
}

function refuseOldNode(): void {
  const node = nodesOnPath().find((path) => !isSupported(path)) ?? fetchNode(TOO_OLD_NODE);
  const { status, stdout, stderr } = spawn(node, [bin, "list"], { cwd: app });
  equal(status, 2, `the status under Node ${versionOf(node)}`);
  equal(stdout, "", "what it prints to standard output");
  equal(stderr, `hookbook needs Node 22.12 or newer; this is ${versionOf(node)}.\n`, "what it says");
}

function refuseWithoutPact(): void {
  const { status, stderr } = run(process.execPath, ["contract/verify.mjs"]);
  equal(status, 1, "the status of a verification without Pact");
  const sentence =
    'Contract tests need Pact, which is not installed. Run "npm install --save-dev @pact-foundation/pact@17" and try again.';
  if (!stderr.includes(sentence)) throw new Failure(`it does not say that Pact is missing.\n${stderr}`);
}

/** By the range of the package itself. */
function installPact(): void {
  const { peerDependencies } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  const name = "@pact-foundation/pact";
  const options = ["--save-dev", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  must(spawn("npm", ["install", `${name}@${peerDependencies[name]}`, ...options], { cwd: app }), "Pact is no peer");
}

function runContractTests(node: string): void {
  rmSync(join(app, "pacts"), { recursive: true, force: true });
  must(run(node, ["--test", "contract/shop.test.mjs"]), "the kit does not work under node:test");
  const pact = JSON.parse(readFileSync(join(app, "pacts", "billing-shop.json"), "utf8"));
  const { content } = pact.interactions.find((one: { description: string }) =>
    /^order\.paid/.test(one.description),
  ).contents;
  equal(Object.keys(content).sort().join(" "), "amount details type", "what the pact expects of order.paid");
  must(run(node, ["contract/verify.mjs"]), "a provider cannot be verified");
}

// Tools

function step<T>(title: string, work: () => T): T {
  const before = performance.now();
  const value = work();
  print(`- ${title} (${seconds(before)})`);
  return value;
}

function spawn(command: string, args: readonly string[], { cwd }: { readonly cwd: string }): Run {
  // What npm tells its scripts would be taken for settings by the npm that is started here.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|INIT_CWD$)/i.test(name)));
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...env, NO_COLOR: "1" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    // A command that does its work and then does not end is broken too.
    timeout: RUN_MILLISECONDS_MAX,
    killSignal: "SIGKILL",
    shell: process.platform === "win32" && command.startsWith("np"),
  });
  if (error !== undefined) {
    const reason = (error as NodeJS.ErrnoException).code === "ETIMEDOUT" ? "did not end" : `failed: ${error.message}`;
    throw new Failure(`${[command, ...args].join(" ")} ${reason}.\n${stdout ?? ""}${stderr ?? ""}`);
  }
  return { status, stdout, stderr };
}

function run(node: string, args: readonly string[]): Run {
  return spawn(node, args, { cwd: app });
}

function hookbook(node: string, ...args: string[]): Run {
  return run(node, [bin, ...args]);
}

/** A command of this repository's development dependencies. */
function tool(name: string, ...args: string[]): Run {
  return spawn("npx", ["--no-install", name, ...args], { cwd: root });
}

function must(run: Run, problem: string): Run {
  if (run.status !== 0) throw new Failure(`${problem}.\n${run.stdout}${run.stderr}`);
  return run;
}

function equal(found: unknown, wanted: unknown, what: string): void {
  if (found === wanted) return;
  throw new Failure(`${what} should be ${JSON.stringify(wanted)} and is ${JSON.stringify(found)}.`);
}

/** npm's package `node` brings the binary, which npx keeps. */
function fetchNode(version: string): string {
  const args = [
    "-y",
    "--prefer-offline",
    "--loglevel=error",
    "-p",
    `node@${version}`,
    "node",
    "-p",
    "process.execPath",
  ];
  const { stdout } = must(spawn("npx", args, { cwd: work }), `Node ${version} cannot be had from npm`);
  const node = stdout.trim();
  equal(versionOf(node), version, "the version of Node that npx brings");
  return node;
}

function versionOf(node: string): string {
  return spawn(node, ["-p", "process.versions.node"], { cwd: work }).stdout.trim();
}

/** Supported ones, each version once. */
function differentNodes(nodes: readonly string[]): readonly string[] {
  return [...new Map(nodes.filter(isSupported).map((node) => [versionOf(node), node])).values()];
}

function nodesOnPath(): readonly string[] {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const paths = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name));
  return [...new Set(paths.filter((path) => existsSync(path)).map((path) => realpathSync(path)))];
}

function isSupported(node: string): boolean {
  const [major = 0, minor = 0] = versionOf(node).split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

function filesOf(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return new Map(
    paths.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(path, "latin1")];
    }),
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** The user's project. */
function files(): Readonly<Record<string, string>> {
  return {
    "specs/shop/openapi.yaml": SHOP,
    "specs/chat/asyncapi.yaml": CHAT,
    "paid.json": PAID,
    "wrong.json": PAID.replace("1200", '"much"'),
    "entries.mjs": entries(),
    "use.mjs": USE,
    "use.ts": USE_TYPES,
    "tsconfig.json": `${JSON.stringify({
      compilerOptions: {
        target: "es2022",
        lib: ["es2022"],
        types: [],
        module: "nodenext",
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
      },
      files: ["use.ts"],
    })}\n`,
    ...CONTRACT_TESTS,
    "configured/shop.yaml": SHOP,
    "configured/hookbook.config.ts": CONFIG,
  };
}

/** A module that imports all that package.json exports; of a pattern, one module and one in a folder. */
function entries(): string {
  const { exports } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
    exports: Record<string, unknown>;
  };
  const lines = Object.keys(exports).flatMap((entry) => {
    const names = entry.endsWith("*") ? ["equal", "formats/uri"].map((name) => entry.replace("*", name)) : [entry];
    return names.map((name) => {
      const specifier = JSON.stringify(`hookbook${name.slice(1)}`);
      return name.endsWith(".json")
        ? `await import(${specifier}, { with: { type: "json" } });`
        : `await import(${specifier});`;
    });
  });
  return `${lines.join("\n")}\n`;
}

const SHOP = `openapi: 3.1.1
info: { title: Shop, version: 1.0.0 }
webhooks:
  paid:
    post:
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Paid" } } } }
      responses: { "204": { description: Taken } }
  refunded:
    post:
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Refunded" } } } }
      responses: { "204": { description: Taken } }
components:
  schemas:
    Paid:
      type: object
      required: [type, amount, paidAt, details]
      properties:
        type: { const: order.paid }
        amount: { type: integer, minimum: 0 }
        paidAt: { type: string, format: date-time }
        method: { type: string, enum: [card, cash], x-open-enum: true }
        details:
          type: string
          contentMediaType: application/json
          contentSchema: { type: object, required: [sku], properties: { sku: { type: string } } }
    Refunded:
      type: object
      required: [type]
      properties: { type: { const: order.refunded } }
`;

const CHAT = `asyncapi: 3.0.0
info: { title: Chat, version: 1.0.0 }
channels:
  hook:
    address: /chat
    messages: { said: { $ref: "#/components/messages/said" } }
operations:
  sendSaid:
    action: send
    channel: { $ref: "#/channels/hook" }
components:
  messages:
    said:
      contentType: application/json
      payload:
        type: object
        required: [kind, text]
        properties:
          kind: { const: said }
          text: { type: string }
`;

const PAID = `${JSON.stringify({
  type: "order.paid",
  amount: 1200,
  paidAt: "2024-02-29T12:00:00Z",
  method: "barter",
  details: '{"sku":"A-1"}',
})}\n`;

const USE = `import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
const folder = process.argv[2];
const shop = await import(\`./\${folder}/shop/index.js\`);
const chat = await import(\`./\${folder}/chat/index.js\`);
const delivery = (body) => ({ method: "POST", headers: { "content-type": "application/json" }, body });

const paid = await shop.decode(delivery(readFileSync("paid.json")));
assert.equal(paid.ok, true);
assert.equal(paid.webhook, "order.paid");
assert.deepEqual(paid.event.details, { sku: "A-1" });
const wrong = await shop.decode(delivery(readFileSync("wrong.json")));
assert.equal(wrong.reason, "invalid-payload");
assert.equal((await shop.decode(delivery('{"type":"?"}'))).reason, "unknown-event");
assert.equal((await shop.decode(delivery("{"))).reason, "not-json");

const encoded = await shop.encode("order.paid", paid.event);
assert.deepEqual(await shop.decode(encoded), paid);
await assert.rejects(shop.encode("order.paid", { type: "order.paid" }), shop.InvalidEventError);

const said = await chat.decode(delivery('{"kind":"said","text":"hello"}'));
assert.equal(said.ok && said.event.text, "hello");
`;

const USE_TYPES = `import { decode, encode, type OrderPaidEvent } from "./generated/shop/index.js";
import { createDecoder, type Delivery } from "hookbook/runtime";

export async function receive(delivery: Delivery): Promise<string> {
  const decoded = await decode(delivery);
  if (!decoded.ok) return decoded.errors[0]?.message ?? decoded.reason;
  switch (decoded.webhook) {
    case "order.paid":
      // @ts-expect-error: the JSON string is decoded, so it is no string any more
      decoded.event.details.length;
      return decoded.event.details.sku;
    case "order.refunded":
      return decoded.event.type;
    default:
      return decoded satisfies never;
  }
}

export async function send(event: OrderPaidEvent): Promise<string> {
  return (await encode("order.paid", event)).body;
}

export const decodeNothing = createDecoder({ webhooks: [], sharedPlans: {}, routedBy: null });
`;

const CONFIG = `import { type Config, defineConfig } from "hookbook";

const out: string = "types";
const config: Config = { documents: ["*.yaml"], out };
export default defineConfig(config);
`;

const start = performance.now();
try {
  test();
  rmSync(work, { recursive: true, force: true });
  print(`the package works (${seconds(start)})`);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`\nThe package does not work: ${error.message}\n  what was tried is in ${work}\n`);
  process.exit(1);
}

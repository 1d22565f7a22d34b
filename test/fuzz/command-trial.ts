import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import type { Context } from "../../src/cli/context.ts";
import { runProgram } from "../../src/cli/program.ts";
import type { FuzzInput } from "./make-input.ts";
import { Problems, thrown } from "./problem.ts";
import type { Outcome } from "./protocol.ts";
import type { Random } from "./random.ts";

/** An earlier run's output, which must stay whole where a command cannot do its work. */
const EARLIER = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Orders", version: "1" },
  webhooks: { paid: { post: { requestBody: { content: { "application/json": { schema: { type: "object" } } } } } } },
});

const COMMANDS: readonly (readonly [weight: number, command: readonly string[]])[] = [
  [4, ["generate", "--out", "out", "--runtime", "import"]],
  [1, ["generate", "--out", "out"]],
  [1, ["generate", "--out", "out", "--check", "--runtime", "import"]],
  [1, ["list"]],
  [1, ["list", "--format", "json"]],
  ...(["text", "json", "sarif", "junit", "github"] as const).map(
    (format) => [0.6, ["lint", "--format", format]] as const,
  ),
  [1, ["validate", "--format", "json"]],
  [0.5, ["validate", "--format", "text"]],
  ...(["asyncapi", "openapi", "json-schema"] as const).map((to) => [0.6, ["export", "--to", to]] as const),
];

const PAYLOADS = [
  '{"type":"paid","__proto__":{"a":1}}',
  "null",
  "{",
  "[]",
  '"x"',
  '{"event":"a","payload":"{\\"a\\":1}"}',
];

/** Runs whole command lines in this process, on documents that are on disk, and looks at what they leave. */
export class CommandTrial {
  readonly #root: string;
  #earlier: Promise<Readonly<Record<string, string>>> | undefined;
  #folders = 0;

  /** @param root  an empty folder */
  constructor(root: string) {
    this.#root = realpathSync(root);
  }

  /** An input with a command line; documents of one file get the name that an earlier run had written from. */
  withCommand(input: FuzzInput, random: Random): FuzzInput {
    const command = random.weighted(COMMANDS);
    const [only, ...others] = Object.entries(input.files);
    if (only === undefined || others.length > 0) return { ...input, command };
    const entry = `orders/openapi${extname(only[0])}`;
    return { ...input, command, entry, files: { [entry]: only[1] } };
  }

  async run(input: FuzzInput): Promise<Outcome> {
    this.#earlier ??= this.#generateEarlier();
    const earlier = await this.#earlier;
    const folder = join(this.#root, String(this.#folders++));
    const files = Object.entries(input.files);
    for (const [path, bytes] of files) write(join(folder, path), bytes);
    for (const [path, text] of Object.entries(earlier)) write(join(folder, "out", path), text);
    for (const [index, payload] of PAYLOADS.entries()) write(join(folder, "payloads", `${index}.json`), payload);
    const problems = new Problems();
    const { command = ["list"], role } = input;
    const payloads = command[0] === "validate" ? PAYLOADS.map((_, index) => `payloads/${index}.json`) : [];
    const roles = role === undefined ? [] : ["--role", role];
    const before = tree(this.#root);
    const ran = await runCommand(
      folder,
      [command[0] ?? "", input.entry, ...payloads, ...command.slice(1), ...roles],
      problems,
    );
    const after = tree(this.#root);
    checkOutput(ran, command, problems);
    checkFiles({ before, after, out: relative(this.#root, join(folder, "out")), ran, command }, problems);
    rmSync(folder, { recursive: true });
    return { problems: problems.list, counts: { [`status ${ran.status}`]: 1, [command[0] ?? ""]: 1 } };
  }

  async #generateEarlier(): Promise<Readonly<Record<string, string>>> {
    const folder = join(this.#root, "earlier");
    write(join(folder, "orders", "openapi.json"), EARLIER);
    const problems = new Problems();
    await runCommand(folder, ["generate", "orders/openapi.json", "--out", "out", "--runtime", "import"], problems);
    const files = tree(join(folder, "out"));
    rmSync(folder, { recursive: true });
    return files;
  }
}

interface Ran {
  /** Null where it was thrown. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function runCommand(cwd: string, args: readonly string[], problems: Problems): Promise<Ran> {
  const written = { stdout: "", stderr: "" };
  const context: Context = {
    cwd,
    stdout: (text) => {
      written.stdout += text;
    },
    stderr: (text) => {
      written.stderr += text;
    },
    readStdin: async () => new Uint8Array(),
    colors: { stdout: false, stderr: false },
    interactive: false,
    env: {},
    now: () => new Date(),
    signal: new AbortController().signal,
  };
  try {
    return { status: await runProgram(args, context), ...written };
  } catch (error) {
    problems.list.push(thrown(args[0] ?? "", error));
    return { status: null, ...written };
  }
}

/** What a stack trace looks like. */
export const STACK_TRACE = /^\s+at .*[\w>)]:\d+:\d+\)?$|node:internal|hookbook failed/m;

function checkOutput({ status, stdout, stderr }: Ran, command: readonly string[], problems: Problems): void {
  const name = command[0] ?? "";
  const show = () => `${stdout}\n${stderr}`.slice(0, 2_000);
  problems.expect(status === null || [0, 1, 2].includes(status), `${name} ends with another status`, String(status));
  problems.expect(!STACK_TRACE.test(stderr) && !STACK_TRACE.test(stdout), `${name} prints a stack trace`, show);
  problems.expect(status !== 2 || stderr + stdout !== "", `${name} does not say what it could not do`, show);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not be there
  problems.expect(!/[\0-\x08\x0b-\x1f\x7f-\x9f]/.test(stderr), `${name} sends a terminal what controls it`, () =>
    JSON.stringify(stderr),
  );
  const isJson = command.includes("json") || command.includes("sarif") || name === "export";
  if (isJson && (status !== 2 || stdout !== "")) {
    problems.expect(parses(stdout), `${name} prints something else than JSON`, show);
  }
}

interface Files {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  /** The output folder. */
  readonly out: string;
  readonly ran: Ran;
  readonly command: readonly string[];
}

function checkFiles({ before, after, out, ran, command }: Files, problems: Problems): void {
  const [name = ""] = command;
  const mayWrite = name === "generate" && !command.includes("--check") && ran.status !== 2 && ran.status !== null;
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const path of paths) {
    const isSame = before[path] === after[path];
    const isOutput = path.startsWith(`${out}/`);
    problems.expect(isSame || isOutput, `${name} writes outside its folder`, path);
    problems.expect(isSame || mayWrite, `${name} writes though it could not do its work, or was only to look`, path);
  }
  if (!mayWrite) return;
  const units = new Set(Object.keys(after).flatMap((path) => (path.startsWith(`${out}/`) ? path.split("/")[2] : [])));
  const root = `${out}/`;
  for (const unit of units) {
    const manifest = after[`${root}${unit}/.hookbook.json`];
    problems.expect(manifest !== undefined && parses(manifest), "an output folder has no manifest", String(unit));
    if (manifest === undefined || !parses(manifest)) continue;
    const { outputs } = JSON.parse(manifest) as { readonly outputs: Readonly<Record<string, string>> };
    const there = Object.keys(after).flatMap((path) =>
      path.startsWith(`${root}${unit}/`) ? path.slice(`${root}${unit}/`.length) : [],
    );
    const wanted = [...Object.keys(outputs), ".hookbook.json"].sort().join("\n");
    problems.expect(
      there.sort().join("\n") === wanted,
      "an output folder holds what its manifest does not list",
      there.join(" "),
    );
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** Every file below a folder, as text without regard to what it is. */
function tree(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(folder, file).replaceAll("\\", "/"), readFileSync(file, "latin1")];
    }),
  );
}

/**
 * The public scale test: GitHub's description of its webhooks, 261 of them in 4.8 MB, and the payloads published for them. What
 * was measured comes back; who prints it judges it.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { decodedBy, type Execution, execute, node } from "./processes.ts";

const require = createRequire(import.meta.url);
export const DOCUMENT = require.resolve("@octokit/openapi-webhooks/generated/api.github.com.json");
const EXAMPLES = require.resolve("@octokit/webhooks-examples/api.github.com/index.json");

/** Two revisions of one product's document. */
const REVISIONS = ["ghes-3.18", "ghes-3.19"].map((name) =>
  require.resolve(`@octokit/openapi-webhooks/generated/${name}.json`),
);

/** Three events. */
const SMALL = join(import.meta.dirname, "../specs/bandwidth-webrtc/openapi.yaml");

interface OpenApi {
  readonly webhooks: Readonly<Record<string, { readonly post: { readonly requestBody: RequestBody } }>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}
interface RequestBody {
  readonly content: Readonly<Record<string, { readonly schema: object }>>;
}

export interface ScaleRun {
  readonly webhooks: number;
  readonly list: { readonly seconds: number; readonly peakBytes: number };
  readonly cold: { readonly seconds: number; readonly peakBytes: number };
  readonly again: { readonly seconds: number; readonly peakBytes: number };
  readonly rawBytes: number;
  /** Of the files each by itself. */
  readonly zippedBytes: number;
  /** Of all files as one archive. */
  readonly archiveBytes: number;
}

export interface ScaleRest {
  readonly typesSeconds: number;
  /** Milliseconds from the import to the first decoded event, in fresh processes. */
  readonly firstEvent: readonly number[];
  readonly payloads: number;
  /** Payloads on which AJV, run directly on the document's schemas, says something else. */
  readonly differing: readonly string[];
}

/** Runs the commands on the first so many webhooks, in order of their names. */
export function measureScale(counts: readonly number[]): readonly ScaleRun[] {
  return counts.map((count) =>
    inFolder((folder) => {
      writeFileSync(join(folder, "github.json"), JSON.stringify(firstWebhooks(count)));
      const list = execute(folder, ["list", "github.json"]);
      const cold = execute(folder, ["generate", "github.json", "--out", "out"]);
      const again = execute(folder, ["generate", "github.json", "--out", "out"]);
      const validators = filesOf(join(folder, "out/github/validators"));
      return {
        webhooks: count,
        list,
        cold,
        again,
        rawBytes: validators.reduce((sum, file) => sum + statSync(file).size, 0),
        zippedBytes: validators.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0),
        archiveBytes: gzipSync(Buffer.concat(validators.map((file) => readFileSync(file)))).length,
      };
    }),
  );
}

/** What comparisons cost. Nothing fails on what they find. */
export interface DiffRun {
  /** Two revisions of one document, and two documents that differ in much. */
  readonly revisions: Execution;
  readonly products: Execution;
  /** A document of three events, of which a shared schema changed. */
  readonly small: Execution;
  /** The two revisions, cut to their first webhooks. */
  readonly parts: readonly { readonly webhooks: number; readonly run: Execution }[];
}

export function measureDiff(): DiffRun {
  return inFolder((folder) => {
    const small = readFileSync(SMALL, "utf8");
    writeFileSync(join(folder, "small.yaml"), small);
    writeFileSync(join(folder, "changed.yaml"), small.replace("required: [event, timestamp,", "required: [event,"));
    const cut = (count: number) => {
      REVISIONS.forEach((file, index) => {
        writeFileSync(join(folder, `${count}-${index}.json`), JSON.stringify(firstWebhooks(count, file)));
      });
      return { webhooks: count, run: diff(`${count}-0.json`, `${count}-1.json`) };
    };
    const copy = (from: string, to: string) => writeFileSync(join(folder, to), readFileSync(from));
    REVISIONS.forEach((file, index) => {
      copy(file, `${index}.json`);
    });
    copy(DOCUMENT, "github.json");
    const diff = (...documents: readonly string[]) =>
      execute(folder, ["diff", ...documents, "--format", "json", "--fail-on", "none"]);
    return {
      revisions: diff("0.json", "1.json"),
      products: diff("0.json", "github.json"),
      small: diff("small.yaml", "changed.yaml"),
      parts: [60, 120, 240].map(cut),
    };
  });
}

/** What is measured on the whole document only. */
export async function measureRest(): Promise<ScaleRest> {
  const folder = temporaryFolder();
  try {
    writeFileSync(join(folder, "github.json"), readFileSync(DOCUMENT));
    execute(folder, ["generate", "github.json", "--out", "out"]);
    const module = join(folder, "out/github/index.js");
    const start = performance.now();
    const compiler = require.resolve("typescript/lib/tsc.js", { paths: [join(import.meta.dirname, "..")] });
    node(folder, [
      compiler,
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "false",
      "--target",
      "es2022",
      "out/github/types.ts",
    ]);
    const typesSeconds = (performance.now() - start) / 1000;
    const issue = payloads().find(({ event }) => event === "issues-opened");
    const body = join(folder, "issue.json");
    writeFileSync(body, JSON.stringify(issue?.payload));
    const firstEvent = Array.from({ length: 15 }, () => decodedBy(module, body));
    return { typesSeconds, firstEvent, ...(await compareVerdicts(module)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each published payload, as each webhook of its event: by the emitted validator, and by AJV on the document itself. */
async function compareVerdicts(module: string): Promise<{ payloads: number; differing: string[] }> {
  const { loadValidator } = (await import(pathToFileURL(module).href)) as {
    loadValidator: (name: string) => Promise<(value: unknown) => boolean>;
  };
  // The contract may call a webhook by the value it is recognised by, and not by its key in the document.
  const contract = JSON.parse(readFileSync(join(module, "../contract.json"), "utf8")) as {
    webhooks: readonly { name: string; source: { pointer: string } }[];
  };
  const names = new Map(contract.webhooks.map(({ name, source }) => [source.pointer.split("/")[2], name]));
  const { webhooks, components } = document();
  const ajv = addFormats.default(new Ajv2020({ strict: false, logger: false, validateSchema: false }));
  ajv.addSchema({ $id: "github", components });
  const differing: string[] = [];
  let count = 0;
  for (const { event, payload } of payloads()) {
    const requestBody = webhooks[event]?.post.requestBody;
    const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
    const name = names.get(event);
    if (schema === undefined || name === undefined) continue;
    count++;
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/');
    const direct = ajv.compile(JSON.parse(text))(structuredClone(payload)) === true;
    const ours = (await loadValidator(name))(structuredClone(payload));
    if (ours !== direct)
      differing.push(`${event}: ${ours ? "accepted" : "refused"}, by AJV ${direct ? "accepted" : "refused"}`);
  }
  return { payloads: count, differing };
}

/** The published payloads, with the name of the webhook that each is an example of. */
function payloads(): readonly { readonly event: string; readonly payload: unknown }[] {
  const all = JSON.parse(readFileSync(EXAMPLES, "utf8")) as readonly {
    name: string;
    examples: readonly { action?: string }[];
  }[];
  return all.flatMap(({ name, examples }) =>
    examples.map((payload) => {
      const action = payload.action === undefined ? "" : `-${payload.action}`;
      return { event: `${name}${action}`.replaceAll("_", "-"), payload };
    }),
  );
}

function document(file = DOCUMENT): OpenApi {
  return JSON.parse(readFileSync(file, "utf8")) as OpenApi;
}

/** The document with the first webhooks only, and the components that these need. */
function firstWebhooks(count: number, file = DOCUMENT): object {
  const whole = document(file);
  const webhooks = Object.fromEntries(Object.entries(whole.webhooks).sort().slice(0, count));
  const schemas: Record<string, unknown> = {};
  const open = [JSON.stringify(webhooks)];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/([^"/]+)"/g)) {
      if (Object.hasOwn(schemas, name)) continue;
      schemas[name] = whole.components.schemas[name];
      open.push(JSON.stringify(schemas[name]));
    }
  }
  return { ...whole, webhooks, components: { ...whole.components, schemas } };
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(folder, name));
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hookbook-scale-"));
  mkdirSync(folder, { recursive: true });
  return folder;
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = temporaryFolder();
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

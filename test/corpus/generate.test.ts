/**
 * What is generated of every document of the corpus: all of it compiles in one strict program, and every example is
 * decoded by the generated code as the webhook that it is an example of, or is reported.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Contract, Diagnostic, Example, OutputFile, Webhook } from "../../src/model/index.ts";
import { emitContractFiles, emitRuntimeFiles } from "../../src/pipeline.ts";
import type { Delivery } from "../../src/runtime/types.ts";
import { compilerErrors } from "../compiler-errors.ts";
import { loaded, readable } from "./documents.ts";

interface Generated {
  readonly contract: Contract;
  /** Of reading and of generating. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The part of a generated `index.js` that is called here. */
interface GeneratedModule {
  loadValidator(webhook: string): Promise<(event: unknown) => boolean>;
  decode(delivery: Delivery): Promise<{ ok: boolean; webhook: string | null; reason?: string; errors?: unknown }>;
  encode(
    webhook: string,
    event: unknown,
  ): Promise<{ method: string; headers: Record<string, string>; body: string; query: string }>;
}

type Examples = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const root = mkdtempSync(join(tmpdir(), "hookbook-corpus-"));
const generated = new Map<string, Generated>();

beforeAll(async () => {
  put("runtime", await emitRuntimeFiles());
  for (const document of readable) {
    const { value, diagnostics } = await loaded(document);
    const emitted = await emitContractFiles(value.contract, {});
    put(document.name, emitted.value);
    generated.set(document.name, {
      contract: value.contract,
      diagnostics: [...diagnostics, ...emitted.diagnostics],
    });
  }
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test("everything generated compiles in one strict program", () => {
  expect(compilerErrors(root)).toEqual([]);
});

describe("every example is decoded as its webhook, or reported", () => {
  test.each(readable)("$name", async ({ name }) => {
    const { contract, diagnostics } = generated.get(name) as Generated;
    const index = await imported<GeneratedModule>(name, "index.js");
    const { examples } = await imported<{ examples: Examples }>(name, "examples.js");
    const failures: string[] = [];
    for (const webhook of contract.webhooks) {
      for (const example of webhook.examples) {
        if (diagnostics.some((found) => isAbout(found, webhook, example))) continue;
        const event = examples[webhook.name]?.[example.name];
        if (webhook.forms[0]?.encoding === "multipart") {
          // How its parts are written is the sender's business; what they hold is not.
          const validate = await index.loadValidator(webhook.name);
          if (!validate(event)) failures.push(`${webhook.name} ${example.name} is not valid`);
          continue;
        }
        const delivery = await deliveryOf(webhook, example, event, index);
        const outcome = await index.decode(delivery);
        const alike = alikeWith(webhook, diagnostics, contract);
        const isKnown = outcome.webhook === null ? alike.length > 1 : alike.includes(outcome.webhook);
        const isRead = outcome.ok || (outcome.reason === "unknown-event" && alike.length > 1);
        if (!isKnown || !isRead) failures.push(`${webhook.name} ${example.name}: ${JSON.stringify(outcome)}`);
      }
    }
    expect(failures).toEqual([]);
  });

  test("there are many, and most are valid", () => {
    const all = [...generated.values()];
    const count = all.flatMap(({ contract }) => contract.webhooks.flatMap(({ examples }) => examples)).length;
    const invalid = all.flatMap(({ diagnostics }) => diagnostics.filter(({ code }) => code === "example-invalid"));
    expect(count).toBeGreaterThan(170);
    expect(invalid.length).toBeGreaterThan(5);
    expect(invalid.length).toBeLessThan(count / 10);
  });
});

function isAbout({ code, location }: Diagnostic, { payload }: Webhook, { source }: Example): boolean {
  if (code === "schema-not-usable") return payload !== true;
  return code === "example-invalid" && location.file === source.file && location.pointer === source.pointer;
}

/** The webhooks that nothing tells from this one, itself among them: a delivery of one may be taken for any. */
function alikeWith(webhook: Webhook, diagnostics: readonly Diagnostic[], contract: Contract): readonly string[] {
  const isAmbiguous = diagnostics.some(
    ({ code, message }) => code === "route-ambiguous" && message.includes(JSON.stringify(webhook.name).slice(1, -1)),
  );
  if (!isAmbiguous) return [webhook.name];
  const route = JSON.stringify(webhook.route);
  return contract.webhooks.filter((other) => JSON.stringify(other.route) === route).map(({ name }) => name);
}

/** The delivery that an example stands for: JSON as it is written, other forms as the generated code writes them. */
async function deliveryOf(
  webhook: Webhook,
  example: Example,
  event: unknown,
  { encode }: GeneratedModule,
): Promise<Delivery> {
  const [form] = webhook.forms;
  const constants = webhook.route.filter(({ in: place }) => place === "header").map(({ at, value }) => [at, value]);
  const path = String(webhook.route.find(({ in: place }) => place === "path")?.value ?? "/");
  const headers = { ...Object.fromEntries(constants), ...example.headers };
  if (form?.encoding === "json") {
    const body = JSON.stringify(example.payload);
    return { method: form.method, url: path, headers: { "content-type": form.contentType, ...headers }, body };
  }
  const encoded = await encode(webhook.name, event);
  return {
    method: encoded.method,
    url: encoded.query === "" ? path : `${path}?${encoded.query}`,
    headers: { ...headers, ...encoded.headers },
    body: encoded.body,
  };
}

function put(folder: string, files: readonly OutputFile[]): void {
  for (const { path, text } of files) {
    const file = join(root, folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

async function imported<T>(...path: readonly string[]): Promise<T> {
  return (await import(/* @vite-ignore */ pathToFileURL(join(root, ...path)).href)) as T;
}

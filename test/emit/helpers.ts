import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import type { Contract, Diagnostic, OutputFile, Schema, Webhook } from "../../src/model/index.ts";
import { emitContractFiles, emitRuntimeFiles, type GenerateOptions } from "../../src/pipeline.ts";

/** A contract as `normalize` makes them, of payloads by webhook name; all else is empty. */
export function contractOf(
  payloads: Readonly<Record<string, Schema | Partial<Webhook>>>,
  schemas: Readonly<Record<string, Schema>> = {},
): Contract {
  const source = { file: "openapi.yaml", pointer: "" };
  const webhooks = Object.entries(payloads).map(([name, given], index): Webhook => {
    const parts = typeof given === "object" && "payload" in given ? (given as Partial<Webhook>) : {};
    return {
      name,
      key: `k${index}`,
      route: [],
      forms: [{ method: "POST", address: null, contentType: "application/json", encoding: "json" }],
      payload: given as Schema,
      examples: [],
      security: [],
      replies: [],
      tags: [],
      source,
      ...parts,
    };
  });
  const names = { id: "case", title: "Case", version: "1", format: "openapi-3.1" as const };
  return { ...names, webhooks, schemas, security: {}, omissions: [], source };
}

/** All files of a contract as text, by path. */
export async function emitted(
  contract: Contract,
  options: GenerateOptions = {},
): Promise<{ files: ReadonlyMap<string, string>; diagnostics: readonly Diagnostic[] }> {
  const { value, diagnostics } = await emitContractFiles(contract, options);
  return { files: new Map(value.map(({ path, text }) => [path, text])), diagnostics };
}

let runtime: Promise<readonly OutputFile[]> | undefined;

/** Writes generated folders, and the runtime they need, below a new temporary folder that goes when the test ends. */
export async function written(folders: Readonly<Record<string, readonly OutputFile[]>>): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "hookbook-emit-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  runtime ??= emitRuntimeFiles();
  for (const [folder, files] of Object.entries({ ...folders, runtime: await runtime })) {
    for (const { path, text } of files) {
      const file = join(root, folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  return root;
}

/** Imports a module from disk as a user's Node would. */
export async function load<T>(...path: readonly string[]): Promise<T> {
  return (await import(/* @vite-ignore */ pathToFileURL(join(...path)).href)) as T;
}

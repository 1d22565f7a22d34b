import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { createValueTests } from "../bridge/value-tests.ts";
import { visible } from "../diagnostics/index.ts";
import { type CheckContext, type CheckedFile, readPact, webhookReferences } from "../pact/static.ts";
import type { LoadedContract } from "../pipeline.ts";
import { type Context, UsageError } from "./context.ts";

/** A pact may be large, but what is larger was not written by a test. */
const BYTES_MAX = 64 * 1024 * 1024;

/** A pact file and its text, by which lines are found. */
export interface LoadedPact extends CheckedFile {
  readonly text: string;
}

/**
 * Reads pact files; of a folder every `.json` in it. What cannot be opened ends the command.
 * @param orNone  a folder may hold none
 */
export function readPacts(
  paths: readonly string[],
  context: Context,
  { orNone = false }: { readonly orNone?: boolean } = {},
): readonly LoadedPact[] {
  const files = [...new Set(paths.flatMap((path) => filesAt(path, context, orNone)))];
  return files.map((file) => {
    const path = resolve(context.cwd, file);
    try {
      const { size } = statSync(path);
      if (size > BYTES_MAX) throw new UsageError(`${visible(file)} is larger than 64 MB, which no pact is.`);
      const bytes = readFileSync(path);
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
      return { file, text, reading: readPact(text, file) };
    } catch (error) {
      if (error instanceof UsageError) throw error;
      if (error instanceof TypeError) return { file, text: "", reading: readPact("\0", file) };
      throw new UsageError(`${visible(file)} cannot be read: ${reasonOf(error)}.`);
    }
  });
}

function filesAt(path: string, { cwd }: Context, orNone: boolean): readonly string[] {
  const full = resolve(cwd, path);
  const stats = statSync(full, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`There is no file ${JSON.stringify(path)}.`);
  if (!stats.isDirectory()) return [path];
  const files = readdirSync(full)
    .filter((name) => name.endsWith(".json") && !name.startsWith("."))
    .sort()
    .map((name) => join(full, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .map((file) => relative(cwd, file).replaceAll("\\", "/"));
  if (files.length === 0 && !orNone) throw new UsageError(`The folder ${JSON.stringify(path)} holds no pact (.json).`);
  return files;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return error instanceof Error ? error.message : String(error);
}

/** What holding pacts against a document takes. */
export function checkContext(document: LoadedContract): CheckContext {
  const { contract, schemaSource } = document;
  return { contract, schemaSource, references: webhookReferences(document), tests: createValueTests() };
}

import { randomBytes } from "node:crypto";
import * as disk from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { visible } from "../../diagnostics/index.ts";
import { type ExportFormat, exportContract } from "../../pipeline.ts";
import { type Context, type ExitCode, UsageError } from "../context.ts";
import { type DocumentOptions, type LoadedDocument, loadSingle } from "../load-documents.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { withProgress } from "../progress.ts";

export interface ExportOptions extends DocumentOptions {
  readonly to: ExportFormat;
  readonly out?: string;
}

const FORMAT_NAMES: Readonly<Record<ExportFormat, string>> = {
  asyncapi: "AsyncAPI 3.0",
  openapi: "OpenAPI 3.1",
  "json-schema": "JSON Schema",
};

/**
 * `hookbook export`: a contract as a document of another format, to standard output or a file. What the format cannot say
 * is a warning and no failure.
 */
export async function exportDocument(path: string, options: ExportOptions, context: Context): Promise<ExitCode> {
  const { to, out } = options;
  const target = out === undefined ? null : resolve(context.cwd, out);
  const document = await loadSingle(path, options, context);
  if (document === null) return 2;
  if (target !== null) await assertWritable(target, out ?? "", document, context);
  const syntax = out !== undefined && /\.ya?ml$/i.test(out) ? "yaml" : "json";
  const work = () => exportContract(document.contract, { to, syntax });
  const { value, diagnostics } = await withProgress(context, `exporting ${document.request.id}`, work);
  printDiagnostics({ ...document, diagnostics: [...document.diagnostics, ...diagnostics] }, context);
  if (target === null) {
    context.stdout(value.text);
    return 0;
  }
  const written = await replaceFile(target, value.text).catch((error: unknown) => {
    throw new UsageError(`${shown(out ?? "")} cannot be written: ${reasonOf(error)}.`);
  });
  const count = document.contract.webhooks.length;
  const what = `${count} ${count === 1 ? "webhook" : "webhooks"} as ${FORMAT_NAMES[to]}`;
  context.stderr(`${visible(out ?? "")}: ${what}${written ? "" : ", nothing has changed"}\n`);
  return 0;
}

/**
 * @throws UsageError where the file is one that the contract was read from (under this name or another), is no regular file,
 *         or its folder is not there.
 */
async function assertWritable(target: string, out: string, document: LoadedDocument, { cwd }: Context): Promise<void> {
  const folder = await disk.stat(dirname(target)).catch(() => null);
  if (folder?.isDirectory() !== true) {
    throw new UsageError(`There is no folder for ${shown(out)}.`, "make it first: nothing but the file is written");
  }
  const there = await disk.stat(target).catch(() => null);
  if (there === null) return;
  if (!there.isFile()) {
    throw new UsageError(`${shown(out)} is ${there.isDirectory() ? "a folder" : "no regular file"}.`, "name a file");
  }
  for (const file of document.set.documents.keys()) {
    const source = await disk.stat(resolve(cwd, file)).catch(() => null);
    if (source?.dev !== there.dev || source.ino !== there.ino) continue;
    throw new UsageError(
      `${shown(out)} is what the contract was read from; it is not overwritten.`,
      "name another file with --out",
    );
  }
}

/**
 * Puts a whole new file in place of what is there, or leaves that whole.
 * @returns false where the file has this text already, and stays as it is.
 */
async function replaceFile(target: string, text: string): Promise<boolean> {
  const before = await disk.readFile(target).catch(() => null);
  if (before?.equals(Buffer.from(text)) === true) return false;
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await disk.writeFile(temporary, text, { flag: "wx" });
    await disk.rename(temporary, target);
  } catch (error) {
    await disk.rm(temporary, { force: true });
    throw error;
  }
  return true;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  ENAMETOOLONG: "its name is too long",
  ENOSPC: "no space is left",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error.message : `${REASONS[code] ?? "the file system refused"} (${code})`;
}

function shown(path: string): string {
  return visible(JSON.stringify(path));
}

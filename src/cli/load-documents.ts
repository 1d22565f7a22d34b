import { resolve } from "node:path";
import { assignContractIds, type Config, findDocuments, loadConfig } from "../config/index.ts";
import type { Diagnostic } from "../model/index.ts";
import { type LoadedContract, type LoadOptions, loadContract } from "../pipeline.ts";

import type { Context } from "./context.ts";
import { UsageError } from "./context.ts";
import { type Located, printDiagnostics } from "./print-diagnostics.ts";

/** What is found before any document is read has a position of its own, or none at all. */
const TOP = { line: 1, column: 1 };

/** The options that every command has which reads a document. */
export interface DocumentOptions {
  readonly root?: string;
  readonly allowRemote?: readonly string[];
  readonly role?: "sender" | "receiver";
}

/** One document that a command is to work on. */
export interface DocumentRequest {
  readonly path: string;
  readonly id: string;
  readonly options: LoadOptions;
}

export interface Requests {
  readonly requests: readonly DocumentRequest[];
  readonly config: Config | null;
  /** The command named no document, so these are all that the project has. */
  readonly all: boolean;
}

/**
 * Finds out which documents a command is about: those it was given, else the configuration's, else those under `specs/`.
 * @returns null where that cannot be told; the reasons were printed.
 */
export async function requestDocuments(
  given: readonly string[],
  options: DocumentOptions,
  context: Context,
): Promise<Requests | null> {
  const { cwd } = context;
  const settings = await settingsOf(options, context);
  if (settings === null) return null;
  const { config, options: shared } = settings;
  const found = given.length > 0 ? { value: given, diagnostics: [] } : findDocuments(cwd, config);
  const ids = assignContractIds(found.value, cwd);
  const diagnostics = [...found.diagnostics, ...ids.diagnostics];
  printDiagnostics({ diagnostics, locate: () => TOP }, context);
  if (diagnostics.some(({ severity }) => severity === "error")) return null;
  return {
    requests: ids.value.map(({ document, id }) => ({ path: document, id, options: { ...shared, id } })),
    config,
    all: given.length === 0,
  };
}

/** How documents are read, whichever they are. */
export type SharedOptions = Omit<LoadOptions, "id">;

/** What options and configuration say of reading any document. */
export interface Settings {
  readonly config: Config | null;
  readonly options: SharedOptions;
}

/** @returns null where the configuration cannot be used; the reasons were printed. */
export async function settingsOf(options: DocumentOptions, context: Context): Promise<Settings | null> {
  const { cwd } = context;
  const { value: config, diagnostics } = await loadConfig(cwd);
  printDiagnostics({ diagnostics, locate: () => TOP }, context);
  if (diagnostics.some(({ severity }) => severity === "error")) return null;
  const root = options.root ?? config?.root;
  const role = options.role ?? config?.role;
  return {
    config,
    options: {
      cwd,
      ...(root === undefined ? {} : { root: resolve(cwd, root) }),
      ...(role === undefined ? {} : { role }),
      allowRemote: [...(config?.allowRemote ?? []), ...(options.allowRemote ?? [])],
    },
  };
}

/** A contract with the findings of reading it, ready to be printed. */
export interface LoadedDocument extends LoadedContract, Located {
  readonly request: DocumentRequest;
}

/**
 * Reads a document.
 * @returns null where no contract can be built of it; the reasons were printed as errors.
 */
export async function loadDocument(request: DocumentRequest, context: Context): Promise<LoadedDocument | null> {
  const { value, diagnostics, locate, sourceText } = await loadContract(request.path, request.options);
  if (value === null) {
    printDiagnostics({ diagnostics, locate, sourceText }, context, { frames: true });
    return null;
  }
  // A contract could be built, so nothing here stops the command: what is wrong is a warning, and `lint`'s business.
  return { ...value, request, diagnostics: diagnostics.map(asWarning), locate, sourceText };
}

/** Every document or none. */
export async function loadDocuments(
  requests: readonly DocumentRequest[],
  context: Context,
): Promise<readonly LoadedDocument[] | null> {
  const loaded: LoadedDocument[] = [];
  let complete = true;
  for (const request of requests) {
    const document = await loadDocument(request, context);
    if (document === null) complete = false;
    else loaded.push(document);
  }
  return complete ? loaded : null;
}

export function asWarning(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.severity === "error" ? { ...diagnostic, severity: "warning" } : diagnostic;
}

/** The only document of a command that takes one. */
export async function loadSingle(
  path: string,
  options: DocumentOptions,
  context: Context,
): Promise<LoadedDocument | null> {
  const found = await requestDocuments([path], options, context);
  const request = found?.requests[0];
  if (request === undefined) {
    if (found !== null) throw new UsageError("No document was named.");
    return null;
  }
  return loadDocument(request, context);
}

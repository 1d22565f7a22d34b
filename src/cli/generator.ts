import { readdirSync, statSync, utimesSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Diagnostic } from "../model/index.ts";
import {
  checkAsyncApiRules,
  checkDocument,
  emitContractFiles,
  emitRuntimeFiles,
  type GenerateOptions,
} from "../pipeline.ts";
import { version } from "../version.ts";
import { hashInputs, isUnitFresh, MANIFEST_NAME, type Unit } from "../write/index.ts";
import { asWarning, type DocumentRequest, type LoadedDocument } from "./load-documents.ts";
import { orTooDeep } from "./too-deep.ts";

export interface GenerateSettings extends GenerateOptions {
  /** Absolute. */
  readonly outDir: string;
}

/** A folder of files to write. */
export interface GeneratedUnit {
  readonly unit: Unit;
  readonly diagnostics: readonly Diagnostic[];
  /** How many webhooks it is made for; null for the runtime. */
  readonly webhooks: number | null;
}

const RUNTIME = "runtime";

/** Makes the folders of one run, and knows which of them need not be made. */
export function createGenerator(settings: GenerateSettings, cwd: string) {
  const { outDir, ...options } = settings;
  const manifestOptions = { closed: options.closed ?? "obey", runtime: options.runtime ?? "emit" };

  return {
    /** Whether nothing that a document's output depends on has changed since it was written. */
    isFresh({ id, path }: DocumentRequest): boolean {
      const entryFolder = dirname(resolve(cwd, path));
      if (isOlderThanTool(join(outDir, id, MANIFEST_NAME))) return false;
      return isUnitFresh(outDir, id, { version, options: manifestOptions, entryFolder });
    },

    /** Whether the document is what its specification says. AsyncAPI's own rules take long and are asked for. */
    async check(
      { set }: LoadedDocument,
      { asyncApiRules }: { asyncApiRules: boolean },
    ): Promise<readonly Diagnostic[]> {
      const rules = asyncApiRules ? await checkAsyncApiRules(set) : [];
      return [...(await checkDocument(set)), ...rules].filter(isViolation).map(asWarning);
    },

    async contractUnit(loaded: LoadedDocument): Promise<GeneratedUnit> {
      const { set, request } = loaded;
      const { withReferences } = await import("../pact/static.ts");
      const contract = withReferences(loaded);
      const emitted = await orTooDeep(request.path, () => emitContractFiles(contract, options));
      const entryFolder = dirname(resolve(cwd, set.entry.file));
      const inputs = [...set.documents.keys()].map((file) =>
        relative(entryFolder, resolve(cwd, file)).replaceAll("\\", "/"),
      );
      const unit = {
        folder: request.id,
        files: emitted.value,
        inputs: hashInputs(entryFolder, inputs),
        options: manifestOptions,
        version,
      };
      return { unit, diagnostics: emitted.diagnostics.map(asWarning), webhooks: contract.webhooks.length };
    },

    async asyncApiRules({ set }: LoadedDocument): Promise<readonly Diagnostic[]> {
      return (await checkAsyncApiRules(set)).filter(isViolation);
    },

    /** The runtime's folder; null where it is imported from the package, or, if so asked, where it need not be made. */
    async runtimeUnit({ onlyIfStale }: { onlyIfStale: boolean }): Promise<GeneratedUnit | null> {
      if (options.runtime === "import") return null;
      const isStale =
        isOlderThanTool(join(outDir, RUNTIME, MANIFEST_NAME)) ||
        !isUnitFresh(outDir, RUNTIME, { version, options: {}, entryFolder: outDir });
      if (onlyIfStale && !isStale) return null;
      const files = await emitRuntimeFiles();
      return { unit: { folder: RUNTIME, files, inputs: {}, options: {}, version }, diagnostics: [], webhooks: null };
    },

    /** Notes that a unit was made just now, even where no byte of it changed. */
    touch(folder: string): void {
      if (toolChangedAt() === 0) return;
      const now = new Date();
      utimesSync(join(outDir, folder, MANIFEST_NAME), now, now);
    },
  };
}

/** Advice on style is a linter's; here only what makes the document another than it seems. */
function isViolation({ code }: Diagnostic): boolean {
  return code !== "asyncapi-advice";
}

let changedAt: number | undefined;

/**
 * When the sources of this program last changed, in milliseconds; 0 in the built package, whose version says it all.
 * Working on the generators themselves, nobody raises the version for every change.
 */
function toolChangedAt(): number {
  if (!import.meta.url.endsWith(".ts")) return 0;
  changedAt ??= newest(fileURLToPath(new URL("..", import.meta.url)));
  return changedAt;
}

function isOlderThanTool(file: string): boolean {
  const time = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return time < toolChangedAt();
}

function newest(folder: string): number {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) time = Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return time;
}

import { basename, dirname, relative } from "node:path";
import { bundleRuntime } from "./bridge/bundle-runtime.ts";
import { checkExamples } from "./bridge/check-examples.ts";
import { validationFunctions } from "./bridge/validation-functions.ts";
import { checkAsyncApi, checkOpenApi, checkVocabulary, sameFile } from "./check/index.ts";
import {
  compileContract,
  decodedSchemas,
  emitContract,
  emitExamples,
  emitIndex,
  emitRuntime,
  emitTypes,
  emitValidators,
  makePlans,
  packageText,
  typeNames,
} from "./emit/index.ts";
import type { Contract, Diagnostic, DocumentSet, Locate, OutputFile, Result } from "./model/index.ts";
import { type NormalizeOptions, normalize } from "./normalize/index.ts";
import { type ReadOptions, readDocuments } from "./read/index.ts";
import { bundleForParser, resolveDocuments } from "./resolve/index.ts";
import type { Validator } from "./runtime/types.ts";

export interface LoadedContract {
  readonly contract: Contract;
  /** What it was read from, for whoever needs a place's line or the whole text. */
  readonly set: DocumentSet;
}

export type LoadOptions = ReadOptions & NormalizeOptions;

export interface GenerateOptions {
  /** `"ignore"` drops `additionalProperties: false`, for receivers that prefer tolerance. Default: validators obey the document. */
  readonly closed?: "ignore";
  /** `"import"`: generated code imports its runtime from the package and not from `generated/runtime/`. */
  readonly runtime?: "import";
}

/** A contract, its findings, and what is needed to show them even where there is no contract. */
export interface LoadResult extends Result<LoadedContract | null> {
  readonly locate: Locate;
  readonly sourceText: (file: string) => string | undefined;
}

/**
 * read → resolve → normalize: a document becomes a contract.
 * @returns null where none can be built; the diagnostics say why.
 */
export async function loadContract(path: string, options: LoadOptions): Promise<LoadResult> {
  const read = await readDocuments(path, options);
  const { locate, sourceText } = read;
  if (read.value === null) return { value: null, diagnostics: read.diagnostics, locate, sourceText };
  const set = resolveDocuments(read.value);
  const { value: contract, diagnostics } = normalize(set, options);
  const all = [...read.diagnostics, ...set.diagnostics, ...diagnostics];
  return { value: { contract, set }, diagnostics: all, locate, sourceText };
}

/** check, the cheap part: our own vocabulary, and for OpenAPI the official JSON Schema. */
export async function checkDocument(set: DocumentSet): Promise<readonly Diagnostic[]> {
  const { entry, format } = set;
  const mapBack = sameFile(entry.file);
  const vocabulary = await checkVocabulary(entry.value, mapBack);
  return format.startsWith("openapi-") ? [...vocabulary, ...(await checkOpenApi(entry.value, mapBack))] : vocabulary;
}

/** check, the expensive part: AsyncAPI's own rules. Nothing for other documents. */
export async function checkAsyncApiRules(set: DocumentSet): Promise<readonly Diagnostic[]> {
  if (!set.format.startsWith("asyncapi-")) return [];
  const bundle = bundleForParser(set);
  return checkAsyncApi(bundle.value, bundle.sourceOf);
}

/** emit: a contract becomes the files of `generated/<contract>/`. Nothing is written. */
export async function emitContractFiles(
  contract: Contract,
  options: GenerateOptions,
): Promise<Result<readonly OutputFile[]>> {
  const decoded = decodedSchemas(contract);
  const names = typeNames(contract, decoded);
  const plans = makePlans(contract, decoded.differing);
  const functions = validationFunctions;
  const compiled = compileContract(contract, { functions, closed: options.closed ?? "obey" });
  const validators = compiled.validators as unknown as ReadonlyMap<string, Validator>;
  const { examples, diagnostics } = checkExamples(contract, plans, validators);
  const documentName = basename(contract.source.file);
  const runtimeFrom = (folder: string) => (module: string) => {
    if (options.runtime !== "import") return `${folder}runtime/${module}.js`;
    return module === "index" ? "hookbook/runtime" : `hookbook/runtime/${module}`;
  };
  const shared = { decoded, names, plans, documentName, runtimeModule: runtimeFrom("../")("index") };
  const files = [
    { path: "package.json", text: packageText() },
    ...emitContract(contract, { relativeFile: (file) => relativeTo(contract, file) }),
    ...emitExamples(contract, { examples, names, documentName }),
    ...emitIndex(contract, shared),
    ...(await emitTypes(contract, shared)),
    ...emitValidators(contract, {
      compiled,
      functions,
      names,
      documentName,
      runtimeModule: runtimeFrom("../../"),
    }),
  ];
  return { value: files, diagnostics: [...compiled.diagnostics, ...diagnostics] };
}

/** emit: the files of `generated/runtime/`. */
export async function emitRuntimeFiles(): Promise<readonly OutputFile[]> {
  return emitRuntime(await bundleRuntime());
}

/** A source file as seen from the folder of the entry document, wherever both are on this machine. */
export function relativeTo(contract: Contract, file: string): string {
  return relative(dirname(contract.source.file), file).replaceAll("\\", "/") || basename(file);
}

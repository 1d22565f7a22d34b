import { basename, dirname, relative } from "node:path";
import type { Within } from "./bridge/check-examples-within.ts";
import type {
  CommandReference,
  ConsumerUsage,
  DocumentedChange,
  History as DocumentHistory,
  GuideFile,
  Logo,
  SiteLink,
} from "./emit/docs/index.ts";
import type { ExportFormat } from "./emit/export/index.ts";
import type {
  Contract,
  Diagnostic,
  DocumentSet,
  JsonObject,
  Locate,
  OutputFile,
  Result,
  SourceLocation,
  Webhook,
} from "./model/index.ts";
import type { NormalizeOptions } from "./normalize/index.ts";
import type { Folder } from "./read/find-folder.ts";
import type { DocumentCommit, History, HistoryOptions, NoHistory } from "./read/git-history.ts";
import type { HistoryReader } from "./read/history-reader.ts";
import type { ReadOptions } from "./read/index.ts";
import type { Validator } from "./runtime/types.ts";

// Each stage is imported where it runs: printing types takes a compiler, which whoever only lists webhooks, or imports
// `defineConfig`, must not wait for.

export interface LoadedContract {
  readonly contract: Contract;
  /** What it was read from, for whoever needs a place's line or the whole text. */
  readonly set: DocumentSet;
  /** Where a schema object of the contract was written; undefined for one that was put together when it was read. */
  readonly schemaSource: (schema: object) => SourceLocation | undefined;
  /** The operation or message that a webhook was read from; its `source` is the schema where its payload was split. */
  readonly webhookOrigin: (webhook: Webhook) => SourceLocation;
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
  const [{ readDocuments }, { resolveDocuments }, { normalize }] = await Promise.all([
    import("./read/index.ts"),
    import("./resolve/index.ts"),
    import("./normalize/index.ts"),
  ]);
  const read = await readDocuments(path, options);
  const { locate, sourceText } = read;
  if (read.value === null) return { value: null, diagnostics: read.diagnostics, locate, sourceText };
  const set = resolveDocuments(read.value);
  const { value: contract, diagnostics, ...places } = normalize(set, options);
  const all = [...read.diagnostics, ...set.diagnostics, ...diagnostics];
  return { value: { contract, set, ...places }, diagnostics: all, locate, sourceText };
}

/** What is known of files and their history before any of them is read as a description. */
export function repository(): Promise<typeof import("./read/git-repository.ts")> {
  return import("./read/git-repository.ts");
}

/** The commits that touched a document. */
export async function historyOf(name: string, options: HistoryOptions): Promise<History | NoHistory> {
  const { historyOf: find } = await import("./read/git-history.ts");
  return find(name, options);
}

/** Reads the commits of a history, as long as it is not closed. */
export async function openHistory(options: { readonly cwd: string }): Promise<HistoryReader> {
  const { createHistoryReader } = await import("./read/history-reader.ts");
  return createHistoryReader(options);
}

/** A folder that was named instead of a document, with its files; null where it is no folder. */
export async function findFolder(name: string, options: { readonly cwd: string }): Promise<Folder | null> {
  const { findFolder: find } = await import("./read/find-folder.ts");
  return find(name, options);
}

/** check, the cheap part: our own vocabulary, and for OpenAPI the official JSON Schema. */
export async function checkDocument(set: DocumentSet): Promise<readonly Diagnostic[]> {
  const { checkOpenApi, checkVocabulary, sameFile } = await import("./check/index.ts");
  const { entry, format } = set;
  const found: Diagnostic[] = [];
  for (const { file, kind, value } of set.documents.values()) {
    if (kind !== "text") found.push(...(await checkVocabulary(value, sameFile(file))));
  }
  if (format.startsWith("openapi-")) found.push(...(await checkOpenApi(entry.value, sameFile(entry.file))));
  return found;
}

/** check, the expensive part: AsyncAPI's own rules. Nothing for other documents. */
export async function checkAsyncApiRules(set: DocumentSet): Promise<readonly Diagnostic[]> {
  if (!set.format.startsWith("asyncapi-")) return [];
  const [{ checkAsyncApi }, { bundleForParser }] = await Promise.all([
    import("./check/index.ts"),
    import("./resolve/index.ts"),
  ]);
  const bundle = bundleForParser(set);
  return checkAsyncApi(bundle.value, bundle.sourceOf);
}

/** Frees what `checkAsyncApiRules` keeps for the next document. */
export async function endAsyncApiRules(): Promise<void> {
  const { endAsyncApiParser } = await import("./check/index.ts");
  await endAsyncApiParser();
}

/**
 * lint: whether what a contract says is right, complete and usable. Examples are checked against their schemas; what reading
 * and checking found is not said again.
 * @param within  ends what a pattern of the document would do for ever
 */
export async function lintContract(loaded: LoadedContract, within: Within): Promise<readonly Diagnostic[]> {
  const [{ lint }, emit, { checkExamplesWithin }, { validationFunctions: functions }, { usablePattern }] =
    await Promise.all([
      import("./lint/index.ts"),
      import("./emit/index.ts"),
      import("./bridge/check-examples-within.ts"),
      import("./bridge/validation-functions.ts"),
      import("./patterns/usable-pattern.ts"),
    ]);
  const { contract, set, schemaSource, webhookOrigin } = loaded;
  const plans = emit.makePlans(contract, emit.decodedSchemas(contract).differing);
  const compiled = emit.compileContract(contract, { functions });
  const validators = compiled.validators as unknown as ReadonlyMap<string, Validator>;
  const found = lint(contract, {
    set,
    schemaSource,
    webhookOrigin,
    usablePattern: (pattern) => usablePattern(pattern).source,
    matchesFormat: (format, value) => {
      if (!Object.hasOwn(functions.formats, format)) return false;
      const check = functions.functions[functions.formats[format]?.functionName ?? ""]?.call;
      return check?.(value as never) === true;
    },
  });
  return [...compiled.diagnostics, ...checkExamplesWithin(contract, plans, validators, within), ...found];
}

/** What is done with findings: the levels that a project chose, and the baseline. */
export function lintResults(): Promise<typeof import("./lint/results.ts")> {
  return import("./lint/results.ts");
}

/** emit: a contract becomes the files of `generated/<contract>/`. Nothing is written. */
export async function emitContractFiles(
  contract: Contract,
  options: GenerateOptions,
): Promise<Result<readonly OutputFile[]>> {
  const [stages, { emitTypes }, { checkExamples }, { validationFunctions: functions }, { securityParts }] =
    await Promise.all([
      import("./emit/index.ts"),
      import("./emit/types/emit-types.ts"),
      import("./bridge/check-examples.ts"),
      import("./bridge/validation-functions.ts"),
      import("./bridge/security-parts.ts"),
    ]);
  const { compileContract, decodedSchemas, emitContract, emitExamples, emitIndex, emitValidators } = stages;
  const { fileText, makePlans, packageText, typeNames } = stages;
  const decoded = decodedSchemas(contract);
  const names = typeNames(contract, decoded);
  const plans = makePlans(contract, decoded.differing);
  const compiled = compileContract(contract, { functions, closed: options.closed ?? "obey" });
  const validators = compiled.validators as unknown as ReadonlyMap<string, Validator>;
  const { examples, diagnostics } = checkExamples(contract, plans, validators);
  const documentName = basename(contract.source.file);
  const runtimeFrom = (folder: string) => (module: string) => {
    if (options.runtime !== "import") return `${folder}runtime/${module}.js`;
    return module === "index" ? "hookbook/runtime" : `hookbook/runtime/${module}`;
  };
  // What the runtime is to validators, the receiver is to the index: in `generated/` both are in one module.
  const receiverModule = options.runtime === "import" ? "hookbook/receiver" : runtimeFrom("../")("index");
  const shared = { decoded, names, plans, documentName, runtimeModule: runtimeFrom("../")("index") };
  const files = [
    { path: "package.json", text: packageText() },
    ...emitContract(contract, { relativeFile: (file) => relativeTo(contract, file) }),
    ...emitExamples(contract, { examples, names, documentName }),
    ...emitIndex(contract, { ...shared, runtimeModule: receiverModule, security: securityParts(contract) }),
    ...emitTypes(contract, shared),
    ...emitValidators(contract, {
      compiled,
      functions,
      names,
      documentName,
      runtimeModule: runtimeFrom("../../"),
    }),
  ];
  const written = files.map(({ path, text }) => ({ path, text: fileText(path, text) }));
  return { value: written, diagnostics: [...compiled.diagnostics, ...diagnostics] };
}

/** emit: the files of `generated/runtime/`. */
export async function emitRuntimeFiles(): Promise<readonly OutputFile[]> {
  const [{ emitRuntime }, { bundleRuntime }] = await Promise.all([
    import("./emit/index.ts"),
    import("./bridge/bundle-runtime.ts"),
  ]);
  return emitRuntime(await bundleRuntime());
}

/**
 * A contract as one AsyncAPI document whose references all stay inside of it, for tools that would read any file and any
 * address that a reference names.
 * @param as  `"written"`: the document itself, which has to be one of AsyncAPI; `"exported"`: what `exportContract` makes.
 * @returns the document, and `export-loses` for each thing that an export does not say.
 */
export async function bundleAsyncApi(
  { contract, set }: LoadedContract,
  as: "written" | "exported",
): Promise<Result<JsonObject>> {
  const { bundleDocument, resolveDocuments } = await import("./resolve/index.ts");
  if (as === "written") return { value: bundleDocument(set), diagnostics: [] };
  const { value, diagnostics } = await exportContract(contract, { to: "asyncapi", syntax: "json" });
  const { createMemoryReader, readDocuments } = await import("./read/index.ts");
  const reader = createMemoryReader({ "export.json": value.text }, { cwd: "/" });
  const { value: read } = await readDocuments("export.json", { cwd: "/", reader });
  if (read === null) throw new Error("an exported document cannot be read again");
  return { value: bundleDocument(resolveDocuments(read)), diagnostics };
}

/** A contract for the published pages, with what else is known of it. */
export interface DocsInput {
  readonly loaded: LoadedContract;
  /** Which consumers use what, as their pacts say. */
  readonly usage?: readonly ConsumerUsage[];
  readonly history?: DocumentHistory;
  readonly links?: readonly SiteLink[];
}

export interface DocsOptions {
  readonly title: string;
  readonly logo?: Logo;
  /** CSS that stands behind the site's own. */
  readonly style?: string;
  /** Pages of a command line. */
  readonly commands?: CommandReference;
  /** Ways to pages that others have made. */
  readonly links?: readonly SiteLink[];
  /** The folder of the guides, for messages. */
  readonly guidesFolder?: string;
  /** Where on the web a file is that guides link to and that is no page, if it is there; its path counts from their folder. */
  readonly fileAddress?: (path: string) => string | null;
}

export type { CommandReference, ConsumerUsage, DocumentedChange, DocumentHistory, GuideFile, Logo, SiteLink };

/** emit: contracts and guides become the files of the published pages. Nothing is written. */
export async function emitDocsFiles(
  inputs: readonly DocsInput[],
  guides: readonly GuideFile[],
  { style = "", ...options }: DocsOptions,
): Promise<Result<readonly OutputFile[]>> {
  // Where they are made of their sources, a process of its own does it, beside all of this.
  const assets = import("./bridge/docs-assets.ts").then(({ docsAssets }) => docsAssets());
  assets.catch(() => {});
  const [stages, { typeTexts }, { emitDocs }, { createFieldWriter }, { signedExamples }] = await Promise.all([
    import("./emit/index.ts"),
    import("./emit/types/emit-types.ts"),
    import("./emit/docs/index.ts"),
    import("./bridge/field-writer.ts"),
    import("./bridge/signed-example.ts"),
  ]);
  const contracts = [];
  for (const { loaded, ...known } of inputs) {
    const { contract, set, webhookOrigin } = loaded;
    const decoded = stages.decodedSchemas(contract);
    const names = stages.typeNames(contract, decoded);
    const files = [...set.documents.values()].filter(({ file }) => file !== set.entry.file);
    contracts.push({
      ...known,
      contract,
      documentPath: contract.source.file,
      sources: [set.entry, ...files].map(({ file, text }) => ({ path: relativeTo(contract, file), text })),
      types: typeTexts(contract, { decoded, names }),
      fieldsOf: createFieldWriter(contract),
      eventTypes: names.events,
      origins: contract.webhooks.map((webhook) => webhookOrigin(webhook).pointer),
      signatures: await signedExamples(contract),
    });
  }
  const made = await assets;
  return emitDocs({ contracts, guides }, { ...options, assets: { ...made, style: made.style + style } });
}

export type { DocumentCommit, ExportFormat, HistoryReader, NoHistory };

/** A contract as a document of another format. */
export interface ExportedContract {
  readonly document: JsonObject;
  readonly text: string;
}

/**
 * emit: a contract becomes a document of another format, which is read back to find what it does not say.
 * @returns the document, and `export-loses` for each thing that is not in it. Nothing is written.
 */
export async function exportContract(
  contract: Contract,
  { to, syntax }: { readonly to: ExportFormat; readonly syntax: "json" | "yaml" },
): Promise<Result<ExportedContract>> {
  const [{ documentText, exportDocument }, { createMemoryReader }] = await Promise.all([
    import("./emit/export/index.ts"),
    import("./read/index.ts"),
  ]);
  const readBack = async (document: JsonObject) => {
    const reader = createMemoryReader({ "export.json": documentText(document, "json") }, { cwd: "/" });
    const { value } = await loadContract("export.json", { cwd: "/", reader, id: contract.id });
    return value?.contract ?? null;
  };
  const { value: document, diagnostics } = await exportDocument(contract, { to, readBack });
  return { value: { document, text: documentText(document, syntax) }, diagnostics };
}

/** A source file as seen from the folder of the entry document, wherever both are on this machine. */
function relativeTo(contract: Contract, file: string): string {
  return relative(dirname(contract.source.file), file).replaceAll("\\", "/") || basename(file);
}

/** Finds lines in JSON texts that are no descriptions, such as pacts. */
export async function locateInJson(texts: ReadonlyMap<string, string>): Promise<Locate> {
  const { createLocate } = await import("./read/index.ts");
  const documents = [...texts].map(([file, text]) => [file, { file, text, value: null, kind: "json" }] as const);
  return createLocate(new Map(documents));
}

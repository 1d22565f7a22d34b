import { relative, resolve } from "node:path";
import { endAsyncApiRules } from "../../pipeline.ts";
import { compareUnit, orphanedUnits, removeUnit, WriteError, writeUnit } from "../../write/index.ts";
import { type Context, type ExitCode, UsageError } from "../context.ts";
import { createGenerator, type GeneratedUnit, type GenerateSettings } from "../generator.ts";
import {
  asWarning,
  type DocumentOptions,
  type DocumentRequest,
  type LoadedDocument,
  loadDocument,
  requestDocuments,
} from "../load-documents.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { withProgress } from "../progress.ts";
import { watchDocuments } from "../watch.ts";
import { writtenCommand } from "../written-command.ts";

export interface GenerateOptions extends DocumentOptions {
  readonly out?: string;
  readonly check?: boolean;
  readonly watch?: boolean;
  readonly closed?: "ignore";
  readonly runtime?: "import";
}

/** `hookbook generate`: types, validators, decoder and contract of each document. */
export async function generate(
  documents: readonly string[],
  options: GenerateOptions,
  context: Context,
): Promise<ExitCode> {
  if (options.check === true && options.watch === true) throw new UsageError("--check and --watch exclude each other.");
  const found = await requestDocuments(documents, options, context);
  if (found === null) return 2;
  if (found.requests.length === 0) throw new UsageError("There is no document.", "name one, or put it under specs/");
  const settings: GenerateSettings = {
    outDir: resolve(context.cwd, options.out ?? found.config?.out ?? "generated"),
    ...pick(options.closed ?? found.config?.closed, "closed"),
    ...pick(options.runtime ?? found.config?.runtime, "runtime"),
  };
  const run = new GenerateRun(found.requests, settings, context, { removesOrphans: found.all });
  try {
    if (options.check === true) return await run.check(commandLine(documents, options));
    const status = await run.write();
    if (options.watch !== true || status === 2) return status;
    await watchDocuments({ requests: found.requests, run, context });
    return 0;
  } catch (error) {
    if (error instanceof WriteError) throw new UsageError(error.message);
    throw error;
  }
}

/** The command that was given, but writing and not checking. */
function commandLine(documents: readonly string[], options: GenerateOptions): string {
  const { out, closed, runtime, root, role, allowRemote } = options;
  return writtenCommand(["generate", ...documents], { out, closed, runtime, root, role, "allow-remote": allowRemote });
}

/** One run over all documents of a command. Everything is made before anything is written. */
export class GenerateRun {
  readonly #requests: readonly DocumentRequest[];
  readonly #settings: GenerateSettings;
  readonly #context: Context;
  readonly #removesOrphans: boolean;
  readonly #generator: ReturnType<typeof createGenerator>;

  constructor(
    requests: readonly DocumentRequest[],
    settings: GenerateSettings,
    context: Context,
    { removesOrphans }: { readonly removesOrphans: boolean },
  ) {
    this.#requests = requests;
    this.#settings = settings;
    this.#context = context;
    this.#removesOrphans = removesOrphans;
    this.#generator = createGenerator(settings, context.cwd);
  }

  async write(): Promise<ExitCode> {
    const fresh = this.#requests.filter((request) => this.#generator.isFresh(request));
    const stale = this.#requests.filter((request) => !fresh.includes(request));
    const units = await this.#make(stale);
    if (units === null) return 2;
    const runtime = await this.#generator.runtimeUnit({ onlyIfStale: true });
    for (const unit of runtime === null ? units : [...units, runtime]) await this.#writeUnit(unit);
    for (const { id } of fresh) this.#context.stderr(`${this.#shown(id)}: nothing has changed\n`);
    await this.#removeOrphans();
    return 0;
  }

  /**
   * Makes one document anew and writes it; for `--watch`. Somebody waits for the files, so they come first; what the
   * specification says of the document, and the slow parser of AsyncAPI last, report after them.
   * @returns the files that the document consists of; null where it cannot be read.
   */
  async writeOne(request: DocumentRequest): Promise<readonly string[] | null> {
    const document = await loadDocument(request, this.#context);
    if (document === null) return null;
    const unit = await this.#generator.contractUnit(document);
    await this.#writeUnit(unit);
    const checked = await this.#generator.check(document, { asyncApiRules: false });
    const diagnostics = [...document.diagnostics, ...unit.diagnostics, ...checked];
    printDiagnostics({ ...document, diagnostics }, this.#context);
    const late = await this.#generator.asyncApiRules(document);
    printDiagnostics({ ...document, diagnostics: late.map(asWarning) }, this.#context);
    return [...document.set.documents.keys()];
  }

  /** @param mend  the command that writes what is stale */
  async check(mend: string): Promise<ExitCode> {
    const units = await this.#make(this.#requests);
    if (units === null) return 2;
    const runtime = await this.#generator.runtimeUnit({ onlyIfStale: false });
    const stale: string[] = [];
    for (const { unit } of runtime === null ? units : [...units, runtime]) {
      for (const { path, reason } of await compareUnit(this.#settings.outDir, unit)) {
        stale.push(`${this.#shown(path)}: ${REASONS[reason]}`);
      }
    }
    const orphans = this.#removesOrphans ? await orphanedUnits(this.#settings.outDir, this.#known()) : [];
    for (const folder of orphans) stale.push(`${this.#shown(folder)}: no document makes it any more`);
    if (stale.length === 0) {
      this.#context.stderr(`${this.#shown("")}: up to date\n`);
      return 0;
    }
    this.#context.stdout(`${stale.join("\n")}\n`);
    this.#context.stderr(`${stale.length} ${stale.length === 1 ? "file is" : "files are"} stale; run: ${mend}\n`);
    return 1;
  }

  /**
   * Reads, checks and emits documents; null where one cannot be read. All are checked before the first is emitted: the
   * parser of AsyncAPI and the compiler that prints types are large, and need not be in memory together.
   */
  async #make(requests: readonly DocumentRequest[]): Promise<readonly GeneratedUnit[] | null> {
    const checked: (LoadedDocument | null)[] = [];
    for (const request of requests) {
      checked.push(
        await withProgress(this.#context, `reading ${request.id}`, async () => {
          const document = await loadDocument(request, this.#context);
          if (document === null) return null;
          const found = await this.#generator.check(document, { asyncApiRules: true });
          return { ...document, diagnostics: [...document.diagnostics, ...found] };
        }),
      );
    }
    await endAsyncApiRules();
    const units: GeneratedUnit[] = [];
    for (const document of checked) {
      if (document === null) continue;
      const work = () => this.#generator.contractUnit(document);
      const unit = await withProgress(this.#context, `generating ${document.request.id}`, work);
      printDiagnostics({ ...document, diagnostics: [...document.diagnostics, ...unit.diagnostics] }, this.#context);
      units.push(unit);
    }
    return units.length === requests.length ? units : null;
  }

  async #writeUnit({ unit, webhooks }: GeneratedUnit): Promise<void> {
    const { written, removed, unchanged } = await writeUnit(this.#settings.outDir, unit);
    this.#generator.touch(unit.folder);
    const counts = [
      ...(webhooks === null ? [] : [`${webhooks} ${webhooks === 1 ? "webhook" : "webhooks"}`]),
      `${written} written`,
      ...(removed > 0 ? [`${removed} removed`] : []),
      ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
    ];
    this.#context.stderr(`${this.#shown(unit.folder)}: ${counts.join(", ")}\n`);
  }

  async #removeOrphans(): Promise<void> {
    if (!this.#removesOrphans) return;
    for (const folder of await orphanedUnits(this.#settings.outDir, this.#known())) {
      const count = await removeUnit(this.#settings.outDir, folder);
      this.#context.stderr(`${this.#shown(folder)}: ${count} removed, since no document makes it any more\n`);
    }
  }

  #known(): readonly string[] {
    const runtime = this.#settings.runtime === "import" ? [] : ["runtime"];
    return [...runtime, "pacts", "docs", ...this.#requests.map(({ id }) => id)];
  }

  #shown(path: string): string {
    const folder = relative(this.#context.cwd, this.#settings.outDir).replaceAll("\\", "/") || ".";
    return path === "" ? folder : `${folder}/${path}`;
  }
}

const REASONS = { missing: "missing", changed: "changed", orphaned: "no longer made" } as const;

function pick<K extends string, V>(value: V | undefined, key: K): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);
}

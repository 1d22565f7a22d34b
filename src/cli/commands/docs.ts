import { basename, dirname, relative, resolve } from "node:path";
import type { DiffConfig, DocsConfig } from "../../config/index.ts";
import { visible } from "../../diagnostics/index.ts";
import type { Diagnostic, OutputFile } from "../../model/index.ts";
import { type DocsInput, emitDocsFiles, openHistory } from "../../pipeline.ts";
import { version } from "../../version.ts";
import { compareUnit, type Unit, WriteError, writeUnit } from "../../write/index.ts";
import { type Context, type ExitCode, UsageError } from "../context.ts";
import { describeProgram } from "../describe-program.ts";
import { docsExtras, fileAddressIn, readGuides } from "../docs-inputs.ts";
import { changesIn, pactsFor, usageOf } from "../docs-known.ts";
import { type DocsLinks, readLinks } from "../docs-links.ts";
import { startDocsServer } from "../docs-server.ts";
import {
  type DocumentOptions,
  type DocumentRequest,
  type LoadedDocument,
  loadDocuments,
  requestDocuments,
} from "../load-documents.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { withProgress } from "../progress.ts";
import { orTooDeep } from "../too-deep.ts";
import { watchFiles } from "../watch-files.ts";
import { writtenCommand } from "../written-command.ts";

export interface DocsOptions extends DocumentOptions {
  readonly out?: string;
  readonly title?: string;
  readonly guides?: string;
  /** False: none. */
  readonly pacts?: string | false;
  readonly changelog: boolean;
  readonly link: readonly string[];
  readonly check?: boolean;
  readonly watch?: boolean;
  readonly port?: number;
}

const PORT = 4400;

/** `hookbook docs`: a folder of static pages about each document. */
export async function docs(documents: readonly string[], options: DocsOptions, context: Context): Promise<ExitCode> {
  if (options.check === true && options.watch === true) throw new UsageError("--check and --watch exclude each other.");
  const found = await requestDocuments(documents, options, context);
  if (found === null) return 2;
  const config = found.config?.docs ?? {};
  const settings = { ...config, ...pick(options) };
  if (found.requests.length === 0) throw new UsageError("There is no document.", "name one, or put it under specs/");
  const generated = found.config?.out ?? "generated";
  const outDir = resolve(context.cwd, options.out ?? `${generated}/docs`);
  const links = readLinks(
    options.link,
    found.requests.map(({ id }) => id),
  );
  const run = new DocsRun({
    requests: found.requests,
    settings,
    links,
    outDir,
    pactsFolder: `${generated}/pacts`,
    levels: found.config?.diff?.levels,
    command: commandLine(documents, options),
    context,
  });
  try {
    if (options.check === true) return await run.check();
    if (options.watch === true) return await run.watch(options.port ?? PORT);
    return await run.write();
  } catch (error) {
    if (error instanceof WriteError) throw new UsageError(error.message);
    throw error;
  }
}

/** What options say goes before the configuration. */
function pick({ title, guides, pacts, changelog }: DocsOptions): Partial<DocsConfig> {
  return {
    ...(title === undefined ? {} : { title }),
    ...(guides === undefined ? {} : { guides }),
    ...(pacts === undefined ? {} : { pacts }),
    ...(changelog ? {} : { changelog }),
  };
}

/** The command that was given, but writing and not checking. */
function commandLine(documents: readonly string[], options: DocsOptions): string {
  const { out, title, guides, pacts, changelog, root, role, link, allowRemote } = options;
  return writtenCommand(["docs", ...documents], {
    out,
    title,
    guides,
    ...(pacts === false ? { "no-pacts": true } : { pacts }),
    root,
    role,
    "no-changelog": changelog ? undefined : true,
    link,
    "allow-remote": allowRemote,
  });
}

interface RunInput {
  readonly requests: readonly DocumentRequest[];
  readonly settings: DocsConfig;
  readonly links: DocsLinks;
  /** Absolute. */
  readonly outDir: string;
  /** Where contract tests write theirs, relative to the working folder. */
  readonly pactsFolder: string;
  readonly levels: DiffConfig["levels"];
  /** What to run where pages are stale. */
  readonly command: string;
  readonly context: Context;
}

interface Made {
  readonly files: readonly OutputFile[];
  readonly loaded: readonly LoadedDocument[];
}

class DocsRun {
  readonly #input: RunInput;

  constructor(input: RunInput) {
    this.#input = input;
    if (basename(input.outDir) === "")
      throw new UsageError("The pages need a folder of their own.", "name one with --out");
  }

  async write(): Promise<ExitCode> {
    const made = await this.#make();
    if (made === null) return 2;
    await this.#write(made);
    return 0;
  }

  async check(): Promise<ExitCode> {
    const { context, outDir, command } = this.#input;
    const made = await this.#make();
    if (made === null) return 2;
    const stale = await compareUnit(dirname(outDir), this.#unit(made.files));
    if (stale.length === 0) {
      context.stderr(`${this.#shown()}: up to date\n`);
      return 0;
    }
    const parent = this.#shown(dirname(outDir));
    context.stdout(
      stale.map(({ path, reason }) => `${parent === "." ? "" : `${parent}/`}${path}: ${REASONS[reason]}\n`).join(""),
    );
    context.stderr(`${stale.length} ${stale.length === 1 ? "file is" : "files are"} stale; run: ${visible(command)}\n`);
    return 1;
  }

  /** Writes, serves, and does both again whenever something is saved that pages are made of. */
  async watch(port: number): Promise<ExitCode> {
    const { context, requests, settings, pactsFolder } = this.#input;
    const server = await startDocsServer(port);
    const taken = port === 0 || new URL(server.address).port === String(port) ? "" : ` (port ${port} is taken)`;
    const { guides, style, logo, pacts = pactsFolder } = settings;
    const beside = [guides, style, logo, pacts].filter((one) => typeof one === "string");
    await watchFiles({
      context,
      files: [...requests.map(({ path }) => path), ...beside].map((path) => resolve(context.cwd, path)),
      ready: `serving ${server.address}${taken}; end with Ctrl-C\n`,
      work: async () => {
        const made = await this.#make();
        if (made === null) return [];
        await this.#write(made);
        server.publish(made.files);
        return made.loaded.flatMap(({ set }) => [...set.documents.keys()].map((file) => resolve(context.cwd, file)));
      },
    });
    await server.close();
    return 0;
  }

  async #make(): Promise<Made | null> {
    const { requests, settings, links, context } = this.#input;
    const { cwd } = context;
    const loaded = await withProgress(context, "reading", () => loadDocuments(requests, context));
    if (loaded === null) return null;
    const folder = settings.guides;
    const guides = folder === undefined ? [] : await readGuides(resolve(cwd, folder), settings.guidesFirst ?? []);
    const title = settings.title ?? (loaded.length === 1 ? loaded[0]?.contract.title : undefined) ?? "Webhooks";
    const commands = settings.commands === true ? { commands: await this.#commands() } : {};
    const inputs = await this.#inputs(loaded);
    const emitted = await withProgress(context, "making pages", async () =>
      orTooDeep(requests[0]?.path ?? "", async () =>
        emitDocsFiles(inputs, guides, {
          title,
          ...(folder === undefined ? {} : { guidesFolder: folder }),
          ...(folder === undefined || settings.guidesAddress === undefined
            ? {}
            : { fileAddress: fileAddressIn(resolve(cwd, folder), settings.guidesAddress) }),
          ...commands,
          links: links.site,
          ...(await docsExtras(cwd, settings)),
        }),
      ),
    );
    for (const document of loaded) printDiagnostics(document, context);
    this.#print(emitted.diagnostics);
    return { files: emitted.value, loaded };
  }

  /** The documents, with what others tell of them. */
  async #inputs(loaded: readonly LoadedDocument[]): Promise<readonly DocsInput[]> {
    const { settings, links, context, pactsFolder: folder, levels } = this.#input;
    const { pacts, changelog } = settings;
    const found = pactsFor({ pacts, folder }, context);
    const ids = loaded.map(({ contract }) => contract.id);
    const reader = await openHistory(context);
    return Promise.all(
      loaded.map(async (document) => {
        const history = await changesIn(document, { changelog, levels }, context, reader);
        return {
          loaded: document,
          links: links.contracts.get(document.contract.id) ?? [],
          usage: usageOf(document, found, ids),
          ...(history === undefined ? {} : { history }),
        };
      }),
    ).finally(reader.close);
  }

  #print(diagnostics: readonly Diagnostic[]): void {
    printDiagnostics({ diagnostics, locate: () => ({ line: 1, column: 1 }) }, this.#input.context);
  }

  async #commands() {
    const { createProgram } = await import("../program.ts");
    return describeProgram(createProgram({ ...this.#input.context, stdout: () => {} }, () => {}));
  }

  async #write({ files }: Made): Promise<void> {
    const { outDir, context } = this.#input;
    const { written, removed, unchanged } = await writeUnit(dirname(outDir), this.#unit(files));
    const pages = files.filter(({ path }) => path.endsWith(".html")).length;
    const counts = [`${pages} pages`, `${written} files written`, `${removed} removed`, `${unchanged} unchanged`];
    context.stderr(`${visible(this.#shown())}: ${counts.join(", ")}\n`);
  }

  #unit(files: readonly OutputFile[]): Unit {
    return { folder: basename(this.#input.outDir), files, inputs: {}, options: { command: "docs" }, version };
  }

  #shown(folder: string = this.#input.outDir): string {
    return relative(this.#input.context.cwd, folder).replaceAll("\\", "/") || ".";
  }
}

const REASONS = { missing: "missing", changed: "changed", orphaned: "no longer made" } as const;

import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { visible } from "../../diagnostics/index.ts";
import { bundleAsyncApi, checkAsyncApiRules, endAsyncApiRules } from "../../pipeline.ts";
import { version } from "../../version.ts";
import { hashBytes, type Unit, WriteError, writeUnit } from "../../write/index.ts";
import { type Context, type ExitCode, UsageError } from "../context.ts";
import { asWarning, type DocumentOptions, type LoadedDocument, loadSingle } from "../load-documents.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { withProgress } from "../progress.ts";
import { type CompiledTemplate, compiledTemplate } from "../template/compiled-template.ts";
import { findGenerator, type Generator } from "../template/find-generator.ts";
import { findTemplate, type Template, templateParameters } from "../template/find-template.ts";
import type { GeneratorOutcome } from "../template/generator-protocol.ts";
import { type MadeFiles, madeFiles, makeExecutable } from "../template/made-files.ts";
import { runGenerator } from "../template/run-generator.ts";
import { templateOutput } from "../template/template-output.ts";

export interface TemplateOptions extends DocumentOptions {
  readonly out: string;
  readonly param: readonly string[];
}

/** What is run, and on what. */
interface Run {
  readonly document: LoadedDocument;
  readonly template: Template;
  readonly compiled: CompiledTemplate;
  readonly generator: Generator;
  readonly parameters: Readonly<Record<string, string>>;
  readonly outFolder: string;
}

/**
 * `hookbook template`: runs an installed template of AsyncAPI Generator on a contract. An AsyncAPI document is passed on as
 * it is written, made one file; anything else as its export to AsyncAPI. What the template makes is moved to `--out` when all
 * of it is there.
 */
export async function template(
  path: string,
  name: string,
  options: TemplateOptions,
  context: Context,
): Promise<ExitCode> {
  const generator = findGenerator(context.cwd);
  const found = findTemplate(name, context.cwd);
  const parameters = templateParameters(options.param, found);
  const document = await loadSingle(path, options, context);
  if (document === null) return 2;
  printDiagnostics(document, context);

  const temporary = await mkdtemp(join(tmpdir(), "hookbook-template-"));
  // Templates may name things after the folder that they write to.
  const outFolder = join(temporary, basename(resolve(context.cwd, options.out)) || "out");
  const compiled = await compiledTemplate(found, generator);
  const end = () => Promise.all([compiled.discard(), rm(temporary, { recursive: true, force: true })]);
  const run: Run = { document, template: found, compiled, generator, parameters, outFolder };
  try {
    const work = () => generate(run, context);
    const text = await withProgress(context, `running ${found.name}`, work);
    const made = await madeFiles(outFolder);
    if (made.files.length === 0) throw new UsageError(`The template ${shown(found.name)} has made no file.`);
    await compiled.keep();
    await write(run, made, text, options, context);
    return 0;
  } finally {
    await end();
  }
}

/** @returns the document that was used. */
async function generate(run: Run, context: Context): Promise<string> {
  const { document } = run;
  if (document.set.format.startsWith("asyncapi-")) {
    const written = await bundleAsyncApi(document, "written");
    const text = JSON.stringify(written.value);
    const outcome = await runOnce(run, text, context);
    if (outcome.kind === "done") return text;
    if (outcome.kind === "failed") throw failure(outcome, run.template);
    const broken = await checkAsyncApiRules(document.set);
    await endAsyncApiRules();
    printDiagnostics({ ...document, diagnostics: broken.filter(isViolation).map(asWarning) }, context);
    context.stderr(
      `AsyncAPI Generator does not take ${shown(document.request.path)} as it is written; its export to AsyncAPI is used instead.\n`,
    );
  }
  const exported = await bundleAsyncApi(document, "exported");
  printDiagnostics({ ...document, diagnostics: exported.diagnostics }, context);
  const text = JSON.stringify(exported.value);
  const outcome = await runOnce(run, text, context);
  if (outcome.kind === "done") return text;
  throw failure(outcome, run.template);
}

async function runOnce(run: Run, document: string, context: Context): Promise<GeneratorOutcome> {
  const { compiled, generator, parameters, outFolder } = run;
  await rm(outFolder, { recursive: true, force: true });
  return runGenerator({
    generator,
    job: { templateFolder: compiled.folder, outFolder, parameters, compile: compiled.compile, document },
    cwd: context.cwd,
    signal: context.signal,
    onLine: templateOutput(context),
  });
}

function failure(outcome: Exclude<GeneratorOutcome, { kind: "done" }>, { name }: Template): UsageError {
  if (outcome.kind === "refused") {
    const [first] = outcome.refusals;
    const count = outcome.refusals.length;
    const more = count > 1 ? ` (and ${count - 1} more)` : "";
    return new UsageError(
      `AsyncAPI Generator refuses the document: ${first?.message ?? ""} at ${first?.pointer || "/"}${more}.`,
      "hookbook lint says what is wrong with a document",
    );
  }
  // The generator puts suggestions on further lines.
  const message =
    outcome.message
      .trim()
      .split(/\s*\n\s*/)[0]
      ?.replace(/\.$/, "") ?? "";
  const stack = process.env["HOOKBOOK_DEBUG"] ? outcome.stack : undefined;
  return new UsageError(
    `The template ${JSON.stringify(name)} failed${message === "" ? "" : `: ${message}`}.`,
    stack ?? "this is the template's or AsyncAPI Generator's; HOOKBOOK_DEBUG=1 shows where",
  );
}

function isViolation({ code }: { readonly code: string }): boolean {
  return code !== "asyncapi-advice";
}

async function write(
  { document, template: { name, version: templateVersion }, parameters }: Run,
  { files, executable }: MadeFiles,
  text: string,
  options: TemplateOptions,
  context: Context,
): Promise<void> {
  const given = resolve(context.cwd, options.out);
  const target = await realpath(given).catch(() => given);
  const unit: Unit = {
    folder: basename(target),
    files,
    inputs: { document: hashBytes(text) },
    options: { command: "template", template: `${name}@${templateVersion}`, parameters },
    version,
    foreign: "keep",
  };
  try {
    const { written, removed, unchanged } = await writeUnit(dirname(target), unit);
    await makeExecutable(target, executable);
    const counts = [`${written} written`, `${unchanged} unchanged`, `${removed} removed`].filter(
      (one) => !one.startsWith("0 "),
    );
    context.stderr(`${visible(options.out)}: ${name} of ${document.request.id}, ${counts.join(", ")}\n`);
  } catch (error) {
    if (error instanceof WriteError)
      throw new UsageError(error.message, "name an empty folder, or one that this command has made");
    throw error;
  }
}

function shown(text: string): string {
  return visible(JSON.stringify(text));
}

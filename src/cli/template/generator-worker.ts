import { createRequire } from "node:module";
import type { GeneratorJob, GeneratorOutcome, Refusal } from "./generator-protocol.ts";

/**
 * Runs AsyncAPI Generator in a process of its own: templates print what they like, end the process, and leave things open.
 */
interface GeneratorClass {
  new (
    template: string,
    out: string,
    options: object,
  ): { generate(document: string, parseOptions: object): Promise<void> };
}

/** The generator's parser asks these before its own readers: nothing is read or fetched, whatever the document names. */
const NOTHING = { order: 1, canRead: true, read: () => "{}" };
const RESOLVE = { file: NOTHING, http: NOTHING, https: NOTHING };

process.once("message", (job: GeneratorJob) => {
  run(job).then(answer, (error: unknown) => answer(failureOf(error)));
});
process.on("disconnect", () => process.exit(1));
// Templates and their hooks may fail in a callback that nobody waits for.
process.on("uncaughtException", (error) => answer(failureOf(error)));
process.on("unhandledRejection", (reason) => answer(failureOf(reason)));

function answer(outcome: GeneratorOutcome): void {
  process.send?.(outcome, () => process.exit(0));
}

async function run(job: GeneratorJob): Promise<GeneratorOutcome> {
  // The module is the user's, wherever it is installed.
  const load = createRequire(job.entry);
  const loaded: GeneratorClass | { readonly default: GeneratorClass } = load(job.entry);
  const Generator = "default" in loaded ? loaded.default : loaded;
  const generator = new Generator(job.templateFolder, job.outFolder, {
    compile: job.compile,
    forceWrite: true,
    install: false,
    templateParams: job.parameters,
  });
  await generator.generate(job.document, { resolve: RESOLVE });
  return { kind: "done" };
}

function failureOf(error: unknown): GeneratorOutcome {
  const refusals = refusalsOf(error);
  if (refusals.length > 0) return { kind: "refused", refusals };
  if (!(error instanceof Error)) return { kind: "failed", message: typeof error === "string" ? error : "" };
  return { kind: "failed", message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
}

function refusalsOf(error: unknown): readonly Refusal[] {
  if (typeof error !== "object" || error === null || !("diagnostics" in error)) return [];
  const { diagnostics } = error;
  if (!Array.isArray(diagnostics)) return [];
  return diagnostics.flatMap((found: { message?: unknown; path?: unknown; severity?: unknown }) => {
    // 0 is an error.
    if (found.severity !== 0 || !Array.isArray(found.path)) return [];
    const tokens = found.path.map((token) => String(token).replaceAll("~", "~0").replaceAll("/", "~1"));
    return [{ message: String(found.message), pointer: tokens.map((token) => `/${token}`).join("") }];
  });
}

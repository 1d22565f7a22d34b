import { visibleJson } from "../../diagnostics/index.ts";
import { type CheckReport, checkPacts } from "../../pact/static.ts";
import { locateInJson } from "../../pipeline.ts";
import type { Context, ExitCode } from "../context.ts";
import { pactGithub, pactJunit, pactText } from "../formats/pact-results.ts";
import { asWarning, type DocumentOptions, loadSingle } from "../load-documents.ts";
import { checkContext, readPacts } from "../pacts.ts";
import { printDiagnostics } from "../print-diagnostics.ts";

export interface PactCheckOptions extends DocumentOptions {
  readonly format: "text" | "json" | "junit" | "github";
}

/** `hookbook pact check`: does each pact expect only what the contract promises? */
export async function pactCheck(
  path: string,
  pacts: readonly string[],
  options: PactCheckOptions,
  context: Context,
): Promise<ExitCode> {
  const files = readPacts(pacts, context);
  const document = await loadSingle(path, options, context);
  if (document === null) return 2;
  printDiagnostics({ ...document, diagnostics: document.diagnostics.map(asWarning) }, context);
  const report = checkPacts(files, checkContext(document));
  const locatePact = await locateInJson(new Map(files.map(({ file, text }) => [file, text])));
  const places = { locatePact, locateDocument: document.locate };
  switch (options.format) {
    case "json":
      context.stdout(`${visibleJson({ results: report.results, summary: report.summary })}\n`);
      break;
    case "junit":
      context.stdout(pactJunit(report, document.contract.id));
      break;
    case "github":
      context.stdout(pactGithub(report, places));
      break;
    case "text":
      context.stdout(pactText(report, { ...places, colors: context.colors.stdout }));
      break;
    default:
      options.format satisfies never;
  }
  return statusOf(report, context);
}

/** Comparing nothing is no success: it is what a check looks like that was given the wrong file. */
function statusOf({ summary }: CheckReport, context: Context): ExitCode {
  if (summary.compared === 0) {
    context.stderr("Nothing was compared: no interaction of these pacts is about a webhook of the document.\n");
    return 2;
  }
  return summary.errors > 0 ? 1 : 0;
}

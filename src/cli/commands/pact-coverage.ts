import { visible, visibleJson } from "../../diagnostics/index.ts";
import { type Coverage, checkPacts, coverageOf } from "../../pact/static.ts";
import type { Context, ExitCode } from "../context.ts";
import { asWarning, type DocumentOptions, loadSingle } from "../load-documents.ts";
import { checkContext, readPacts } from "../pacts.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { table } from "../table.ts";

export interface PactCoverageOptions extends DocumentOptions {
  readonly format: "text" | "json";
  /** Percent of the documented events that must be handled. */
  readonly min?: number;
}

/** `hookbook pact coverage`: events documented, handled, in a pact. */
export async function pactCoverage(
  path: string,
  pacts: readonly string[],
  options: PactCoverageOptions,
  context: Context,
): Promise<ExitCode> {
  const files = readPacts(pacts, context);
  const document = await loadSingle(path, options, context);
  if (document === null) return 2;
  printDiagnostics({ ...document, diagnostics: document.diagnostics.map(asWarning) }, context);
  const contractContext = checkContext(document);
  const report = checkPacts(files, contractContext);
  const coverage = coverageOf(report, contractContext);
  context.stdout(
    options.format === "json" ? `${visibleJson(coverage)}\n` : coverageText(coverage, context.colors.stdout),
  );
  const { errors, compared } = report.summary;
  if (errors > 0) {
    context.stderr(`The pacts have ${errors} error${errors === 1 ? "" : "s"}: hookbook pact check shows them.\n`);
  }
  if (compared === 0) {
    context.stderr("Nothing was compared: no interaction of these pacts is about a webhook of the document.\n");
    return 2;
  }
  const { min } = options;
  if (min === undefined || coverage.summary.percent >= min) return 0;
  context.stderr(`${coverage.summary.percent} % of the events are handled, and ${min} % have to be.\n`);
  return 1;
}

function coverageText({ events, summary }: Coverage, colors: boolean): string {
  const rows = events.map(({ webhook, handled, consumers, pacts, properties }) => [
    visible(webhook),
    handled ? "handled" : pacts.length > 0 ? "in a pact" : "not in a pact",
    `${properties.read}/${properties.documented}`,
    visible(consumers.join(", ")) || "-",
  ]);
  const { documented, handled, inPact, percent, properties } = summary;
  const total = `${handled} of ${documented} events handled (${percent} %), ${inPact} in a pact; ${properties.read} of ${properties.documented} properties read`;
  return `${[...table([["webhook", "", "properties read", "consumers"], ...rows], { header: colors }), total].join("\n")}\n`;
}

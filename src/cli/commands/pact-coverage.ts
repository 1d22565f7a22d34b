import { visible, visibleJson } from "../../diagnostics/index.ts";
import { type Coverage, checkPacts, coverageOf, type EventCoverage } from "../../pact/static.ts";
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
  const rows = events.map((event) => [
    visible(event.webhook),
    stateOf(event),
    `${event.properties.read}/${event.properties.documented}`,
    visible(event.consumers.join(", ")) || "-",
  ]);
  const reasons = events.flatMap(({ webhook, optedOut }) =>
    optedOut.map(
      ({ consumer, reason }) => `${visible(consumer)} does not want ${visible(webhook)}: ${visible(reason)}`,
    ),
  );
  const { documented, handled, inPact, optedOut, percent, properties } = summary;
  const others = optedOut === 0 ? "" : `, ${optedOut} opted out`;
  const total = `${handled} of ${documented} events handled (${percent} %), ${inPact} in a pact${others}; ${properties.read} of ${properties.documented} properties read`;
  return `${[...table([["webhook", "", "properties read", "consumers"], ...rows], { header: colors }), ...reasons, total].join("\n")}\n`;
}

function stateOf({ handled, pacts, optedOut }: EventCoverage): string {
  if (handled) return "handled";
  if (pacts.length > 0) return "in a pact";
  return optedOut.length > 0 ? "opted out" : "not in a pact";
}

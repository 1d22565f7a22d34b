import { visibleJson } from "../../../diagnostics/index.ts";
import type { AcceptedReport, DiffReport, ReportedChange } from "../../diff/report.ts";

/** The report as one JSON value; its shape is in `docs/cli.md`. */
export function diffJson({ verdict, complete, counts, contracts, changes, accepted, notes }: DiffReport): string {
  return `${visibleJson({
    verdict,
    complete,
    summary: { ...counts, accepted: accepted.length },
    changes: changes.map(changeJson),
    accepted: accepted.map((change) => ({ ...changeJson(change), reason: change.reason, expires: change.expires })),
    contracts: contracts.map(({ contract, title, base, revision, webhooks, ...rest }) => ({
      contract,
      title,
      verdict: rest.verdict,
      summary: rest.counts,
      base,
      revision,
      webhooks,
    })),
    notes,
  })}\n`;
}

function changeJson(change: ReportedChange | AcceptedReport): object {
  const { rule, level, contract, webhook, pointer, also, message, keyword, base, revision, consumers } = change;
  return {
    rule,
    level,
    contract,
    webhook,
    in: change.in,
    pointer,
    ...(also === undefined ? {} : { also }),
    message,
    ...(keyword === undefined ? {} : { keyword }),
    base,
    revision,
    ...(consumers === undefined ? {} : { consumers }),
  };
}

import { ruleInfos } from "../../../diff/index.ts";
import type { ChangeLevel, Severity } from "../../../model/index.ts";
import { readRulePage } from "../../diff/explain.ts";
import { type Folded, foldChanges, nameSome } from "../../diff/fold.ts";
import type { DiffReport } from "../../diff/report.ts";
import { githubAnnotations } from "../github.ts";
import { type SarifFinding, type SarifRule, sarifLog } from "../sarif.ts";
import { pointerText, sentenceOf } from "./words.ts";

const SEVERITIES = { breaking: "error", risky: "warning", safe: "info" } as const satisfies Record<
  ChangeLevel,
  Severity
>;

/** The changes as a SARIF log, at their places in the revision; one result for all webhooks that one edit reaches. */
export function diffSarif(report: DiffReport): string {
  const accepted = report.accepted.map(({ reason, expires, ...change }) => ({
    ...findingOf({ change, webhooks: [change.webhook], pointers: [change.pointer], repeats: 0 }),
    accepted: `${reason} (until ${expires})`,
  }));
  const findings = [...foldChanges(report.changes).map(findingOf), ...accepted];
  return sarifLog(findings, { complete: report.complete, describe: describeRule });
}

/** The changes as annotations of a pull request: one for all webhooks that one edit reaches. */
export function diffGithub(report: DiffReport): string {
  return githubAnnotations(foldChanges(report.changes).map(findingOf));
}

function findingOf({ change, webhooks, pointers }: Folded): SarifFinding {
  const names = nameSome(webhooks, (name) => name);
  const who = webhooks.length === 1 ? names : `${webhooks.length} webhooks (${names})`;
  const where = pointerText(change.in, pointers);
  return {
    code: change.rule,
    severity: SEVERITIES[change.level],
    message: `${who}${where === "" ? "" : ` ${where}`}: ${sentenceOf(change)}`,
    location: change.anchor,
    ...(change.base === null ? {} : { related: { location: change.base, text: "before" } }),
  };
}

function describeRule(id: string): SarifRule {
  const info = ruleInfos.find((one) => one.id === id);
  return {
    summary: info?.summary ?? id.replaceAll("-", " "),
    page: readRulePage(id),
    path: info?.page ?? "docs/compatibility.md",
    severity: SEVERITIES[info?.levels.sender[0] ?? info?.levels.receiver[0] ?? "risky"],
  };
}

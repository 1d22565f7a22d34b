import {
  catalog,
  countSeverities,
  nearest,
  positionOf,
  quote,
  sortDiagnostics,
  toJson,
  uniqueDiagnostics,
  visibleJson,
  withoutRepeatedExamples,
} from "../../diagnostics/index.ts";
import type { Diagnostic, Position } from "../../model/index.ts";
import {
  checkAsyncApiRules,
  checkDocument,
  endAsyncApiRules,
  type LoadResult,
  lintContract,
  lintResults,
  loadContract,
} from "../../pipeline.ts";
import { BASELINE_NAME, readBaseline, writeBaseline } from "../baseline-file.ts";
import { type Context, type ExitCode, UsageError } from "../context.ts";
import { findingsJunit } from "../formats/findings-junit.ts";
import { findingsText } from "../formats/findings-text.ts";
import { githubAnnotations } from "../formats/github.ts";
import { sarifLog } from "../formats/sarif.ts";
import { type DocumentOptions, type DocumentRequest, requestDocuments } from "../load-documents.ts";
import { withProgress } from "../progress.ts";
import { orTooDeep } from "../too-deep.ts";
import { within } from "../within.ts";

export interface LintOptions extends DocumentOptions {
  readonly format: "text" | "json" | "sarif" | "junit" | "github";
  readonly failOn: "error" | "warning";
  readonly updateBaseline?: boolean;
}

/** A finding with its line, so that it can be shown without its document. */
type Finding = Diagnostic & { readonly position: Position };

/** What was found in one document. */
interface Judged {
  readonly findings: readonly Finding[];
  /** Every file that was read for it. */
  readonly files: readonly string[];
  /** False where no contract could be built. */
  readonly isRead: boolean;
  readonly sourceText: (file: string) => string | undefined;
}

/** `hookbook lint`: is the document right, complete and usable. */
export async function lint(documents: readonly string[], options: LintOptions, context: Context): Promise<ExitCode> {
  const found = await requestDocuments(documents, options, context);
  if (found === null) return 2;
  if (found.requests.length === 0) throw new UsageError("There is no document.", "name one, or put it under specs/");
  const rules = found.config?.rules ?? {};
  noteUnknownCodes(Object.keys(rules), context);
  const { applyBaseline, applyLevels, baselineOf, mergeBaseline, parseBaseline, baselineText } = await lintResults();
  const baseline = readBaseline(context.cwd, parseBaseline);

  const judged = await judgeAll(found.requests, context);
  const isComplete = judged.every(({ isRead }) => isRead);
  const level = (findings: readonly Finding[]) => applyLevels(findings, rules);
  const ofContracts = level(unique(judged.filter(({ isRead }) => isRead)));
  const ofTheRest = level(unique(judged.filter(({ isRead }) => !isRead)));
  const files = new Set(judged.flatMap((document) => document.files));
  const isJudged = (file: string) => found.all || files.has(file);

  let accepting = baseline;
  if (options.updateBaseline === true && isComplete) {
    accepting = mergeBaseline(baseline, baselineOf(ofContracts), isJudged);
    await writeBaseline(context.cwd, baselineText(accepting));
    context.stderr(`${BASELINE_NAME} accepts ${countText(accepting.reduce((sum, { count }) => sum + count, 0))}.\n`);
  }
  const { found: fresh, accepted, gone } = applyBaseline(ofContracts, accepting, isJudged);
  if (gone.length > 0 && isComplete) noteGone(gone, context);

  const findings = [...fresh, ...ofTheRest];
  const fails = ({ severity }: Pick<Finding, "severity">) =>
    severity === "error" || (severity === "warning" && options.failOn === "warning");
  context.stdout(printed());
  if (!isComplete) return 2;
  return findings.some(fails) ? 1 : 0;

  function printed(): string {
    const values = findings.map((finding) => toJson(finding, () => finding.position));
    switch (options.format) {
      case "text":
        return findingsText(findings, { sourceText: sourceTextOf(judged), colors: context.colors.stdout, accepted });
      case "json":
        return `${visibleJson({ diagnostics: values, summary: countSeverities(findings) })}\n`;
      case "sarif":
        return sarifLog(values, { complete: isComplete });
      case "junit":
        return findingsJunit(values, fails, [...files]);
      case "github":
        return githubAnnotations(values);
      default:
        return options.format satisfies never;
    }
  }
}

/** Every document in its turn; the AsyncAPI parser is kept for the next, and ended after the last. */
async function judgeAll(requests: readonly DocumentRequest[], context: Context): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  try {
    for (const request of requests) {
      judged.push(await withProgress(context, `Checking ${request.path}`, () => judge(request)));
    }
  } finally {
    await endAsyncApiRules();
  }
  return judged;
}

async function judge(request: DocumentRequest): Promise<Judged> {
  const loaded = await loadContract(request.path, request.options);
  const diagnostics = withoutRepeatedExamples([...loaded.diagnostics, ...(await askRules(loaded))]);
  const findings = sortDiagnostics(diagnostics, loaded.locate).map((diagnostic) => ({
    ...diagnostic,
    position: positionOf(diagnostic, loaded.locate),
  }));
  return {
    findings,
    files: loaded.value === null ? [request.path] : [...loaded.value.set.documents.keys()],
    isRead: loaded.value !== null,
    sourceText: loaded.sourceText,
  };
}

async function askRules({ value }: LoadResult): Promise<readonly Diagnostic[]> {
  if (value === null) return [];
  return [
    ...(await checkDocument(value.set)),
    ...(await checkAsyncApiRules(value.set)),
    ...(await orTooDeep(value.set.entry.file, () => lintContract(value, within))),
  ];
}

/** In the order of the documents; what two of them have in common is said once. */
function unique(judged: readonly Judged[]): readonly Finding[] {
  const all = judged.flatMap(({ findings }) => findings);
  return uniqueDiagnostics(all, () => ({ line: 1, column: 1 })) as readonly Diagnostic[] as readonly Finding[];
}

function sourceTextOf(judged: readonly Judged[]): (file: string) => string | undefined {
  return (file) => {
    for (const { sourceText } of judged) {
      const text = sourceText(file);
      if (text !== undefined) return text;
    }
    return undefined;
  };
}

/** A slip of the pen in `rules` would change nothing, in silence. */
function noteUnknownCodes(codes: readonly string[], { stderr }: Context): void {
  for (const code of codes) {
    if (Object.hasOwn(catalog, code)) continue;
    const similar = nearest(code, Object.keys(catalog));
    const hint = similar === undefined ? "" : `\n  hint: did you mean ${JSON.stringify(similar)}?`;
    stderr(`The configuration sets a level for ${quote(code)}, which is no code.${hint}\n`);
  }
}

function noteGone(
  gone: readonly { readonly code: string; readonly file: string; readonly pointer: string; readonly count: number }[],
  { stderr }: Context,
): void {
  const count = gone.reduce((sum, entry) => sum + entry.count, 0);
  stderr(
    `${countText(count)} of ${BASELINE_NAME} no longer ${count === 1 ? "occurs" : "occur"}; --update-baseline removes ${count === 1 ? "it" : "them"}:\n`,
  );
  for (const { code, file, pointer } of gone.slice(0, 20)) stderr(`  ${code}  ${file}  ${pointer}\n`);
  if (gone.length > 20) stderr(`  and ${gone.length - 20} more\n`);
}

function countText(count: number): string {
  return `${count} ${count === 1 ? "finding" : "findings"}`;
}

import type { ChangeLevel } from "../../model/index.ts";
import { type Context, type ExitCode, UsageError } from "../context.ts";
import { pairsWithBase } from "../diff/base-pairs.ts";
import { checkRules } from "../diff/check-rules.ts";
import { comparePairs } from "../diff/compare-pairs.ts";
import { explainRule } from "../diff/explain.ts";
import { type Pair, pairsOf } from "../diff/pairs.ts";
import { type DiffReport, makeReport } from "../diff/report.ts";
import { diffGithub, diffSarif } from "../formats/diff/findings.ts";
import { diffHtml } from "../formats/diff/html.ts";
import { diffJson } from "../formats/diff/json.ts";
import { diffJunit } from "../formats/diff/junit.ts";
import { diffMarkdown } from "../formats/diff/markdown.ts";
import { diffText } from "../formats/diff/text.ts";
import { type DocumentOptions, type Requests, requestDocuments, settingsOf } from "../load-documents.ts";
import { readPacts } from "../pacts.ts";

type FailOn = "breaking" | "risky" | "none";

export interface DiffCommandOptions extends DocumentOptions {
  readonly format: "text" | "json" | "markdown" | "html" | "sarif" | "junit" | "github";
  readonly failOn: FailOn;
  readonly base?: string;
  readonly prose?: boolean;
  readonly frames?: boolean;
  readonly explain?: string;
  readonly pacts?: string;
}

/** `hookbook diff`: what changed for receivers, and how bad it is. */
export async function diff(
  documents: readonly string[],
  options: DiffCommandOptions,
  context: Context,
): Promise<ExitCode> {
  if (options.explain !== undefined) {
    context.stdout(explainRule(options.explain));
    return 0;
  }
  const settings = await settingsOf(options, context);
  if (settings === null) return 2;
  const config = settings.config?.diff ?? {};
  checkRules(config);
  const pacts = options.pacts === undefined ? [] : readPacts([options.pacts], context);
  const pairs = await pairsFor(documents, options, context);
  if (pairs === null) return 2;
  const { compared, complete, notes, sourceText } = await comparePairs(
    pairs,
    { ...settings.options, prose: options.prose === true, pacts },
    context,
  );
  const isNothing = complete && compared.every(({ webhooks }) => webhooks.length === 0);
  const report = makeReport(compared, {
    complete: complete && !isNothing,
    notes,
    config,
    today: context.now().toISOString().slice(0, 10),
  });
  context.stdout(printed(report));
  if (isNothing) context.stderr("Nothing was compared: there is no webhook on either side.\n");
  return exitCode(report, options.failOn);

  function printed(found: DiffReport): string {
    switch (options.format) {
      case "text":
        return diffText(found, { colors: context.colors.stdout, frames: options.frames === true, sourceText });
      case "json":
        return diffJson(found);
      case "markdown":
        return diffMarkdown(found, sourceText);
      case "html":
        return diffHtml(found, sourceText);
      case "sarif":
        return diffSarif(found);
      case "junit":
        return diffJunit(found, ({ level }) => failsBy(level, options.failOn));
      case "github":
        return diffGithub(found);
      default:
        return options.format satisfies never;
    }
  }
}

/** What could not be read is never "no breaking change". */
function exitCode({ complete, verdict }: DiffReport, failOn: FailOn): ExitCode {
  if (!complete) return 2;
  return verdict !== null && verdict !== "none" && failsBy(verdict, failOn) ? 1 : 0;
}

function failsBy(level: ChangeLevel, failOn: FailOn): boolean {
  return failOn !== "none" && (level === "breaking" || (level === "risky" && failOn === "risky"));
}

async function pairsFor(
  documents: readonly string[],
  { base, ...options }: DiffCommandOptions,
  context: Context,
): Promise<readonly Pair[] | null> {
  if (base !== undefined) {
    const found: Requests | null = await requestDocuments(documents, options, context);
    if (found === null) return null;
    const paths = found.requests.map(({ path }) => path);
    const pairs = await pairsWithBase(base, { paths, all: found.all, config: found.config }, context.cwd);
    if (pairs.length === 0) throw new UsageError("There is no document.", "name one, or put it under specs/");
    return pairs;
  }
  const [from, to, ...more] = documents;
  if (from === undefined) {
    throw new UsageError(
      "There is nothing to compare.",
      "hookbook diff BASE REVISION, or hookbook diff --base REV for the project's documents",
    );
  }
  if (to === undefined) {
    throw new UsageError(
      `There is nothing to compare ${JSON.stringify(from)} with.`,
      "name the revision too, or --base REV to compare with a git revision",
    );
  }
  if (more.length > 0) {
    throw new UsageError(
      `diff compares two documents or folders, and ${documents.length} were named.`,
      "--base REV compares several documents with a git revision",
    );
  }
  return pairsOf(from, to, context.cwd);
}

import { createHash } from "node:crypto";
import {
  catalog,
  type DiagnosticCode,
  type DiagnosticJson,
  type LocationJson,
  visibleJson,
} from "../../diagnostics/index.ts";
import type { Severity } from "../../model/index.ts";
import { version } from "../../version.ts";
import { readPage } from "./page.ts";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const satisfies Record<Severity, string>;
const REPOSITORY = "https://github.com/hookbook/hookbook";

export interface SarifOptions {
  /** False where a document could not be read, so that something may be missing. */
  readonly complete: boolean;
  /** What is known of a code. Default: what the catalogue of diagnostics and its pages say. */
  readonly describe?: (code: string) => SarifRule;
}

/** What stands behind a code. */
export interface SarifRule {
  /** As plain text. */
  readonly summary: string;
  /** Markdown; undefined where there is no page. */
  readonly page: string | undefined;
  /** The page's path in the repository. */
  readonly path: string;
  readonly severity: Severity;
}

/** A finding, and what only this format has words for. */
export interface SarifFinding extends DiagnosticJson {
  /** Another place that belongs to it. */
  readonly related?: { readonly location: LocationJson; readonly text: string };
  /** Why it does not count. */
  readonly accepted?: string;
}

/**
 * Findings as a SARIF log, which code scanning services read.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifLog(
  findings: readonly SarifFinding[],
  { complete, describe = describeDiagnostic }: SarifOptions,
): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const fingerprints = new Fingerprints();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "hookbook",
            version,
            semanticVersion: version,
            informationUri: REPOSITORY,
            rules: codes.map((code) => ruleOf(code, describe(code))),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: complete }],
        results: findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: LEVELS[finding.severity],
          message: { text: messageOf(finding) },
          locations: [locationOf(finding.location)],
          ...relatedOf(finding),
          ...suppressionOf(finding),
          partialFingerprints: { "hookbookFinding/v1": fingerprints.next(finding) },
        })),
      },
    ],
  };
  return `${visibleJson(log)}\n`;
}

function describeDiagnostic(code: string): SarifRule {
  const page = readPage(code);
  return {
    summary: page?.summary ?? code.replaceAll("-", " "),
    page: page?.text,
    path: `docs/diagnostics/${code}.md`,
    severity: Object.hasOwn(catalog, code) ? catalog[code as DiagnosticCode].severity : "warning",
  };
}

function ruleOf(code: string, { summary, page, path, severity }: SarifRule): object {
  const helpUri = `${REPOSITORY}/blob/main/${path}`;
  return {
    id: code,
    name: code.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: firstSentence(summary) },
    fullDescription: { text: summary },
    help: page === undefined ? { text: `See ${helpUri}` } : { text: page, markdown: page },
    helpUri,
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function relatedOf({ related }: SarifFinding): object {
  if (related === undefined) return {};
  return { relatedLocations: [{ id: 0, message: { text: related.text }, ...locationOf(related.location) }] };
}

function suppressionOf({ accepted }: SarifFinding): object {
  return accepted === undefined
    ? {}
    : { suppressions: [{ kind: "external", status: "accepted", justification: accepted }] };
}

function firstSentence(text: string): string {
  return /^.*?[.?!](?= [A-Z]|$)/s.exec(text)?.[0] ?? text;
}

function messageOf({ message, hint }: DiagnosticJson): string {
  return hint === undefined ? message : `${message}\nHint: ${hint}`;
}

function locationOf({ file, line, column, pointer }: LocationJson): object {
  const isUrl = /^https?:\/\//.test(file);
  const encode = (part: string) => encodeURIComponent(part.replace(/\p{Cs}/gu, "\ufffd"));
  const uri = isUrl && URL.canParse(file) ? new URL(file).href : file.split("/").map(encode).join("/");
  return {
    physicalLocation: {
      artifactLocation: isUrl ? { uri } : { uri, uriBaseId: "%SRCROOT%" },
      region: { startLine: line, startColumn: column },
    },
    logicalLocations: [{ fullyQualifiedName: `${file}#${pointer}`, kind: "member" }],
  };
}

/**
 * What stays the same when lines move: code, file, pointer and, since a place may have several findings of one code, the
 * message and which of the same it is.
 */
class Fingerprints {
  readonly #counts = new Map<string, number>();

  next({ code, location, message }: DiagnosticJson): string {
    const text = JSON.stringify([code, location.file, location.pointer, message]);
    const count = (this.#counts.get(text) ?? 0) + 1;
    this.#counts.set(text, count);
    return createHash("sha256").update(`${text}#${count}`).digest("hex").slice(0, 32);
  }
}

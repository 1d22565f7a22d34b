import { diagnose, visible } from "../diagnostics/index.ts";
import { formatPointer, getMember, isObject, isWithin, own, stableStringify } from "../json/index.ts";
import type { Diagnostic, Json } from "../model/index.ts";
import { type ParserLimits, runAsyncApiParser } from "./asyncapi-parser.ts";
import type { MapBack } from "./map-back.ts";
import type { ParserFinding } from "./parser-protocol.ts";
import { reasonOf } from "./report.ts";
import { VIOLATIONS_MAX } from "./violation.ts";

/** What references that lead nowhere name in a bundled document: they have been reported already. */
const MISSING = "#/x-hookbook-bundled/missing";

/** The rule by which the parser refuses a version that it does not know, and then checks nothing else. */
const UNKNOWN_VERSION = "asyncapi-is-asyncapi";

/**
 * Speak of how the parser is set up, not of the document: that it knows no other schema format than its own, and what becomes
 * of examples when it takes another format's schema for one of its own. Which formats we do not read is an omission, and
 * examples are judged by what we have read.
 */
const NO_SCHEMA_PARSER = /^No schema parser registered for /;
const EXAMPLES_OF_OTHER_FORMATS = "asyncapi2-message-examples-custom-format";

/**
 * Checks a document by the rules of the AsyncAPI parser, versions 2 and 3. It runs in a thread of its own, reads nothing,
 * and is ended when it takes too long.
 * @param bundled  one value with local references only.
 * @param mapBack  finds where a place of it was written; the parser's paths may lead through references.
 * @returns `asyncapi-violation` for its errors and `asyncapi-advice` for its warnings, at most 20 of each and then how many
 *          more; `specification-not-checked` where it failed. Nothing is thrown.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export async function checkAsyncApi(bundled: Json, mapBack: MapBack, limits: ParserLimits = {}): Promise<Diagnostic[]> {
  const specification = specificationOf(bundled);
  const answer = await runAsyncApiParser(stableStringify(bundled, { indent: 0, keys: "given" }), limits);
  const crash = "failure" in answer ? answer.failure : answer.find(({ rule }) => rule === "uncaught-error")?.message;
  if (crash !== undefined || "failure" in answer) {
    const reason = crashReason(crash ?? "");
    return [diagnose("specification-not-checked", { specification, reason }, mapBack(""))];
  }
  if (answer.some(({ rule, message }) => rule === UNKNOWN_VERSION && message.includes("not supported"))) {
    return [diagnose("specification-not-checked", { specification, reason: "the version is too new" }, mapBack(""))];
  }
  const findings = dropConsequences(answer).filter(
    ({ rule, message, path }) =>
      !leadsThroughMissing(bundled, path) && !NO_SCHEMA_PARSER.test(message) && rule !== EXAMPLES_OF_OTHER_FORMATS,
  );
  return [
    ...toDiagnostics(findings, { severity: 0, code: "asyncapi-violation" }, mapBack, specification),
    ...toDiagnostics(findings, { severity: 1, code: "asyncapi-advice" }, mapBack, specification),
  ];
}

function toDiagnostics(
  findings: readonly ParserFinding[],
  wanted: { readonly severity: number; readonly code: "asyncapi-violation" | "asyncapi-advice" },
  mapBack: MapBack,
  specification: string,
): Diagnostic[] {
  const unique = new Map<string, Diagnostic>();
  for (const { severity, rule, message, path } of findings) {
    if (severity !== wanted.severity) continue;
    const location = mapBack(formatPointer(path));
    const diagnostic = diagnose(wanted.code, { sentence: toSentence(message), rule }, location);
    // A channel that two operations refer to is found twice.
    unique.set(`${location.file}\n${location.pointer}\n${diagnostic.message}`, diagnostic);
  }
  const diagnostics = [...unique.values()];
  const shown = diagnostics.slice(0, VIOLATIONS_MAX);
  const count = diagnostics.length - shown.length;
  if (count === 0) return shown;
  const more = diagnose("more-violations", { count, specification }, mapBack(""));
  return [...shown, wanted.severity === 0 ? more : { ...more, severity: "warning" }];
}

/** A condition that fails because of what is reported at the same place or below it. */
function dropConsequences(findings: readonly ParserFinding[]): readonly ParserFinding[] {
  const places = findings.map(({ path }) => formatPointer(path));
  return findings.filter(({ message }, index) => {
    if (!/must match "(?:then|else)" schema/.test(message)) return true;
    return !places.some((place, other) => other !== index && isWithin(place, places[index] as string));
  });
}

function leadsThroughMissing(bundled: Json, path: readonly (string | number)[]): boolean {
  let current: Json | undefined = bundled;
  for (const token of path) {
    if (isObject(current) && own(current, "$ref") === MISSING) return true;
    current = getMember(current, String(token));
  }
  return isObject(current) && own(current, "$ref") === MISSING;
}

function specificationOf(document: Json): string {
  const version = isObject(document) ? own(document, "asyncapi") : undefined;
  const [number] = /^[0-9]+\.[0-9]+/.exec(String(version)) ?? [];
  return number === undefined ? "AsyncAPI" : `AsyncAPI ${number}`;
}

/** One line of bounded length without its full stop: the rule's name follows. */
function toSentence(message: string): string {
  const line = visible(message.replace(/\s+/g, " ").trim()).replace(/\.$/, "");
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

function crashReason(message: string): string {
  const [, inner] = /\bName: \w+.*?Message: ([^\n]*)/s.exec(message) ?? [];
  const reason = reasonOf(inner ?? message);
  return toSentence(reason);
}

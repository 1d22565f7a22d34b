import { isArray, isObject, stableStringify } from "../json/index.ts";
import type { Diagnostic, Json } from "../model/index.ts";

/** Findings that a project has accepted for now, all of one code at one place. */
export interface BaselineEntry {
  readonly code: string;
  /** As in `SourceLocation.file`. */
  readonly file: string;
  readonly pointer: string;
  readonly count: number;
}

export type Baseline = readonly BaselineEntry[];

/** The version of the file's shape. */
const VERSION = 1;

/** The baseline that accepts these findings, in an order that no machine changes. */
export function baselineOf(diagnostics: readonly Diagnostic[]): Baseline {
  const counts = new Map<string, BaselineEntry>();
  for (const { code, location } of diagnostics) {
    const { file, pointer } = location;
    const id = idOf({ code, file, pointer });
    counts.set(id, { code, file, pointer, count: (counts.get(id)?.count ?? 0) + 1 });
  }
  return sorted([...counts.values()]);
}

/**
 * Leaves out the findings that a baseline accepts: of one code and place, as many as it counts.
 * @param isJudged  whether a file was looked at, so that what is not found there is gone
 * @returns the findings that are new, how many were accepted, and the entries of which some no longer occur
 */
export function applyBaseline<Finding extends Diagnostic>(
  diagnostics: readonly Finding[],
  baseline: Baseline,
  isJudged: (file: string) => boolean,
): { readonly found: readonly Finding[]; readonly accepted: number; readonly gone: Baseline } {
  const left = new Map(baseline.map((entry) => [idOf(entry), entry.count]));
  const found = diagnostics.filter(({ code, location }) => {
    const id = idOf({ code, ...location });
    const count = left.get(id) ?? 0;
    if (count > 0) left.set(id, count - 1);
    return count === 0;
  });
  const gone = baseline.flatMap((entry) => {
    const count = left.get(idOf(entry)) ?? 0;
    return count > 0 && isJudged(entry.file) ? [{ ...entry, count }] : [];
  });
  return { found, accepted: diagnostics.length - found.length, gone };
}

/** The findings of a run, and what was accepted in files that it did not look at. */
export function mergeBaseline(before: Baseline, now: Baseline, isJudged: (file: string) => boolean): Baseline {
  return sorted([...before.filter(({ file }) => !isJudged(file)), ...now]);
}

export function baselineText(baseline: Baseline): string {
  return stableStringify({ version: VERSION, findings: baseline as unknown as Json }, { newline: true, keys: "given" });
}

/** @returns null where the text is no baseline */
export function parseBaseline(text: string): Baseline | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || value["version"] !== VERSION || !isArray(value["findings"])) return null;
  const findings: readonly unknown[] = value["findings"];
  return findings.every(isEntry) ? findings : null;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isObject(value)) return false;
  const isText = ["code", "file", "pointer"].every((field) => typeof value[field] === "string");
  return isText && Number.isInteger(value["count"]) && (value["count"] as number) > 0;
}

function idOf({ code, file, pointer }: Omit<BaselineEntry, "count">): string {
  return JSON.stringify([code, file, pointer]);
}

function sorted(entries: readonly BaselineEntry[]): Baseline {
  const text = ({ file, pointer, code }: BaselineEntry) => [file, pointer, code];
  return entries.toSorted((a, b) => {
    const [left, right] = [text(a), text(b)];
    const index = left.findIndex((part, at) => part !== right[at]);
    return index < 0 ? 0 : (left[index] as string) < (right[index] as string) ? -1 : 1;
  });
}

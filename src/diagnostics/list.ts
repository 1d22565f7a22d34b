import type { Diagnostic, Locate, Position, Severity } from "../model/index.ts";

/** How many there are of each severity; the names are those of the JSON output. */
export interface SeverityCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export function countSeverities(diagnostics: readonly Diagnostic[]): SeverityCounts {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  for (const diagnostic of diagnostics) counts[diagnostic.severity]++;
  return { errors: counts.error, warnings: counts.warning, infos: counts.info };
}

/** Where a diagnostic is shown: its own position where it has one, else that of its pointer. */
export function positionOf(diagnostic: Diagnostic, locate: Locate): Position {
  return diagnostic.position ?? locate(diagnostic.location);
}

/**
 * In the order in which a reader meets them: file, line, column, then code and message, all compared by code unit so
 * that every machine sorts alike.
 */
export function sortDiagnostics(diagnostics: readonly Diagnostic[], locate: Locate): Diagnostic[] {
  return diagnostics
    .map((diagnostic) => ({ diagnostic, position: positionOf(diagnostic, locate) }))
    .sort(
      (a, b) =>
        compare(a.diagnostic.location.file, b.diagnostic.location.file) ||
        a.position.line - b.position.line ||
        a.position.column - b.position.column ||
        compare(a.diagnostic.code, b.diagnostic.code) ||
        compare(a.diagnostic.message, b.diagnostic.message) ||
        compare(a.diagnostic.location.pointer, b.diagnostic.location.pointer),
    )
    .map(({ diagnostic }) => diagnostic);
}

/**
 * Drops what says the same about the same line and column again; the first is kept. A YAML alias puts one place of the
 * text at several pointers, and a fault there is one fault.
 */
export function uniqueDiagnostics(diagnostics: readonly Diagnostic[], locate: Locate): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const { line, column } = positionOf(diagnostic, locate);
    const key = JSON.stringify([diagnostic.code, diagnostic.location.file, line, column, diagnostic.message]);
    return !seen.has(key) && seen.add(key);
  });
}

/** The rule of AsyncAPI's parser by which it checks the examples of version 2, those of every message. */
const EXAMPLES_RULE = "(asyncapi2-message-examples).";

/** Drops what AsyncAPI's parser says of an example that `example-invalid` is about already. */
export function withoutRepeatedExamples(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const invalid = diagnostics.filter(({ code }) => code === "example-invalid").map(({ location }) => location);
  if (invalid.length === 0) return diagnostics;
  return diagnostics.filter(({ code, message, location: { file, pointer } }) => {
    if (code !== "asyncapi-violation" || !message.endsWith(EXAMPLES_RULE)) return true;
    return !invalid.some((place) => place.file === file && `${pointer}/`.startsWith(`${place.pointer}/`));
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

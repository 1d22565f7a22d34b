import {
  formatDiagnostics,
  sortDiagnostics,
  uniqueDiagnostics,
  withoutRepeatedExamples,
} from "../diagnostics/index.ts";
import type { Diagnostic, Locate } from "../model/index.ts";
import type { Context } from "./context.ts";

/** Findings, and how their lines are looked up. */
export interface Located {
  readonly diagnostics: readonly Diagnostic[];
  readonly locate: Locate;
  readonly sourceText?: (file: string) => string | undefined;
}

/** More of one kind tell nothing new; the number of the others is said. */
const SAME_CODE_MAX = 20;

/** Prints findings to standard error, in the order of their places. */
export function printDiagnostics(
  { diagnostics, locate, sourceText }: Located,
  { stderr, colors }: Context,
  { frames = false } = {},
): void {
  const sorted = sortDiagnostics(uniqueDiagnostics(withoutRepeatedExamples(diagnostics), locate), locate);
  const counts = new Map<string, number>();
  const shown = sorted.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= SAME_CODE_MAX;
  });
  if (shown.length === 0) return;
  const text = formatDiagnostics(shown, {
    locate,
    colors: colors.stderr,
    ...(frames && sourceText !== undefined ? { sourceText } : {}),
  });
  stderr(`${text}\n`);
  for (const [code, count] of counts) {
    if (count > SAME_CODE_MAX) stderr(`  and ${count - SAME_CODE_MAX} more of ${code}\n`);
  }
}

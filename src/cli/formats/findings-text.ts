import { countSeverities, formatDiagnostics } from "../../diagnostics/index.ts";
import type { Diagnostic } from "../../model/index.ts";

/** More of one kind tell nothing new; the number of the others is said. */
const SAME_CODE_MAX = 20;

export interface FindingsTextOptions {
  readonly sourceText: (file: string) => string | undefined;
  readonly colors: boolean;
  /** How many findings the baseline accepts. */
  readonly accepted: number;
}

/** Findings for people: each with the lines around it, and at the end how many there are. */
export function findingsText(
  findings: readonly (Diagnostic & Required<Pick<Diagnostic, "position">>)[],
  { sourceText, colors, accepted }: FindingsTextOptions,
): string {
  const counts = new Map<string, number>();
  const shown = findings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= SAME_CODE_MAX;
  });
  const text = formatDiagnostics(shown, { locate: () => ({ line: 1, column: 1 }), sourceText, colors });
  const more = [...counts].flatMap(([code, count]) =>
    count > SAME_CODE_MAX ? [`and ${count - SAME_CODE_MAX} more of ${code} (--format json has them all)`] : [],
  );
  const { errors, warnings, infos } = countSeverities(findings);
  const total = [counted(errors, "error"), counted(warnings, "warning"), counted(infos, "info")].join(", ");
  const baseline = accepted === 0 ? "" : `; ${accepted} more accepted by the baseline`;
  return `${[...(text === "" ? [] : [text]), ...more, `${total}${baseline}`].join("\n")}\n`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

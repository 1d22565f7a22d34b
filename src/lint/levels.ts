import type { Diagnostic, Severity } from "../model/index.ts";

/** How loudly a code speaks. */
export type Level = Severity | "off";

/** What is louder here than in the catalogue: other commands go on without such an example. */
const LEVELS: Readonly<Record<string, Level>> = { "example-invalid": "error", "example-misrouted": "error" };

/** Gives findings the levels that a project has chosen for their codes, and leaves out what is off. */
export function applyLevels<Finding extends Diagnostic>(
  diagnostics: readonly Finding[],
  chosen: Readonly<Record<string, Level>> = {},
): readonly Finding[] {
  return diagnostics.flatMap((diagnostic) => {
    const { code } = diagnostic;
    const level = Object.hasOwn(chosen, code) ? chosen[code] : LEVELS[code];
    if (level === "off") return [];
    return level === undefined ? [diagnostic] : [{ ...diagnostic, severity: level }];
  });
}

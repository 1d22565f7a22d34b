import { type DiagnosticCode, diagnose } from "../diagnostics/index.ts";
import type { Diagnostic } from "../model/index.ts";
import type { MapBack } from "./map-back.ts";
import { VIOLATIONS_MAX, type Violation } from "./violation.ts";

/** Codes whose message is a violation's own sentence. */
type ViolationCode = Extract<DiagnosticCode, "openapi-violation" | "vocabulary-violation">;

/** Diagnostics of the first violations, and one that says how many more there are. */
export function report(
  violations: readonly Violation[],
  {
    code,
    specification,
    mapBack,
  }: { readonly code: ViolationCode; readonly specification: string; readonly mapBack: MapBack },
): Diagnostic[] {
  const diagnostics = violations.slice(0, VIOLATIONS_MAX).map(({ pointer, sentence, hint, url }): Diagnostic => {
    const diagnostic = diagnose(code, { sentence, hint }, mapBack(pointer));
    return url === undefined ? diagnostic : { ...diagnostic, url };
  });
  const count = violations.length - VIOLATIONS_MAX;
  return count > 0 ? [...diagnostics, diagnose("more-violations", { count, specification }, mapBack(""))] : diagnostics;
}

/** The reason in an error, on one line and without its stack. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0]?.replace(/\.$/, "") || "unknown reason";
}

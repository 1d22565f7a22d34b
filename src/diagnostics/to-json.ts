import type { Diagnostic, Locate, Severity } from "../model/index.ts";
import { positionOf } from "./list.ts";

/** A diagnostic as `--format json` prints it. */
export interface DiagnosticJson {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Line and column from 1. */
  readonly location: LocationJson;
  readonly hint?: string;
  readonly url?: string;
}

export interface LocationJson {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
}

/** The JSON form of a diagnostic, with line and column looked up. */
export function toJson(diagnostic: Diagnostic, locate: Locate): DiagnosticJson {
  const { line, column } = positionOf(diagnostic, locate);
  const { file, pointer } = diagnostic.location;
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    location: { file, line, column, pointer },
    ...(diagnostic.hint === undefined ? {} : { hint: diagnostic.hint }),
    ...(diagnostic.url === undefined ? {} : { url: diagnostic.url }),
  };
}

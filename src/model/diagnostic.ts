import type { Position, SourceLocation } from "./source.ts";

export type Severity = "error" | "warning" | "info";

/** A finding about a document, placed where it can be mended. Findings are values: nothing throws them. */
export interface Diagnostic {
  /** Kebab-case, never reused; each has a page in `docs/diagnostics/`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly location: SourceLocation;
  /** Given where the pointer cannot say it: a syntax error, a duplicate key. */
  readonly position?: Position;
  readonly hint?: string;
  readonly url?: string;
}

/** What a stage returns: its value, and what it found on the way. */
export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

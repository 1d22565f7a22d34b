import type { FuzzInput } from "./make-input.ts";
import type { Problem } from "./problem.ts";

/**
 * What is tried with each number. `load`: a mutated document, up to the contract, now and then all that is made of it.
 * `command`: a mutated document, by a whole command line. `validators`: many random schemas. `faulty`: what the watchdog is
 * there for, done on purpose.
 */
export type FuzzMode = "load" | "command" | "validators" | "faulty";

export interface SubjectOptions {
  readonly mode: FuzzMode;
  readonly seed: number;
  /** Of so many documents that became a contract, the later stages are tried with one. Default: none. */
  readonly laterStagesEvery?: number;
}

export interface WorkerOptions extends SubjectOptions {
  /** Two numbers for the watchdog: what is being tried, and since when in milliseconds; 0 while nothing is. */
  readonly clock: SharedArrayBuffer;
  /** For what is written; whoever began the thread removes it. */
  readonly folder: string;
}

/** What a worker is to try: numbers, or one input that was kept. */
export type Request =
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "input"; readonly input: FuzzInput };

/** Names of what is counted: contracts, values that were judged, … */
export type Counts = Readonly<Record<string, number>>;

export interface Outcome {
  readonly problems: readonly Problem[];
  readonly counts: Counts;
  /** Where the number stands for one. */
  readonly input?: FuzzInput;
}

/** Sent for each number, with the outcome where there is something to tell; and when all of a request was tried. */
export type Answer =
  | { readonly kind: "ready" }
  | { readonly kind: "outcome"; readonly index: number; readonly outcome: Outcome }
  | { readonly kind: "done"; readonly counts: Counts };

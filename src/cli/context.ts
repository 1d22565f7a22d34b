/** What a command gets from outside: tests pass their own. */
export interface Context {
  /** The working folder. */
  readonly cwd: string;
  /** Results. Text is written as it is, line breaks included. */
  readonly stdout: (text: string) => void;
  /** Diagnostics and progress. */
  readonly stderr: (text: string) => void;
  /** All bytes of standard input. */
  readonly readStdin: () => Promise<Uint8Array>;
  /** Whether results, and whether diagnostics, may carry terminal colours. */
  readonly colors: { readonly stdout: boolean; readonly stderr: boolean };
  /** Whether somebody watches: progress is shown only then. */
  readonly interactive: boolean;
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What time it is. */
  readonly now: () => Date;
  /** Ends what would run for ever (`--watch`). */
  readonly signal: AbortSignal;
}

/** 0: clean. 1: findings. 2: could not do it. */
export type ExitCode = 0 | 1 | 2;

/** Ends a command with status 2 and one sentence: wrong usage, a file that is not there. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** What to do about it, without full stop. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

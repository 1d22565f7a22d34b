import type { ValidationError } from "../runtime/types.ts";
import { type FailureName, failureAnswer } from "./outcomes.ts";
import type { Answer, Outcome, OutcomeName, OutcomeProblem, Reply } from "./types.ts";

/** What an outcome says beside its name. */
export type Details = Partial<Pick<Outcome, "reason" | "scheme" | "hint" | "error">>;

const NO_PROBLEMS: readonly ValidationError[] = Object.freeze([]);

/** What is known of a delivery on its way through the steps. */
export class Progress {
  webhook: string | null = null;
  id: string | null = null;
  problems: readonly ValidationError[] = NO_PROBLEMS;
  authenticate = 0;
  decode = 0;
  handle = 0;
  outcome: Outcome | null = null;
  /** Whether somebody is told how it ended; the clock is looked at for nobody else. */
  readonly isHeard: boolean;
  readonly #started: number;
  #stepped: number;

  constructor(isHeard: boolean) {
    this.isHeard = isHeard;
    this.#started = isHeard ? performance.now() : 0;
    this.#stepped = this.#started;
  }

  /** Milliseconds since the last step. */
  step(): number {
    if (!this.isHeard) return 0;
    const from = this.#stepped;
    this.#stepped = performance.now();
    return this.#stepped - from;
  }

  /** Says how it ended. */
  end(name: OutcomeName, status: number, details: Details): Outcome {
    const { authenticate, decode, handle, webhook, id } = this;
    const timings = { authenticate, decode, handle, total: performance.now() - this.#started };
    this.outcome = { name, status, webhook, id, ...details, problems: this.problems.map(withoutQuotes), timings };
    return this.outcome;
  }
}

/** Every way to end goes through here, so that each delivery has one outcome and the hook hears of it. */
export interface Reporter {
  readonly fail: (
    progress: Progress,
    name: FailureName,
    details?: Details,
    headers?: Readonly<Record<string, string>>,
  ) => Answer;
  readonly succeed: (progress: Progress, name: OutcomeName, answer: Answer) => Answer;
  /** An answer before the end, which the hook is told of when it has come. */
  readonly answerFirst: (progress: Progress, answer: Answer) => Answer;
}

const NO_DETAILS: Details = Object.freeze({});

export function createReporter(onOutcome: ((outcome: Outcome) => unknown) | undefined): Reporter {
  return {
    fail(progress, name, details = NO_DETAILS, headers) {
      const answer = failureAnswer(name, headers);
      report(progress, name, answer, details);
      return answer;
    },
    succeed(progress, name, answer) {
      report(progress, name, answer, NO_DETAILS);
      return answer;
    },
    answerFirst(progress, answer) {
      if (progress.isHeard) progress.end("accepted", answer.status, NO_DETAILS);
      return answer;
    },
  };

  function report(progress: Progress, name: OutcomeName, { status }: Answer, details: Details): void {
    if (!progress.isHeard) return;
    const outcome = progress.end(name, status, details);
    if (onOutcome === undefined) return;
    try {
      const returned = onOutcome(outcome);
      // A hook that writes to somewhere may fail later: that is no reason to end the process.
      if (returned instanceof Promise) returned.catch(() => {});
    } catch {
      // A delivery was received, whether or not somebody could be told of it.
    }
  }
}

/** Answers are shared among deliveries, so who gets one to keep gets a copy. */
export function replyOf({ status, headers, body }: Answer, { outcome }: Progress): Reply {
  return { status, headers: { ...headers }, body, outcome: outcome as Outcome };
}

/** The parameters of an error may quote the payload. */
function withoutQuotes({ instancePath, schemaPath, keyword, message }: ValidationError): OutcomeProblem {
  return { instancePath, schemaPath, keyword, message };
}

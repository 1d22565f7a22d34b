import type { ValidationError } from "../runtime/types.ts";
import { type FailureName, failureReply } from "./outcomes.ts";
import type { HandlerResponse } from "./run-handler.ts";
import type { Outcome, OutcomeName, OutcomeProblem, Reply } from "./types.ts";

/** What is known of a delivery on its way through the steps. */
export interface Progress {
  readonly started: number;
  authenticate: number;
  decode: number;
  handle: number;
  webhook: string | null;
  id: string | null;
  problems: readonly ValidationError[];
}

/** What an outcome says beside its name. */
export type Details = Partial<Pick<Outcome, "reason" | "scheme" | "hint" | "error">>;

/** Every way to end goes through here, so that each delivery has one outcome and the hook hears of it. */
export interface Reporter {
  readonly fail: (
    progress: Progress,
    name: FailureName,
    details?: Details,
    headers?: Readonly<Record<string, string>>,
  ) => Reply;
  /** @param answer  a status without body, or what a handler returned */
  readonly succeed: (
    progress: Progress,
    name: OutcomeName,
    answer: number | HandlerResponse,
    details?: Details,
  ) => Reply;
  /** An answer before the end, which the hook is told of when it has come. */
  readonly answerFirst: (progress: Progress, status: number) => Reply;
}

export function beginProgress(): Progress {
  const started = performance.now();
  return { started, authenticate: 0, decode: 0, handle: 0, webhook: null, id: null, problems: NO_PROBLEMS };
}

const NO_PROBLEMS: readonly ValidationError[] = Object.freeze([]);
const NO_DETAILS: Details = Object.freeze({});

export function createReporter(onOutcome: ((outcome: Outcome) => unknown) | undefined): Reporter {
  return {
    fail(progress, name, details = NO_DETAILS, headers) {
      const { status, ...answer } = failureReply(name, headers);
      return { status, ...answer, outcome: report(outcomeOf(progress, name, status, details)) };
    },
    succeed(progress, name, answer, details = NO_DETAILS) {
      const { status, headers, body } = typeof answer === "number" ? empty(answer) : answer;
      return { status, headers, body, outcome: report(outcomeOf(progress, name, status, details)) };
    },
    answerFirst(progress, status) {
      return { ...empty(status), outcome: outcomeOf(progress, "accepted", status, NO_DETAILS) };
    },
  };

  function report(outcome: Outcome): Outcome {
    if (onOutcome === undefined) return outcome;
    try {
      const returned = onOutcome(outcome);
      // A hook that writes to somewhere may fail later: that is no reason to end the process.
      if (returned instanceof Promise) returned.catch(() => {});
    } catch {
      // A delivery was received, whether or not somebody could be told of it.
    }
    return outcome;
  }
}

function empty(status: number): Omit<Reply, "outcome"> {
  return { status, headers: {}, body: "" };
}

function outcomeOf(progress: Progress, name: OutcomeName, status: number, details: Details): Outcome {
  const { started, authenticate, decode, handle, webhook, id, problems } = progress;
  const timings = { authenticate, decode, handle, total: performance.now() - started };
  return { name, status, webhook, id, ...details, problems: problems.map(withoutQuotes), timings };
}

/** The parameters of an error may quote the payload. */
function withoutQuotes({ instancePath, schemaPath, keyword, message }: ValidationError): OutcomeProblem {
  return { instancePath, schemaPath, keyword, message };
}

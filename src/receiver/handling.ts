import { textOf } from "../runtime/body.ts";
import type { KeptFailure } from "../runtime/decode.ts";
import type { DecodeSuccess } from "../runtime/types.ts";
import type { RawDelivery } from "./authenticity/types.ts";
import type { Authentic } from "./credentials/types.ts";
import { GivenDelivery, GivenEvent, GivenUnknown } from "./given-delivery.ts";
import { createMemoryStore } from "./memory-store.ts";
import { createOnce, type Handling, type OnceResult } from "./once.ts";
import type { AnyOptions, ReceivableContract } from "./options.ts";
import { successAnswer } from "./outcomes.ts";
import type { Progress, Reporter } from "./progress.ts";
import { type AnyHandler, type HandlerEnd, runHandler } from "./run-handler.ts";
import type { Answer, OutcomeName } from "./types.ts";
import { when } from "./when.ts";

/** A delivery that is from its sender. */
export interface Received {
  readonly delivery: RawDelivery;
  readonly authentic: Authentic;
  readonly progress: Progress;
}

/** The last steps: duplicates, and the handler. */
export interface EventHandling {
  /** An event that is valid, or that is taken though it is not. */
  readonly handleEvent: (decoded: DecodeSuccess | KeptFailure, received: Received) => Answer | Promise<Answer>;
  readonly handleUnknown: (candidates: readonly string[], received: Received) => Answer | Promise<Answer>;
}

const HANDLER_SECONDS_MAX = 10;
/** How long an id stays taken by a server that may have died, at least. */
const LEASE_SECONDS_MIN = 60;
/** Senders use some forty characters; longer ones would fill the store. */
const ID_LENGTH_MAX = 512;
const RETRY_AFTER = { "retry-after": "5" };

export function createEventHandling(
  contract: ReceivableContract,
  options: AnyOptions,
  { fail, succeed, answerFirst }: Reporter,
): EventHandling {
  const { handlerSecondsMax = HANDLER_SECONDS_MAX, duplicates = {}, unknownEvent = "accept", now, waitUntil } = options;
  const answersFirst = options.acknowledge === "first";
  const handlers = new Map(Object.entries(options.on));
  const answers = new Map(contract.webhooks.map(({ name, replies }) => [name, successAnswer(replies)]));
  const anyAnswer = successAnswer(contract.webhooks.flatMap(({ replies }) => replies));
  const readId = duplicates === false ? undefined : duplicates.id;
  const store = duplicates === false ? null : (duplicates.store ?? createMemoryStore(now === undefined ? {} : { now }));
  const leaseSeconds = Math.max(LEASE_SECONDS_MIN, Number.isFinite(handlerSecondsMax) ? 2 * handlerSecondsMax : 0);
  const once = store === null ? null : createOnce<Answer>(store, { leaseSeconds, waits: !answersFirst });

  return { handleEvent, handleUnknown };

  function handleEvent(decoded: DecodeSuccess | KeptFailure, received: Received): Answer | Promise<Answer> {
    const { delivery, authentic, progress } = received;
    const webhook = decoded.webhook ?? "";
    const answer = answers.get(webhook) ?? anyAnswer;
    const handler = handlers.get(webhook);
    if (handler === undefined) return succeed(progress, "unhandled", answer);
    const given = new GivenEvent(delivery, authentic, decoded);
    const id = readId === undefined ? given.id : readId(given as never);
    const isId = typeof id === "string" && id !== "" && id.length <= ID_LENGTH_MAX;
    if (isId) {
      given.id = id;
      progress.id = id;
    }
    const run: Run = { handler: handler as unknown as Run["handler"], given, progress, name: "handled", answer };
    if (once === null || !isId) return resultOf(handle(run));
    return when(
      once(`${contract.id}:${id}`, () => handle(run)),
      (end) => afterOnce(end, run),
    );
  }

  function handleUnknown(candidates: readonly string[], received: Received): Answer | Promise<Answer> {
    const { delivery, authentic, progress } = received;
    if (unknownEvent === "reject") return fail(progress, "unknown-event");
    if (unknownEvent === "accept") return succeed(progress, "unknown-event", anyAnswer);
    const given = new GivenUnknown(delivery, authentic, jsonOf(delivery.body), candidates);
    const handler = unknownEvent as unknown as Run["handler"];
    return resultOf(handle({ handler, given, progress, name: "unknown-event", answer: anyAnswer }));
  }

  function afterOnce(end: OnceResult<Answer>, { progress, answer }: Run): Answer {
    switch (end.state) {
      case "ran":
        return end.result;
      case "handled":
        return succeed(progress, "duplicate", answer);
      case "in-progress":
        // Where the first was answered before it is handled, nobody would send it again.
        return answersFirst ? succeed(progress, "duplicate", answer) : fail(progress, "in-progress", {}, RETRY_AFTER);
      case "store-failed":
        return fail(progress, "store-failed", { error: end.error }, RETRY_AFTER);
    }
  }

  interface Run {
    readonly handler: AnyHandler<GivenDelivery>;
    readonly given: GivenDelivery;
    readonly progress: Progress;
    /** Of success: its name, and what is answered where the handler says nothing. */
    readonly name: OutcomeName;
    readonly answer: Answer;
  }

  function handle(run: Run): Handling<Answer> | Promise<Handling<Answer>> {
    if (!answersFirst) return finish(run);
    // After the answer was given to the server, which a handler that computes would hold up.
    const work = new Promise((resolve) => setTimeout(resolve, 0)).then(() => finish(run));
    const done = work.then((handling) => handling.done);
    waitUntil?.(done);
    return { result: answerFirst(run.progress, run.answer), done };
  }

  function finish(run: Run): Handling<Answer> | Promise<Handling<Answer>> {
    const { handler, given, progress } = run;
    progress.step();
    const running = runHandler(handler, given);
    if (!(running instanceof Promise)) return finished(running, run);
    return GivenDelivery.deadlineOf(given)
      .within(handlerSecondsMax, running)
      .then((end) => {
        if (end !== undefined) return finished(end, run);
        progress.handle = progress.step();
        // It goes on: its id stays taken until it ends.
        return { result: fail(progress, "timed-out"), done: running.then(isDone) };
      });
  }

  function finished(end: HandlerEnd, { progress, name, answer }: Run): Handling<Answer> {
    progress.handle = progress.step();
    return end.name === "handler-failed"
      ? { result: fail(progress, "handler-failed", { error: end.error }), done: false }
      : { result: succeed(progress, name, end.answer ?? answer), done: isDone(end) };
  }
}

function resultOf(handling: Handling<Answer> | Promise<Handling<Answer>>): Answer | Promise<Answer> {
  return when(handling, ({ result }) => result);
}

/** An answer that its sender takes for a failure asks for the delivery to be sent again. */
function isDone(end: HandlerEnd): boolean {
  return end.name === "handled" && (end.answer === null || end.answer.status < 400);
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(body) ?? "");
  } catch {
    return undefined;
  }
}

import { textOf } from "../runtime/body.ts";
import type { KeptFailure } from "../runtime/decode.ts";
import type { DecodeSuccess } from "../runtime/types.ts";
import type { RawDelivery } from "./authenticity/types.ts";
import type { Authentic } from "./credentials/types.ts";
import { createMemoryStore } from "./memory-store.ts";
import { observed } from "./observed.ts";
import { createOnce, type Handling, type OnceResult } from "./once.ts";
import type { AnyOptions, ReceivableContract } from "./options.ts";
import { successStatus } from "./outcomes.ts";
import type { Progress, Reporter } from "./progress.ts";
import { Deadline, type HandlerEnd, runHandler } from "./run-handler.ts";
import type { OutcomeName, ReceivedRequest, Reply } from "./types.ts";

/** A delivery that is from its sender. */
export interface Received {
  readonly delivery: RawDelivery;
  readonly authentic: Authentic;
  readonly progress: Progress;
}

/** The last steps: duplicates, and the handler. */
export interface EventHandling {
  /** An event that is valid, or that is taken though it is not. */
  readonly handleEvent: (decoded: DecodeSuccess | KeptFailure, received: Received) => Promise<Reply> | Reply;
  readonly handleUnknown: (candidates: readonly string[], received: Received) => Promise<Reply> | Reply;
}

const HANDLER_SECONDS_MAX = 10;
/** How long an id stays taken by a server that may have died, at least. */
const LEASE_SECONDS_MIN = 60;
/** Senders use some forty characters; longer ones would fill the store. */
const ID_LENGTH_MAX = 512;
const RETRY_AFTER = { "retry-after": "5" };
const NO_ITEMS: readonly [] = [];

export function createEventHandling(
  contract: ReceivableContract,
  options: AnyOptions,
  { fail, succeed, answerFirst }: Reporter,
): EventHandling {
  const { handlerSecondsMax = HANDLER_SECONDS_MAX, duplicates = {}, unknownEvent = "accept", now, waitUntil } = options;
  const answersFirst = options.acknowledge === "first";
  const handlers = new Map(Object.entries(options.on));
  const statuses = new Map(contract.webhooks.map(({ name, replies }) => [name, successStatus(replies)]));
  const anyStatus = successStatus(contract.webhooks.flatMap(({ replies }) => replies));
  const readId = duplicates === false ? undefined : duplicates.id;
  const store = duplicates === false ? null : (duplicates.store ?? createMemoryStore(now === undefined ? {} : { now }));
  const leaseSeconds = Math.max(LEASE_SECONDS_MIN, Number.isFinite(handlerSecondsMax) ? 2 * handlerSecondsMax : 0);
  const once = store === null ? null : createOnce<Reply>(store, { leaseSeconds, waits: !answersFirst });

  return { handleEvent, handleUnknown };

  function handleEvent(decoded: DecodeSuccess | KeptFailure, received: Received): Promise<Reply> | Reply {
    const { progress } = received;
    const webhook = decoded.webhook ?? "";
    const status = statuses.get(webhook) ?? anyStatus;
    const handler = handlers.get(webhook);
    if (handler === undefined) return succeed(progress, "unhandled", status);
    const { event } = decoded;
    const deadline = new Deadline();
    const about = decoded.ok
      ? { webhook, event, headers: decoded.headers, valid: true, problems: NO_ITEMS, files: decoded.files ?? NO_ITEMS }
      : { webhook, event, headers: {}, valid: false, problems: decoded.errors, files: NO_ITEMS };
    const told = tell(about, received, deadline);
    const read = readId === undefined ? progress.id : readId(told as never);
    const id = typeof read === "string" && read !== "" && read.length <= ID_LENGTH_MAX ? read : null;
    const whole = id === null || id === told.id ? told : tell({ ...about, id }, received, deadline);
    progress.id = whole.id;
    const run = () =>
      handle(() => observed(handler)(event, whole as never), { deadline, progress, name: "handled", status });
    if (once === null || id === null) return run().then(({ result }) => result);
    return once(`${contract.id}:${id}`, run).then((end) => afterOnce(end, progress, status));
  }

  function handleUnknown(candidates: readonly string[], received: Received): Promise<Reply> | Reply {
    const { progress, delivery } = received;
    if (unknownEvent === "reject") return fail(progress, "unknown-event");
    if (unknownEvent === "accept") return succeed(progress, "unknown-event", anyStatus);
    const deadline = new Deadline();
    const event = jsonOf(delivery.body);
    const told = tell({ webhook: null, event, candidates, files: NO_ITEMS }, received, deadline);
    const call = () => unknownEvent(event, told as never);
    return handle(call, { deadline, progress, name: "unknown-event", status: anyStatus }).then(({ result }) => result);
  }

  function afterOnce(end: OnceResult<Reply>, progress: Progress, status: number): Reply {
    switch (end.state) {
      case "ran":
        return end.result;
      case "handled":
        return succeed(progress, "duplicate", status);
      case "in-progress":
        // Where the first was answered before it is handled, nobody would send it again.
        return answersFirst ? succeed(progress, "duplicate", status) : fail(progress, "in-progress", {}, RETRY_AFTER);
      case "store-failed":
        return fail(progress, "store-failed", { error: end.error }, RETRY_AFTER);
    }
  }

  interface Run {
    readonly deadline: Deadline;
    readonly progress: Progress;
    /** Of success: its name and what is answered where the handler says nothing. */
    readonly name: OutcomeName;
    readonly status: number;
  }

  async function handle(call: () => unknown, run: Run): Promise<Handling<Reply>> {
    const { deadline, progress, status } = run;
    if (answersFirst) {
      // After the answer was given to the server, which a handler that computes would hold up.
      const work = new Promise((resolve) => setTimeout(resolve, 0)).then(() => finish(call, run));
      const done = work.then((handling) => handling.done);
      waitUntil?.(done);
      return { result: answerFirst(progress, status), done };
    }
    return finish(call, run);

    async function finish(work: () => unknown, { name }: Run): Promise<Handling<Reply>> {
      const from = performance.now();
      const running = runHandler(work);
      const end = running instanceof Promise ? await deadline.within(handlerSecondsMax, running) : running;
      progress.handle = performance.now() - from;
      // It goes on: its id stays taken until it ends.
      if (end === undefined)
        return { result: fail(progress, "timed-out"), done: Promise.resolve(running).then(isDone) };
      if (end.name === "handler-failed") {
        return { result: fail(progress, "handler-failed", { error: end.error }), done: false };
      }
      return { result: succeed(progress, name, end.response ?? status), done: isDone(end) };
    }
  }
}

/** An answer that its sender takes for a failure asks for the delivery to be sent again. */
function isDone(end: HandlerEnd): boolean {
  return end.name === "handled" && (end.response === null || end.response.status < 400);
}

/** What a handler is told beside the event. */
function tell<About extends object>(
  about: About,
  { delivery, authentic }: Received,
  deadline: Deadline,
): About & Omit<ReceivedRequest, "files"> {
  return {
    request: delivery,
    id: authentic.id,
    signedAt: authentic.signedAt,
    ...about,
    get signal() {
      return deadline.signal;
    },
  };
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(body) ?? "");
  } catch {
    return undefined;
  }
}

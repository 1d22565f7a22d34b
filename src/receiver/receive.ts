import type { Decoded, KeptFailure } from "../runtime/decode.ts";
import { headerOf } from "../runtime/headers.ts";
import type { RawDelivery } from "./authenticity/types.ts";
import { authenticatorOf } from "./credentials/authenticator.ts";
import type { SecurityPlan } from "./credentials/plan-security.ts";
import type { Authentication, NotAuthentic, SchemeDefinition } from "./credentials/types.ts";
import { createEventHandling } from "./handling.ts";
import type { AnyOptions, ReceivableContract } from "./options.ts";
import { createReporter, Progress, replyOf } from "./progress.ts";
import { withPublicUrl } from "./public-url.ts";
import type { Answer, BodyLimits, RefusalName, Reply, RequestHead } from "./types.ts";
import { when } from "./when.ts";

/** A receiver without the form of any server. */
export interface ReceiverCore {
  readonly deliver: (delivery: RawDelivery) => Promise<Reply>;
  readonly admit: (head: RequestHead) => Reply | null;
  readonly refuse: (name: RefusalName, hint?: string) => Reply;
  readonly direct: DirectCore;
}

/** The same for adapters, which need no outcome and wait for nothing that need not be waited for. */
export interface DirectCore {
  readonly deliver: (delivery: RawDelivery) => Answer | Promise<Answer>;
  readonly admit: (head: RequestHead) => Answer | null;
  readonly refuse: (name: RefusalName, hint?: string) => Answer;
}

/** What was made of the contract and the options when the receiver was made. */
export interface Prepared {
  readonly plan: SecurityPlan;
  /** One that keeps invalid events. */
  readonly decode: (delivery: RawDelivery) => Decoded | Promise<Decoded>;
  readonly limits: BodyLimits;
}

/** Methods of a document are text, and text of a document is no header. */
const TOKEN = /^[A-Z0-9!#$%&'*+.^_`|~-]+$/;

/**
 * Makes a receiver of a contract: method, size, authenticity, content type, parsing, recognising, validating, duplicates,
 * handling; each of these steps may end it, with an outcome of its own. What a delivery holds never makes it throw.
 * @param options  that were checked
 */
export function createReceiverCore(
  contract: ReceivableContract,
  options: AnyOptions,
  { plan, decode, limits }: Prepared,
): ReceiverCore {
  const { bodyBytesMax } = limits;
  const { onOutcome, publicUrl, now } = options;
  const authenticate = authenticatorOf(plan, now === undefined ? {} : { now });
  const challenge = authenticate.challenge === null ? {} : { "www-authenticate": authenticate.challenge };
  const reportedOf = new Map(Object.entries(options.invalidPayloadOf ?? {}));
  const reporter = createReporter(onOutcome);
  const { fail } = reporter;
  const { handleEvent, handleUnknown } = createEventHandling(contract, options, reporter);
  const methods = methodsOf(contract);
  const allow = { allow: [...methods].join(", ") };
  const isHeard = onOutcome !== undefined;

  return {
    deliver: async (delivery) => {
      const progress = new Progress(true);
      return replyOf(await receive(delivery, progress), progress);
    },
    admit: (head) => {
      const progress = new Progress(true);
      const refused = admit(head, progress);
      return refused === null ? null : replyOf(refused, progress);
    },
    refuse: (name, hint) => {
      const progress = new Progress(true);
      return replyOf(refuse(name, hint, progress), progress);
    },
    direct: {
      deliver: (delivery) => receive(delivery, new Progress(isHeard)),
      admit: (head) => admit(head, new Progress(isHeard)),
      refuse: (name, hint) => refuse(name, hint, new Progress(isHeard)),
    },
  };

  function admit({ method = "POST", headers = {} }: RequestHead, progress: Progress): Answer | null {
    if (!isAllowed(method)) return fail(progress, "method-not-allowed", {}, allow);
    const length = headerOf(headers, "content-length");
    return length !== null && Number(length) > bodyBytesMax ? fail(progress, "too-large") : null;
  }

  function refuse(name: RefusalName, hint: string | undefined, progress: Progress): Answer {
    return fail(progress, name, hint === undefined ? {} : { hint });
  }

  /** No async function: where nothing has to be waited for, all of it is done when it returns. */
  function receive(delivery: RawDelivery, progress: Progress): Answer | Promise<Answer> {
    const broken = (error: unknown) => fail(progress, "internal-error", { error });
    try {
      const answer = begin(delivery, progress);
      return answer instanceof Promise ? answer.catch(broken) : answer;
    } catch (error) {
      return broken(error);
    }
  }

  function begin(delivery: RawDelivery, progress: Progress): Answer | Promise<Answer> {
    const { method = "POST", body } = delivery;
    if (!isAllowed(method)) return fail(progress, "method-not-allowed", {}, allow);
    if (body.length > bodyBytesMax) return fail(progress, "too-large");
    const asSent = publicUrl === undefined ? delivery : withPublicUrl(delivery, publicUrl);
    return when(authenticate(asSent), (authentic) => read(authentic, { delivery, asSent, progress }));
  }

  function read(authentic: Authentication, { delivery, asSent, progress }: Coming): Answer | Promise<Answer> {
    progress.authenticate = progress.step();
    if (!authentic.ok) return refuseCredentials(authentic, asSent, progress);
    progress.id = authentic.id;
    const coding = headerOf(delivery.headers ?? {}, "content-encoding");
    if (coding !== null && coding.trim().toLowerCase() !== "identity") {
      const hint = "The body is compressed: decompress it before the receiver gets it, or have it sent as it is.";
      return fail(progress, "unsupported-media-type", { hint }, { "accept-encoding": "identity" });
    }
    return when(decode(delivery), (decoded) => {
      progress.decode = progress.step();
      progress.webhook = decoded.webhook;
      const missing = decoded.webhook === null ? null : authentic.missingFor(decoded.webhook);
      if (missing !== null) return refuseCredentials(missing, asSent, progress);
      const received = { delivery, authentic, progress };
      if (decoded.ok) return handleEvent(decoded, received);
      progress.problems = decoded.errors;
      if (decoded.reason === "unknown-event") return handleUnknown(candidatesOf(decoded), received);
      return isReported(decoded) ? handleEvent(decoded, received) : fail(progress, decoded.reason);
    });
  }

  /** Never without an event: what could not even be judged is nothing to look at. */
  function isReported({ webhook, reason, ...rest }: KeptFailure): boolean {
    if (reason !== "invalid-payload" || webhook === null || !("event" in rest)) return false;
    return (reportedOf.get(webhook) ?? options.invalidPayload) === "report";
  }

  function refuseCredentials(
    failure: NotAuthentic,
    delivery: RawDelivery,
    progress: Progress,
  ): Answer | Promise<Answer> {
    const { reason, scheme } = failure;
    const name = reason === "stale" ? "stale" : "not-authentic";
    return when(hintOf(failure, delivery, plan.definitions[scheme]), (hint) =>
      fail(progress, name, { reason, scheme, ...(hint === undefined ? {} : { hint }) }, challenge),
    );
  }

  /** Only where somebody hears it, and what makes it is loaded then. */
  function hintOf(failure: NotAuthentic, delivery: RawDelivery, scheme: SchemeDefinition | undefined) {
    if (!isHeard) return undefined;
    return import("./hints.ts").then(({ hintFor }) => hintFor(failure, delivery, { scheme, authenticate }));
  }

  function isAllowed(method: string): boolean {
    return methods.has(method) || methods.has(method.toUpperCase());
  }
}

interface Coming {
  readonly delivery: RawDelivery;
  /** With the URL as the sender knows it. */
  readonly asSent: RawDelivery;
  readonly progress: Progress;
}

function methodsOf({ webhooks }: ReceivableContract): ReadonlySet<string> {
  const written = webhooks.flatMap(({ forms }) => forms.map(({ method }) => method.toUpperCase()));
  const methods = written.filter((method) => TOKEN.test(method));
  return new Set(methods.length === 0 ? ["POST"] : methods);
}

function candidatesOf({ errors }: KeptFailure): readonly string[] {
  return errors.flatMap(({ params }) => (params["candidates"] as readonly string[] | undefined) ?? []);
}

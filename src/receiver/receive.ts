import type { Decoded, KeptFailure } from "../runtime/decode.ts";
import { headerOf } from "../runtime/headers.ts";
import type { RawDelivery } from "./authenticity/types.ts";
import { authenticatorOf } from "./credentials/authenticator.ts";
import type { SecurityPlan } from "./credentials/plan-security.ts";
import type { NotAuthentic, SchemeDefinition } from "./credentials/types.ts";
import { createEventHandling } from "./handling.ts";
import type { AnyOptions, ReceivableContract } from "./options.ts";
import { beginProgress, createReporter, type Progress } from "./progress.ts";
import { withPublicUrl } from "./public-url.ts";
import type { BodyLimits, RefusalName, Reply, RequestHead } from "./types.ts";

/** A receiver without the form of any server. */
export interface ReceiverCore {
  readonly deliver: (delivery: RawDelivery) => Promise<Reply>;
  readonly admit: (head: RequestHead) => Reply | null;
  readonly refuse: (name: RefusalName, hint?: string) => Reply;
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

  return { deliver, admit, refuse };

  async function deliver(delivery: RawDelivery): Promise<Reply> {
    const progress = beginProgress();
    try {
      return await receive(delivery, progress);
    } catch (error) {
      return fail(progress, "internal-error", { error });
    }
  }

  function admit({ method = "POST", headers = {} }: RequestHead): Reply | null {
    if (!isAllowed(method)) return fail(beginProgress(), "method-not-allowed", {}, allow);
    const length = headerOf(headers, "content-length");
    return length !== null && Number(length) > bodyBytesMax ? refuse("too-large") : null;
  }

  function refuse(name: RefusalName, hint?: string): Reply {
    return fail(beginProgress(), name, hint === undefined ? {} : { hint });
  }

  async function receive(delivery: RawDelivery, progress: Progress): Promise<Reply> {
    const { method = "POST", headers = {}, body } = delivery;
    if (!isAllowed(method)) return fail(progress, "method-not-allowed", {}, allow);
    if (body.length > bodyBytesMax) return fail(progress, "too-large");

    const asSent = publicUrl === undefined ? delivery : withPublicUrl(delivery, publicUrl);
    let from = performance.now();
    const checked = authenticate(asSent);
    const authentic = checked instanceof Promise ? await checked : checked;
    progress.authenticate = performance.now() - from;
    if (!authentic.ok) return refuseCredentials(authentic, asSent, progress);
    progress.id = authentic.id;

    const coding = headerOf(headers, "content-encoding");
    if (coding !== null && coding.trim().toLowerCase() !== "identity") {
      const hint = "The body is compressed: decompress it before the receiver gets it, or have it sent as it is.";
      return fail(progress, "unsupported-media-type", { hint }, { "accept-encoding": "identity" });
    }

    from = performance.now();
    const decoded = await decode(delivery);
    progress.decode = performance.now() - from;
    progress.webhook = decoded.webhook;
    const missing = decoded.webhook === null ? null : authentic.missingFor(decoded.webhook);
    if (missing !== null) return refuseCredentials(missing, asSent, progress);
    const received = { delivery, authentic, progress };
    if (decoded.ok) return handleEvent(decoded, received);
    progress.problems = decoded.errors;
    if (decoded.reason === "unknown-event") return handleUnknown(candidatesOf(decoded), received);
    return isReported(decoded) ? handleEvent(decoded, received) : fail(progress, decoded.reason);
  }

  /** Never without an event: what could not even be judged is nothing to look at. */
  function isReported({ webhook, reason, ...rest }: KeptFailure): boolean {
    if (reason !== "invalid-payload" || webhook === null || !("event" in rest)) return false;
    return (reportedOf.get(webhook) ?? options.invalidPayload) === "report";
  }

  async function refuseCredentials(failure: NotAuthentic, delivery: RawDelivery, progress: Progress): Promise<Reply> {
    const { reason, scheme } = failure;
    const hint = await hintOf(failure, delivery, plan.definitions[scheme]);
    const name = reason === "stale" ? "stale" : "not-authentic";
    return fail(progress, name, { reason, scheme, ...(hint === undefined ? {} : { hint }) }, challenge);
  }

  /** Only where somebody hears it, and what makes it is loaded then. */
  async function hintOf(failure: NotAuthentic, delivery: RawDelivery, scheme: SchemeDefinition | undefined) {
    if (onOutcome === undefined) return undefined;
    const { hintFor } = await import("./hints.ts");
    return hintFor(failure, delivery, { scheme, authenticate });
  }

  function isAllowed(method: string): boolean {
    return methods.has(method) || methods.has(method.toUpperCase());
  }
}

function methodsOf({ webhooks }: ReceivableContract): ReadonlySet<string> {
  const written = webhooks.flatMap(({ forms }) => forms.map(({ method }) => method.toUpperCase()));
  const methods = written.filter((method) => TOKEN.test(method));
  return new Set(methods.length === 0 ? ["POST"] : methods);
}

function candidatesOf({ errors }: KeptFailure): readonly string[] {
  return errors.flatMap(({ params }) => (params["candidates"] as readonly string[] | undefined) ?? []);
}

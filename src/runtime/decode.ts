import { encodingOf, textOf } from "./body.ts";
import { failure, jsonError, judgementError, mediaTypeError, routeError, syntaxError } from "./failure.ts";
import { pickHeaders } from "./headers.ts";
import type { CoercePlans, SharedPlans, UnwrapPlan } from "./plan.ts";
import { createRecogniser } from "./recognise.ts";
import type { Condition, DecodeFailure, DecodeSuccess, Delivery, Form, ValidationError, Validator } from "./types.ts";
import { compileUnwrap, NotUnwrapped, type Unwrap } from "./unwrap.ts";

/** What decoding and encoding need to know of a webhook. */
export interface WebhookDefinition {
  readonly name: string;
  readonly route: readonly Condition[];
  readonly forms: readonly Form[];
  /** Documented headers, lower case. */
  readonly headers: readonly string[];
  readonly unwrap: UnwrapPlan | null;
  readonly coerce: CoercePlans | null;
  /** Has no route, but can only be a list, which tells it from other webhooks. */
  readonly isList?: boolean;
  readonly load: () => Promise<Validator>;
}

export interface ContractDefinition {
  readonly webhooks: readonly WebhookDefinition[];
  readonly sharedPlans: SharedPlans;
  /** The body pointer that most routes look at, which webhooks are looked up by; null where no route looks at the body. */
  readonly routedBy: string | null;
}

export type Decoded = DecodeSuccess | DecodeFailure;

export interface DecoderOptions {
  /** Whether an `invalid-payload` brings its event along, for a receiver that takes it all the same. */
  readonly keepInvalid?: boolean;
}

/** What `keepInvalid` adds: the event as far as it could be decoded. */
export type KeptFailure = DecodeFailure & { readonly event?: unknown };

/** What every delivery of a webhook needs, close together; and what is made when it first comes. */
interface Entry extends Pick<WebhookDefinition, "name" | "route" | "forms" | "headers"> {
  readonly definition: WebhookDefinition;
  readonly isList: boolean | undefined;
  validate: Validator | null;
  unwrapped: Unwrap | null;
}

/** A delivery of JSON, read as far as its webhook is to be found. */
interface Parsed {
  readonly text: string;
  readonly payload: unknown;
  readonly delivery: Delivery;
}

const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

/**
 * Makes the decoder of a contract: bytes → which webhook → its typed event. Every way to fail is a value; nothing that a
 * delivery holds makes it throw. A validator is loaded when its webhook first comes.
 */
export function createDecoder(
  contract: ContractDefinition,
  options?: DecoderOptions,
): (delivery: Delivery) => Promise<Decoded> {
  const decode = createEagerDecoder(contract, options);
  return (delivery) => {
    try {
      const decoded = decode(delivery);
      // What is known not to be a promise is made one faster.
      return "ok" in decoded ? Promise.resolve(decoded) : decoded;
    } catch (error) {
      // Only for what is no delivery at all.
      return Promise.reject(error);
    }
  };
}

/** As `createDecoder`; but what needs no waiting, as an event whose validator is loaded, is there at once. */
export function createEagerDecoder(
  contract: ContractDefinition,
  { keepInvalid = false }: DecoderOptions = {},
): (delivery: Delivery) => Decoded | Promise<Decoded> {
  const { webhooks, sharedPlans, routedBy } = contract;
  const entries: Entry[] = [];
  const forms: Form[] = [];
  for (const definition of webhooks) {
    const { name, headers, route, forms: own, isList } = definition;
    entries.push({ name, headers, validate: null, unwrapped: null, route, forms: own, isList, definition });
    forms.push(...own);
  }
  const { settled, recognise } = createRecogniser(entries, routedBy);

  return function decode(delivery) {
    // Not an async function, and what is rare is in others: each delivery pays for every turn and every closure here.
    const encoding = encodingOf(delivery, forms);
    if (encoding === null) return failure("unsupported-media-type", null, [mediaTypeError()]);
    if (encoding !== "json") return decodeFields(encoding, delivery);
    const text = textOf(delivery.body ?? "");
    if (text === null) return failure("not-json", null, [jsonError("is not UTF-8 text")]);
    let payload: unknown;
    try {
      payload = JSON.parse(text);
    } catch (error) {
      return failure("not-json", null, [syntaxError(error)]);
    }
    const entry = settled(payload);
    if (entry !== null && entry.validate !== null) return judge(entry, entry.validate, payload, delivery);
    return decodeCandidates(entry === null ? recognise(payload, delivery) : [entry], { text, payload, delivery });
  };

  function decodeCandidates(
    candidates: readonly Entry[],
    { text, payload, delivery }: Parsed,
  ): Decoded | Promise<Decoded> {
    const only = candidates[0];
    if (only === undefined || isOther(candidates, delivery, "json")) {
      return failure("unknown-event", null, [routeError([])]);
    }
    if (candidates.length > 1) {
      // Decoding changes only what has JSON in strings; whatever else is tried, is tried on the same payload.
      const read = ({ definition }: Entry) => (definition.unwrap === null ? payload : JSON.parse(text));
      return tryAll(candidates, read, delivery, "json");
    }
    if (only.validate !== null) return judge(only, only.validate, payload, delivery);
    return loaded(only).then((validate) => judge(only, validate, payload, delivery));
  }

  async function decodeFields(encoding: "form" | "multipart" | "query", delivery: Delivery): Promise<Decoded> {
    const { readFields } = await import("./fields.ts");
    const fields = await readFields(encoding, delivery);
    if (typeof fields === "string") return failure("not-json", null, [jsonError(fields)]);
    const { payload, files } = fields;
    const candidates = recognise(payload(), delivery);
    if (candidates.length === 0 || isOther(candidates, delivery, encoding)) {
      return failure("unknown-event", null, [routeError([])]);
    }
    const decoded = await tryAll(candidates, ({ definition }) => payload(definition), delivery, encoding);
    return files === undefined || !decoded.ok ? decoded : { ...decoded, files };
  }

  /**
   * Whether what comes is of none of the webhooks, though one has no condition that could fail: it is written in another way,
   * and nothing but that would say that it is another event. The only webhook of a contract says what is wrong instead.
   */
  function isOther(candidates: readonly Entry[], { headers }: Delivery, encoding: Form["encoding"]): boolean {
    const [only] = candidates;
    if (only === undefined || only.route.length > 0 || candidates.length > 1) return false;
    return webhooks.length > 1 && headers !== undefined && !isWritten(only, encoding);
  }

  /**
   * Webhooks that no condition tells apart: the one whose schema alone fits. Where several or none do, and the delivery says
   * so, the one that is a list, or else alone is written like that. Where there is one only, what is wrong with it is said.
   * @param read  gives the payload, anew where decoding would change it
   */
  function tryAll(
    candidates: readonly Entry[],
    read: (entry: Entry) => unknown,
    delivery: Delivery,
    encoding: Form["encoding"],
  ): Decoded | Promise<Decoded> {
    const missing = candidates.filter(({ validate }) => validate === null);
    return missing.length === 0 ? fitting() : Promise.all(missing.map(loaded)).then(fitting);

    function fitting(): Decoded {
      const tried: (readonly [Entry, Decoded])[] = [];
      for (const entry of candidates) {
        tried.push([entry, judge(entry, entry.validate as Validator, read(entry), delivery)]);
      }
      let left = narrowed(tried, ([, { ok }]) => ok);
      left = narrowed(left, ([{ isList }]) => isList === true);
      // A body without headers, as a recorded one, does not say how it was written.
      if (delivery.headers !== undefined) left = narrowed(left, ([entry]) => isWritten(entry, encoding));
      const only = left.length === 1 ? left[0] : undefined;
      return only?.[1] ?? failure("unknown-event", null, [routeError(left.map(([{ name }]) => name))]);
    }
  }

  async function loaded(entry: Entry): Promise<Validator> {
    const { unwrap, load } = entry.definition;
    if (unwrap !== null) entry.unwrapped ??= compileUnwrap(unwrap, sharedPlans);
    entry.validate ??= await load();
    return entry.validate;
  }

  function judge(entry: Entry, validate: Validator, payload: unknown, delivery: Delivery): Decoded {
    const { name, headers, unwrapped } = entry;
    try {
      let event = payload;
      if (unwrapped !== null) {
        event = unwrapped(payload);
        if (event instanceof NotUnwrapped) return invalid(name, event.errors, event.value);
      }
      if (!validate(event)) return invalid(name, validate.errors ?? [], event);
      const picked = headers.length === 0 ? NO_HEADERS : pickHeaders(delivery.headers, headers);
      return { ok: true, webhook: name, event, headers: picked };
    } catch (error) {
      // A recursive schema is followed by recursion, and a payload may be nested deeper than the stack is.
      return failure("invalid-payload", name, [judgementError(error)]);
    }
  }

  function invalid(name: string, errors: readonly ValidationError[], event: unknown): KeptFailure {
    const failed = failure("invalid-payload", name, errors);
    return keepInvalid ? { ...failed, event } : failed;
  }
}

/** Those of several that meet a condition, if any do. */
function narrowed<T>(list: readonly T[], meets: (item: T) => boolean): readonly T[] {
  const met = list.length > 1 ? list.filter(meets) : [];
  return met.length > 0 ? met : list;
}

function isWritten({ forms }: Entry, encoding: Form["encoding"]): boolean {
  return forms.some((form) => form.encoding === encoding);
}

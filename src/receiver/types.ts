import type { Contract, DecodeFailure, DecodeSuccess, Delivery, FormFile, ValidationError } from "../runtime/types.ts";
import type { RawDelivery } from "./authenticity/types.ts";
import type { AuthenticationFailure, NotAuthentic, SchemeDefinition, Secret } from "./credentials/types.ts";

/**
 * How a delivery ended; each has one meaning for logs and metrics, and a status that suits how senders retry.
 * - `handled`: its handler is done
 * - `accepted`: answered first and then handled; the hook is told how that ends
 * - `unhandled`: a documented event that the receiver has no handler for; answered like one that was handled
 * - `duplicate`: this id was handled before; answered like the first
 * - `unknown-event`: none of the contract's webhooks
 * - `not-authentic`, `stale`: not from the sender, or sent too long ago; nobody is told why but the hook
 * - `invalid-payload`, `not-json`, `unsupported-media-type`, `method-not-allowed`, `too-large`: as they say
 * - `in-progress`: the same delivery is being handled; the sender shall try again
 * - `handler-failed`, `timed-out`: the handler threw, rejected, or took too long
 * - `store-failed`: the store of duplicates did not answer
 * - `incomplete-body`, `slow-body`: the body ended early, or took too long to come
 * - `body-already-read`: something in front of the receiver read the body, and its bytes are gone
 * - `internal-error`: none of these; a fault in the receiver or in a check of one's own
 */
export type OutcomeName =
  | "handled"
  | "accepted"
  | "unhandled"
  | "duplicate"
  | "unknown-event"
  | "not-authentic"
  | "stale"
  | "invalid-payload"
  | "not-json"
  | "unsupported-media-type"
  | "method-not-allowed"
  | "too-large"
  | "in-progress"
  | "handler-failed"
  | "timed-out"
  | "store-failed"
  | "incomplete-body"
  | "slow-body"
  | "body-already-read"
  | "internal-error";

/** What became of a delivery. It quotes neither the payload nor a secret, but for `error`, which is the handler's own. */
export interface Outcome {
  readonly name: OutcomeName;
  /** What was answered. */
  readonly status: number;
  /** The webhook that was recognised, if one was. */
  readonly webhook: string | null;
  /** The delivery's id, where it has one. */
  readonly id: string | null;
  /** `not-authentic` and `stale`: why, and which security scheme is meant. */
  readonly reason?: AuthenticationFailure;
  readonly scheme?: string;
  /** What may be the matter, for whoever reads the log. */
  readonly hint?: string;
  /** What is wrong with the payload. `handled` has some where invalid payloads are reported and not refused. */
  readonly problems: readonly OutcomeProblem[];
  /** What was thrown. */
  readonly error?: unknown;
  readonly timings: Timings;
}

/** A validation error without what it quotes of the payload. */
export type OutcomeProblem = Pick<ValidationError, "instancePath" | "schemaPath" | "keyword" | "message">;

/** Milliseconds; 0 for a step that was not reached. */
export interface Timings {
  /** The check of signature and credentials. */
  readonly authenticate: number;
  readonly decode: number;
  readonly handle: number;
  /** From the whole body to the answer. */
  readonly total: number;
}

/** What is answered. */
export interface Answer {
  readonly status: number;
  /** Lower-case names; a list where a header comes several times, as `set-cookie` does. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

/** What is answered, and what became of the delivery. */
export interface Reply extends Answer {
  readonly outcome: Outcome;
}

/** A request before its body was read. */
export type RequestHead = Pick<Delivery, "method" | "url" | "headers">;

/** What every handler is told of a delivery. */
export interface ReceivedRequest {
  /** The request as it came, with its raw bytes. */
  readonly request: RawDelivery;
  /** The delivery's id, where the contract or `duplicates.id` says where it is. */
  readonly id: string | null;
  /** Milliseconds since 1970, where the signature says it. */
  readonly signedAt: number | null;
  /** Aborted when the handler has taken too long. It is made when it is asked for, so a copy by `{ ...delivery }` has none. */
  readonly signal: AbortSignalLike;
  /** Of a multipart body. */
  readonly files: readonly FormFile[];
}

/** A delivery whose event fits its schema. */
export interface ReceivedDelivery<Name = string, Event = unknown, Headers = unknown> extends ReceivedRequest {
  readonly webhook: Name;
  readonly event: Event;
  /** The documented headers that came, by lower-case name. */
  readonly headers: Headers;
  readonly valid: true;
  readonly problems: readonly [];
}

/** A delivery whose event breaks its schema, and that the receiver wants all the same. */
export interface InvalidDelivery<Name = string> extends ReceivedRequest {
  readonly webhook: Name;
  /** Not validated: look before you use it. */
  readonly event: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly valid: false;
  readonly problems: readonly ValidationError[];
}

/** A delivery of none of the contract's webhooks. */
export interface UnknownDelivery extends ReceivedRequest {
  readonly webhook: null;
  /** What the body says, where it is JSON. */
  readonly event: unknown;
  /** Names of webhooks that it may be, where several fit. */
  readonly candidates: readonly string[];
}

/** A handler may return a `Response`, which is then the answer; whatever else it returns is not looked at. */
export type Handlers<Events, Headers, Reported> = {
  readonly [Name in keyof Events]?: Name extends Reported
    ? (
        event: unknown,
        delivery: ReceivedDelivery<Name, Events[Name], HeadersOf<Headers, Name>> | InvalidDelivery<Name>,
      ) => unknown
    : (event: Events[Name], delivery: ReceivedDelivery<Name, Events[Name], HeadersOf<Headers, Name>>) => unknown;
};

type HeadersOf<Headers, Name> = Name extends keyof Headers ? Headers[Name] : Readonly<Record<string, string>>;

export type InvalidPayloadPolicy = "reject" | "report";

/** The names of the webhooks whose events may come without being valid. */
export type ReportedNames<Events, Policy, PolicyOf> = {
  [Name in keyof Events]: Name extends keyof PolicyOf
    ? "report" extends PolicyOf[Name]
      ? Name
      : never
    : "report" extends Policy
      ? Name
      : never;
}[keyof Events];

export interface DuplicateOptions<Delivery = ReceivedDelivery | InvalidDelivery> {
  /** Where ids are kept. Default: in memory, the last 10,000 of the last day. */
  readonly store?: DuplicateStore;
  /** Where a delivery has its id, if the contract does not say so; nothing for a delivery that is to be handled each time. */
  readonly id?: (delivery: Delivery) => string | null | undefined;
}

/** What a store says to a claim: it is yours, somebody is at it, or it was done. */
export type Claim = "new" | "in-progress" | "handled";

/** Remembers which deliveries were handled. One that several servers share makes each event handled once among them. */
export interface DuplicateStore {
  /**
   * Takes an id in hand, unless it was before; at once, whoever else asks.
   * @param leaseSeconds  after which an id that was neither completed nor released may be claimed again: its server has died
   */
  readonly claim: (id: string, leaseSeconds: number) => Claim | Promise<Claim>;
  /** It was handled. */
  readonly complete: (id: string) => unknown;
  /** It was not handled, and shall be when it comes again. */
  readonly release: (id: string) => unknown;
}

export interface ReceiverPolicies<Events, Headers, Policy, PolicyOf> {
  /** What is done with each event. An event without handler is answered as if it had been handled. */
  readonly on: Handlers<Events, Headers, ReportedNames<Events, Policy, PolicyOf>>;
  /** Of deliveries that no webhook recognises: `accept` (default) answers 2xx, `reject` 404; or a handler. */
  readonly unknownEvent?: "accept" | "reject" | ((event: unknown, delivery: UnknownDelivery) => unknown);
  /** Of events that break their schema: `reject` (default) answers 422, `report` delivers them with `problems`. */
  readonly invalidPayload?: Policy;
  /** The same for single webhooks. */
  readonly invalidPayloadOf?: PolicyOf;
  /** Handles each delivery id once. Default: in memory, where the contract's signatures bring an id. */
  readonly duplicates?: false | DuplicateOptions<DeliveryOf<Events, Headers, ReportedNames<Events, Policy, PolicyOf>>>;
  /** `first` answers 2xx as soon as the event is authentic and valid, and handles it then. Default: `after` handling it. */
  readonly acknowledge?: "after" | "first";
  /** Where the runtime ends a request's work with its answer: what keeps it going, as `waitUntil` of Workers. */
  readonly waitUntil?: (work: Promise<unknown>) => void;
  /** How long a handler may take before 503 is answered; 10. */
  readonly handlerSecondsMax?: number;
  /** How long a body may take to come; 10. */
  readonly bodySecondsMax?: number;
  /** 1 MiB. */
  readonly bodyBytesMax?: number;
  /** The origin, and the beginning of the path, by which the sender knows the receiver, where signatures cover the URL. */
  readonly publicUrl?: string;
  /** Told how each delivery ended. What it throws is passed over. */
  readonly onOutcome?: (outcome: Outcome) => unknown;
  /** Milliseconds since 1970; the runtime's clock where left out. */
  readonly now?: () => number;
}

type DeliveryOf<Events, Headers, Reported> = {
  [Name in keyof Events]:
    | ReceivedDelivery<Name, Events[Name], HeadersOf<Headers, Name>>
    | (Name extends Reported ? InvalidDelivery<Name> : never);
}[keyof Events];

/** Secrets by scheme name; those that the contract needs must be there. */
export type SecretOptions<Needed, Schemes> = {
  /** Security schemes that the document does not know, or describes in another way than the sender does. */
  readonly schemes?: Schemes;
} & (Record<never, never> extends Needed & SecretsOf<Schemes>
  ? { readonly secrets?: Needed & SecretsOf<Schemes> }
  : { readonly secrets: Needed & SecretsOf<Schemes> });

export type SecretsOf<Schemes> = { readonly [Name in keyof Schemes]: Secret };

/** Schemes by name. */
export type Schemes = Readonly<Record<string, SchemeDefinition>>;

/**
 * Receives deliveries: from raw bytes to a typed, authentic event in its handler, and to an answer. It is itself a handler
 * for servers of the Fetch standard.
 */
export interface Receiver {
  (request: WebRequest): Promise<WebResponse>;
  /** All steps, for a request whose body was read. It never rejects. */
  readonly deliver: (delivery: RawDelivery) => Promise<Reply>;
  /** For adapters, before they read a body: the answer to a request that none is needed for, or null. */
  readonly admit: (head: RequestHead) => Promise<Reply | null>;
  /** For adapters: the answer where they could not read the body. */
  readonly refuse: (name: RefusalName, hint?: string) => Promise<Reply>;
  /** For adapters: how much of a body to read, and for how long. */
  readonly limits: BodyLimits;
  /** For adapters: the same without a promise where nothing has to be waited for. */
  readonly direct: DirectReceiver;
}

/** Only the hook is told of outcomes here; who asks for one with the answer takes the receiver's own `deliver`. */
export interface DirectReceiver {
  readonly deliver: (delivery: RawDelivery) => Answer | Promise<Answer>;
  readonly admit: (head: RequestHead) => Answer | null | Promise<Answer | null>;
  readonly refuse: (name: RefusalName, hint?: string) => Answer | Promise<Answer>;
}

export interface BodyLimits {
  readonly bodyBytesMax: number;
  readonly bodySecondsMax: number;
}

/** What can go wrong while a body is read. */
export type RefusalName = "too-large" | "incomplete-body" | "slow-body" | "body-already-read" | "internal-error";

/** The secrets that `verify` checks with. */
export type VerifyOptions<Needed, Added = Record<never, never>> = VerifyPlainOptions & SecretOptions<Needed, Added>;

/** The secrets that `sign` signs with; of a webhook's alternatives one is enough. */
export interface SignOptions<Needed, Added = Record<never, never>> {
  readonly secrets: Partial<Needed> & Partial<SecretsOf<Added>>;
  readonly schemes?: Added;
}

/** How `verify` checks, beside the secrets. */
export interface VerifyPlainOptions {
  /** As for a receiver. */
  readonly publicUrl?: string;
  readonly now?: () => number;
}

/** A contract as generated code exports it, for `createReceiver` and its like. */
export interface ReceiverContract<Events = Readonly<Record<string, unknown>>, Headers = unknown, Needed = unknown>
  extends Contract {
  /** For the compiler only. */
  readonly "~types"?: { readonly events: Events; readonly headers: Headers; readonly secrets: Needed };
}

export interface MemoryStoreOptions {
  /** The oldest is forgotten for the newest; 10,000. */
  readonly idsMax?: number;
  /** How long a handled id is remembered; a day, which is as long as most senders try. */
  readonly keepSeconds?: number;
  /** Milliseconds; the runtime's clock where left out. */
  readonly now?: () => number;
}

/** A decoded event with what its signature says, or why there is none. */
export type VerifiedAndDecoded<Decoded = DecodeSuccess | DecodeFailure> =
  | (Extract<Decoded, { readonly ok: true }> & { readonly id: string | null; readonly signedAt: number | null })
  | Extract<Decoded, { readonly ok: false }>
  | (NotAuthentic & { readonly webhook: null });

/** The options of a contract's receiver. */
export type ReceiverOptions<
  Events,
  Headers,
  Needed,
  Policy = "reject",
  PolicyOf = Record<never, never>,
  Added = Record<never, never>,
> = ReceiverPolicies<Events, Headers, Policy, PolicyOf> & SecretOptions<Needed, Added>;

type Global = typeof globalThis;

/** The Fetch standard's `Request`, where the project knows it. */
export type WebRequest = Global extends { Request: { prototype: infer T } } ? T : RequestLike;

/** The Fetch standard's `Response`, where the project knows it. */
export type WebResponse = Global extends { Response: { prototype: infer T } } ? T : ResponseLike;

export type AbortSignalLike = Global extends { AbortSignal: { prototype: infer T } }
  ? T
  : { readonly aborted: boolean };

export interface RequestLike {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly bodyUsed: boolean;
  readonly body: unknown;
}

export interface ResponseLike {
  readonly status: number;
  readonly headers: { forEach(visit: (value: string, name: string) => void): void };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** One HTTP request as a receiver gets it. What is left out is not looked at. */
export interface Delivery {
  readonly method?: string | undefined;
  /** Absolute or relative; only its path and query are read. */
  readonly url?: string | undefined;
  /** A `Headers` object, or a record in any case, as Node's `request.headers`. */
  readonly headers?: HeadersLike | Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
  /** The raw bytes, or their text. */
  readonly body?: Uint8Array | string | undefined;
}

/** The part of the Fetch standard's `Headers` that is used. */
export interface HeadersLike {
  get(name: string): string | null;
}

/** One reason why a payload does not fit, in the words of JSON Schema and AJV. */
export interface ValidationError {
  /** JSON pointer into the payload; it goes on inside JSON that a string holds. */
  readonly instancePath: string;
  readonly schemaPath: string;
  /** The keyword that failed; `json` for text that is not JSON, `route` for a delivery that no webhook recognises. */
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Why a delivery could not be decoded. */
export type DecodeFailureReason = "not-json" | "unsupported-media-type" | "unknown-event" | "invalid-payload";

export interface DecodeFailure<Name extends string = string> {
  readonly ok: false;
  readonly reason: DecodeFailureReason;
  /** The webhook that was recognised, if one was. */
  readonly webhook: Name | null;
  readonly errors: readonly ValidationError[];
}

export interface DecodeSuccess<Name extends string = string, Event = unknown, Headers = unknown> {
  readonly ok: true;
  readonly webhook: Name;
  /** The whole payload, JSON strings replaced by their values. */
  readonly event: Event;
  /** The documented headers that came, by lower-case name, as they were sent. */
  readonly headers: Headers;
  /** Of a multipart body: the files in it, in whose place the event has their names. */
  readonly files?: readonly FormFile[];
}

/** A file of a multipart body. */
export interface FormFile {
  /** The form's field; several files may have the same. */
  readonly field: string;
  /** As the sender says it: it is no safe path. */
  readonly name: string;
  /** Media type, as the sender says it. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A delivery as the sender writes it. */
export interface EncodedDelivery {
  readonly method: string;
  /** Lower-case names: the content type, and what the webhook is recognised by. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty in the query form. */
  readonly body: string;
  /** What goes behind the `?` of the receiver's URL; empty but in the query form, or where the webhook is recognised by it. */
  readonly query: string;
}

export interface EncodeOptions {
  /** Which of the webhook's forms to write, by its method; the first form where left out. */
  readonly method?: string | undefined;
}

/** A check of one event; after it said `false`, `errors` says why. */
export interface Validator<Event = unknown> {
  (event: unknown): event is Event;
  readonly errors?: readonly ValidationError[] | null;
}

declare const jsonContent: unique symbol;

/** A string that holds JSON of a known shape. The mark exists for the compiler only: at run time it is a plain string. */
export type JsonString<T> = string & { readonly [jsonContent]?: T };

/** How one delivery is written. */
export interface Form {
  readonly method: string;
  readonly address: string | null;
  readonly contentType: string;
  readonly encoding: "json" | "form" | "multipart" | "query";
}

/** One thing that is compared to recognise a webhook. */
export interface Condition {
  readonly in: "body" | "header" | "query" | "path";
  readonly at: string;
  readonly value: string | number | boolean | null | readonly (string | number | boolean | null)[];
}

/** What is known of a webhook at run time. */
export interface WebhookInfo<Name extends string = string> {
  readonly name: Name;
  readonly key: string;
  readonly summary?: string;
  readonly deprecated?: boolean;
  readonly route: readonly Condition[];
  readonly forms: readonly Form[];
  /** Alternatives; each names the schemes that are all needed. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  /** Statuses that the sender documents for the receiver's answer. */
  readonly replies: readonly string[];
}

/** Which description the generated code was made from. */
export interface Contract {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly format: string;
}

import type { DocumentFormat } from "./document.ts";
import type { Json, JsonObject, Scalar } from "./json.ts";
import type { SourceLocation } from "./source.ts";

/**
 * A JSON Schema, draft 2020-12. In a contract every `$ref` is `#/schemas/<key>`, the key of `Contract.schemas`
 * escaped as an RFC 6901 reference token.
 */
export type Schema = boolean | JsonObject;

/** The one model between description formats and everything made from them. */
export interface Contract {
  /** Safe as a folder name and unique among the documents of one run. */
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  readonly format: DocumentFormat;
  readonly webhooks: readonly Webhook[];
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly security: Readonly<Record<string, SecurityScheme>>;
  /** Everything of the document that is not in the contract, with the reason. */
  readonly omissions: readonly Omission[];
  readonly source: SourceLocation;
}

/** One event that the sender delivers to the receiver by HTTP. */
export interface Webhook {
  /** Unique in the contract; what commands, handlers and pacts say. */
  readonly name: string;
  /** `name` made safe: a JavaScript identifier and a file name, unique without regard to case. */
  readonly key: string;
  /** How a receiver recognises it: all conditions must hold. Empty: nothing in the delivery says so. */
  readonly route: readonly Condition[];
  /** The ways one delivery may be written; the first is the usual one. */
  readonly forms: readonly Form[];
  /** An object schema with lower-case header names. */
  readonly headers?: Schema;
  /** The body as it is on the wire; in the query form, the object that the query spells. */
  readonly payload: Schema;
  readonly examples: readonly Example[];
  /** Alternatives; each names the schemes that are all needed. Empty: none is documented. */
  readonly security: readonly SecurityRequirement[];
  readonly replies: readonly Reply[];
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly tags: readonly string[];
  readonly externalDocs?: ExternalDocs;
  /** In `contract.json`, how pacts refer to it: `{ AsyncAPI: { operationId } }`, or the words of ours for OpenAPI. */
  readonly references?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly source: SourceLocation;
}

export type Encoding = "json" | "form" | "multipart" | "query";

/** How one delivery is written. */
export interface Form {
  /** Upper case. */
  readonly method: string;
  /** URL, path, or runtime expression as the document writes it; null where it says none. */
  readonly address: string | null;
  readonly contentType: string;
  readonly encoding: Encoding;
}

/** One thing a receiver compares to recognise a webhook. */
export interface Condition {
  readonly in: "body" | "header" | "query" | "path";
  /**
   * Body: a JSON pointer, which goes on inside a JSON string. Header: the name in lower case. Query: the parameter's
   * name. Path: `""`, and `value` is the address template that the end of the URL's path must match.
   */
  readonly at: string;
  /** An array means any of these. */
  readonly value: Scalar | readonly Scalar[];
}

export interface Example {
  /** Unique within the webhook. */
  readonly name: string;
  readonly summary?: string;
  readonly description?: string;
  /** As on the wire: JSON in a string stays a string. */
  readonly payload: Json;
  readonly headers?: JsonObject;
  readonly source: SourceLocation;
}

/** Scheme name → scopes; all of them are needed. */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/**
 * A security scheme as the document gives it; AsyncAPI's `httpApiKey` is read as OpenAPI's `apiKey`.
 * @see https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object
 */
export interface SecurityScheme {
  readonly type: string;
  readonly description?: string;
  /** `http`: the scheme of RFC 9110 §11, lower case. */
  readonly scheme?: string;
  readonly bearerFormat?: string;
  /** `apiKey`: where, and the header's or parameter's name. */
  readonly in?: string;
  readonly name?: string;
  /** `x-webhook-signature` as written: a preset's name or a whole recipe. */
  readonly signature?: Json;
  /** Whatever else the scheme says (OAuth flows, …). */
  readonly details?: JsonObject;
}

/** What the receiver may answer. */
export interface Reply {
  /** A status code, a range such as `2XX`, or `default`. */
  readonly status: string;
  readonly description?: string;
  readonly contentType?: string;
  readonly payload?: Schema;
  readonly headers?: Schema;
}

export interface ExternalDocs {
  readonly url: string;
  readonly description?: string;
}

export interface Omission {
  readonly pointer: string;
  readonly reason: string;
  readonly source: SourceLocation;
}

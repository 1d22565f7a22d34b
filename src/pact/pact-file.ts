import type { Json, JsonObject } from "../model/index.ts";

/**
 * A pact file of version 4, as it is written. Files of other versions are read into a model of their own.
 * @see https://github.com/pact-foundation/pact-specification/tree/version-4
 */
export interface PactFile {
  readonly consumer: PactParticipant;
  readonly provider: PactParticipant;
  readonly interactions: readonly PactInteraction[];
  readonly metadata: JsonObject;
}

/** In a pact on webhooks the receiver is the consumer and the sender the provider: see `roles.ts`. */
export interface PactParticipant {
  readonly name: string;
}

export type PactInteraction = MessageInteraction | HttpInteraction;

interface InteractionBase {
  readonly description: string;
  readonly key?: string;
  readonly pending?: boolean;
  readonly providerStates?: readonly ProviderState[];
  readonly comments?: JsonObject;
}

export interface ProviderState {
  readonly name: string;
  readonly params?: JsonObject;
}

/** One message that the consumer is able to handle: how a delivery of a webhook is written in a pact. */
export interface MessageInteraction extends InteractionBase {
  readonly type: "Asynchronous/Messages";
  readonly contents: PactBody;
  /** Headers, lower-case, without `content-type`, which `contents` has. */
  readonly metadata?: JsonObject;
  readonly matchingRules?: { readonly body?: RulesByPath; readonly metadata?: RulesByPath };
}

/** A request by the sender, which is then Pact's consumer. */
export interface HttpInteraction extends InteractionBase {
  readonly type: "Synchronous/HTTP";
  readonly request: JsonObject;
  readonly response: JsonObject;
}

export interface PactBody {
  readonly content: Json;
  readonly contentType?: string;
  /** False: the content is JSON as it stands, or text. Else how the text is encoded: `base64`, or `JSON` for JSON in a string. */
  readonly encoded?: boolean | string;
}

/** Matching rules by path expression (`$.a[0].b`, `$['a-b']`, `$.*`), or by header name. */
export type RulesByPath = Readonly<Record<string, MatchingRules>>;

export interface MatchingRules {
  readonly combine?: "AND" | "OR";
  readonly matchers: readonly PactMatcher[];
}

/** The matchers that Pact itself knows; plugins may bring others. */
export type PactMatcher =
  | { readonly match: PlainMatch }
  /** An array's least and greatest length. */
  | { readonly match: "type"; readonly min?: number; readonly max?: number }
  /** Oniguruma's syntax; the whole text must match. */
  | { readonly match: "regex"; readonly regex: string }
  | { readonly match: "include"; readonly value: string }
  | { readonly match: "contentType"; readonly value: string }
  /** In the patterns of Java's `SimpleDateFormat`. */
  | { readonly match: "datetime" | "timestamp" | "date" | "time"; readonly format?: string }
  | { readonly match: "eachKey" | "eachValue"; readonly rules: readonly PactMatcher[]; readonly value?: Json }
  | { readonly match: "arrayContains"; readonly variants: readonly ArrayVariant[] }
  | { readonly match: "statusCode"; readonly status: string | readonly number[] };

type PlainMatch = "boolean" | "decimal" | "equality" | "integer" | "notEmpty" | "null" | "number" | "semver" | "values";

export interface ArrayVariant {
  readonly index: number;
  readonly rules: RulesByPath;
  readonly generators?: JsonObject;
}

import type { Json, JsonObject } from "../../model/index.ts";
import type { RuleTree } from "./rule-tree.ts";

export type PactVersion = 1 | 2 | 3 | 4;

/** A place in a pact file. */
export type PactTokens = readonly (string | number)[];

/** A pact file of any version, in one model. */
export interface ReadPact {
  readonly file: string;
  readonly consumer: string;
  readonly provider: string;
  readonly version: PactVersion;
  readonly expectations: readonly Expectation[];
  readonly metadata: JsonObject;
  /** The file as it is. */
  readonly written: JsonObject;
}

/** What one interaction says of a delivery. */
export type Expectation = MessageExpectation | HttpExpectation;

interface ExpectationBase {
  readonly description: string;
  readonly states: readonly string[];
  /** States with their parameters, as text: with the description it is what Pact knows an interaction by. */
  readonly stateKey: string;
  /** Where the interaction stands in its file. */
  readonly tokens: PactTokens;
  /** `comments.references`: by the specification's name in lower case. */
  readonly references: ReadonlyMap<string, JsonObject>;
  /** What is delivered. */
  readonly delivery: ExpectedPart;
}

/** A message that the receiver reads: it may read less than is sent. */
export interface MessageExpectation extends ExpectationBase {
  readonly kind: "message";
}

/** A request that the sender makes, and the answer that it counts on. */
export interface HttpExpectation extends ExpectationBase {
  readonly kind: "http";
  readonly method: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly queryTokens: PactTokens;
  readonly status: number | null;
  readonly statusTokens: PactTokens;
  readonly response: ExpectedPart;
}

/** A message, a request or a response. */
export interface ExpectedPart {
  readonly body: ExpectedBody | null;
  readonly contentType: string | null;
  readonly contentTypeTokens: PactTokens;
  readonly headers: readonly ExpectedHeader[];
}

export interface ExpectedBody {
  /** Undefined where it is no JSON, or cannot be read. */
  readonly content: Json | undefined;
  /** Why there is no `content`; goes on from "since". */
  readonly problem?: string;
  readonly tokens: PactTokens;
  readonly rules: RuleTree;
}

export interface ExpectedHeader {
  /** As written. */
  readonly name: string;
  readonly value: Json;
  readonly tokens: PactTokens;
  readonly rules: RuleTree;
}

/** Something wrong with the pact itself. */
export interface PactProblem {
  readonly code: string;
  readonly type: "error" | "warning";
  readonly message: string;
  readonly tokens: PactTokens;
  readonly value?: Json;
  readonly interaction?: Pick<Expectation, "description" | "states">;
}

/** A place in a pact as results write it: `[root].interactions[0].contents.content.event`. */
export function rootLocation(tokens: PactTokens): string {
  const [list, index, ...rest] = tokens;
  if (list === undefined) return "[root]";
  const start =
    typeof index === "number" ? `[root].${list}[${index}]` : ["[root]", list, ...tokens.slice(1, 2)].join(".");
  return [start, ...rest].join(".");
}

import type { Json } from "../../model/index.ts";
import type { PactTokens } from "../read/expectation.ts";
import type { SchemaNode } from "./schema-view.ts";

/**
 * What comparing finds. `incompatible`: the schema forbids it. `undocumented`: it may come, and nothing is known of it.
 * `optional`: it is counted on and may be left out. `narrow`: the document allows what the pact refuses. `contradiction`: a
 * matcher refuses its own example. `case`: a header that is not in lower case. `unknown`: a header of which nothing is known.
 * `decoded`: a value where the wire has its text.
 */
export type FindingKind =
  | "incompatible"
  | "undocumented"
  | "optional"
  | "narrow"
  | "contradiction"
  | "case"
  | "unknown"
  | "decoded";

export interface Finding {
  readonly kind: FindingKind;
  /** Pointer into the value; it goes on inside a JSON string. Of a header: its name. */
  readonly path: string;
  /** What is wrong, to stand after the webhook's name. */
  readonly message: string;
  readonly value: Json;
  readonly node: SchemaNode | null;
  readonly keyword: string | null;
  /** Where in the pact, if not where the value is. */
  readonly tokens?: PactTokens;
  /** A value that the document allows and the pact refuses. */
  readonly witness?: { readonly value: Json };
  readonly causes?: readonly Finding[];
}

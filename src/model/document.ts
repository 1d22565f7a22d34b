import type { Diagnostic } from "./diagnostic.ts";
import type { Json } from "./json.ts";
import type { Locate, SourceLocation } from "./source.ts";

/** One file that was read, its value plain JSON. */
export interface SourceDocument {
  /** As in `SourceLocation.file`. */
  readonly file: string;
  readonly text: string;
  readonly value: Json;
  /** `text` is a file that is no JSON or YAML (Markdown, …): `value` is then its text. */
  readonly kind: "yaml" | "json" | "text";
}

/** What a `$ref` names. */
export interface ReferenceTarget {
  readonly location: SourceLocation;
  readonly value: Json;
}

/** Formats that can be read; the suffix is the specification's major.minor. */
export type DocumentFormat = `asyncapi-${string}` | `openapi-${string}`;

/** The entry document and all it refers to, every `$ref` bound or reported. */
export interface DocumentSet {
  readonly entry: SourceDocument;
  readonly format: DocumentFormat;
  readonly documents: ReadonlyMap<string, SourceDocument>;
  /**
   * Finds the target of a `$ref`: one step, so that a chain stays visible.
   * @param ref   URI reference as written; its fragment is an RFC 6901 pointer or an `$anchor`.
   * @param from  where the `$ref` stands (the object that holds it).
   * @returns the target, or null where there is none; the diagnostic for it was given when the set was made.
   */
  readonly resolve: (ref: string, from: SourceLocation) => ReferenceTarget | null;
  readonly locate: Locate;
  readonly diagnostics: readonly Diagnostic[];
}

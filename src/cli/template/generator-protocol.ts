/** What the process that runs the generator is told to do. */
export interface GeneratorJob {
  /** The generator's module. */
  readonly entry: string;
  readonly templateFolder: string;
  readonly outFolder: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly compile: boolean;
  /** The AsyncAPI document as JSON, with no reference out of itself. */
  readonly document: string;
}

/** Something that AsyncAPI's parser found wrong. */
export interface Refusal {
  readonly message: string;
  readonly pointer: string;
}

/** What came of it. `refused`: the parser did not take the document. */
export type GeneratorOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly refusals: readonly Refusal[] }
  | { readonly kind: "failed"; readonly message: string; readonly stack?: string };

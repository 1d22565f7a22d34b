/** One thing that the AsyncAPI parser found. */
export interface ParserFinding {
  /** The name of its rule. */
  readonly rule: string;
  readonly severity: number;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** What the parser found, or why it could not look. */
export type ParserAnswer = readonly ParserFinding[] | { readonly failure: string };

/** The first message of the parser's thread: it has loaded the parser. */
export const READY = "ready";

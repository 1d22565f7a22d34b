import type { Json } from "../../model/index.ts";

/**
 * What comparing values takes and other parts of the toolkit have: the formats and expressions of the generated validators,
 * so that both say the same of a value.
 */
export interface ValueTests {
  /** Undefined for a format that nobody knows. */
  readonly isFormat: (format: string, value: Json) => boolean | undefined;
  /** A regular expression as a test that takes time in proportion to the text; null where there can be none. */
  readonly expression: (source: string) => ((text: string) => boolean) | null;
}

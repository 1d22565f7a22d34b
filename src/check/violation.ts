/** One breach of a schema, told in plain words. */
export interface Violation {
  /** JSON pointer into what was checked: of a property that must not be there or is wrong, else of what lacks something. */
  readonly pointer: string;
  /** Ends in a full stop. */
  readonly sentence: string;
  readonly hint?: string;
  /** The specification's section. */
  readonly url?: string;
}

/** Violations that are reported for one document; after the first few, people mend and look again. */
export const VIOLATIONS_MAX = 20;

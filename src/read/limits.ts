/**
 * Bounds on what one description may cost to read. They are far above any description that people wrote, and low enough
 * that a hostile one ends in a diagnostic.
 */
export const limits = {
  /** All documents of one description together. */
  bytesMax: 64 * 1024 * 1024,
  /** Of one YAML document; a long text in it is one token, and so is not bounded by their number. */
  yamlBytesMax: 16 * 1024 * 1024,
  /** Some six a line. Each takes 2 µs and 300 bytes while it is parsed. */
  yamlTokensMax: 2_500_000,
  /** Values of one JSON document. */
  jsonValuesMax: 5_000_000,
  /**
   * Objects and arrays within each other. Recursive code after this one relies on it, as does the YAML library, which
   * runs out of stack at some 700.
   */
  depthMax: 500,
  /** Values that all aliases and merge keys of one YAML document stand for. */
  aliasValuesMax: 200_000,
  /** Files that one description may be spread over. */
  documentsMax: 1000,
  /** Diagnostics of one code from one document; the rest would not be read. */
  findingsMax: 100,
  /** Time for one request, redirects included. */
  requestMilliseconds: 10_000,
  redirectsMax: 5,
} as const;

/** Perl's and Python's end of input. Without the `u` flag ECMA-262 would take it for the letter Z. */
const END_OF_INPUT = /[^\\]\\Z/;

/**
 * `regex`: a pattern that this engine's `RegExp` takes without the `u` flag (ECMA-262 with its annex B), and without
 * `\Z` after its first character. Equals `ajv-formats` full on the same engine.
 */
export function isRegex(value: string): boolean {
  if (END_OF_INPUT.test(value)) return false;
  try {
    new RegExp(value);
    return true;
  } catch {
    return false;
  }
}

const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/;
/** Up to this length a loop is faster than starting a regular expression. */
const LOOP_LENGTH_MAX = 16;

/**
 * Counts as `minLength` and `maxLength` do: in Unicode code points, so that a surrogate pair is one and a lone surrogate
 * is one too. Equals ajv's `ucs2length`.
 *
 * Engines keep text without characters beyond U+00FF in one byte a character, and know without a look that such text holds
 * no surrogate: long values then cost no more than short ones.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3
 */
export function stringLength(value: string): number {
  const { length } = value;
  if (length > LOOP_LENGTH_MAX && !SURROGATE_PAIR.test(value)) return length;
  let codePoints = length;
  for (let at = 1; at < length; at++) {
    if ((value.charCodeAt(at) & 0xfc00) === 0xdc00 && (value.charCodeAt(at - 1) & 0xfc00) === 0xd800) codePoints--;
  }
  return codePoints;
}

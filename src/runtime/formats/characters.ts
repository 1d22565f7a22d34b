/**
 * Character codes and sets for the formats that are read character by character: those whose grammar repeats a group,
 * where a regular expression keeps a backtracking entry per repetition and gives up on megabytes of input.
 */

export const PERCENT = 0x25;
export const ASTERISK = 0x2a;
export const COMMA = 0x2c;
export const HYPHEN = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const AT = 0x40;
export const OPENING_BRACE = 0x7b;
export const CLOSING_BRACE = 0x7d;

export const DIGITS = "0123456789";
export const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * A set of ASCII characters as a table: `set[code] === 1` for its members, also where `code` is beyond the table. The
 * characters come in parts because a bundler drops an unused call only if nothing is computed for its arguments.
 */
export function asciiSet(...parts: readonly string[]): Uint8Array {
  const set = new Uint8Array(128);
  for (const character of parts.join("")) set[character.charCodeAt(0)] = 1;
  return set;
}

export const DIGIT = /* @__PURE__ */ asciiSet(DIGITS);
export const HEXADECIMAL_DIGIT = /* @__PURE__ */ asciiSet(DIGITS, "abcdefABCDEF");
export const LETTER_OR_DIGIT = /* @__PURE__ */ asciiSet(LETTERS, DIGITS);
/** `varchar` of RFC 6570 §2.3, without percent-encoding. */
export const VARIABLE_NAME_CHARACTER = /* @__PURE__ */ asciiSet(LETTERS, DIGITS, "_");
/** `atext` of RFC 5322 §3.2.3. */
export const ATOM_CHARACTER = /* @__PURE__ */ asciiSet(LETTERS, DIGITS, "!#$%&'*+/=?^_`{|}~-");

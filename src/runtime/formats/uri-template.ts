import {
  ASTERISK,
  asciiSet,
  CLOSING_BRACE,
  COLON,
  COMMA,
  DIGIT,
  DIGITS,
  HEXADECIMAL_DIGIT,
  LETTERS,
  OPENING_BRACE,
  PERCENT,
  VARIABLE_NAME_CHARACTER,
} from "./characters.ts";

/** RFC 6570 §2.2, all of them, those reserved for extensions too. */
const OPERATOR = /* @__PURE__ */ asciiSet("+#./;?&=,!@|");
/** RFC 6570 §2.1 within ASCII, and the delete character. `{` and `%` begin something else. */
const LITERAL = /* @__PURE__ */ asciiSet(LETTERS, DIGITS, "!#$&()*+,-./:;=?@[]_~\u007f");
const PREFIX_LENGTH_DIGITS_MAX = 4;

/**
 * `uri-template`: `URI-Template` of RFC 6570 §2, with every code unit beyond ASCII taken as a literal, and variable names
 * without dots. Equals `ajv-formats` full.
 */
export function isUriTemplate(value: string): boolean {
  let at = 0;
  while (at < value.length) {
    const code = value.charCodeAt(at);
    if (LITERAL[code] === 1 || code > 0x7f) at++;
    else if (code === OPENING_BRACE) at = afterExpression(value, at + 1);
    else if (code === PERCENT) at = afterPercentEncoded(value, at);
    else return false;
    if (at === -1) return false;
  }
  return true;
}

/** @returns where the text goes on after the expression whose inside begins at `at`, or -1. */
function afterExpression(value: string, at: number): number {
  let next = OPERATOR[value.charCodeAt(at)] === 1 ? at + 1 : at;
  for (;;) {
    next = afterVariable(value, next);
    if (next === -1) return -1;
    const code = value.charCodeAt(next);
    if (code === CLOSING_BRACE) return next + 1;
    if (code !== COMMA) return -1;
    next++;
  }
}

/** @returns where the text goes on after the variable with its modifier (RFC 6570 §2.4) that begins at `at`, or -1. */
function afterVariable(value: string, at: number): number {
  let next = at;
  for (;;) {
    const code = value.charCodeAt(next);
    if (VARIABLE_NAME_CHARACTER[code] === 1) {
      next++;
    } else if (code === PERCENT) {
      next = afterPercentEncoded(value, next);
      if (next === -1) return -1;
    } else {
      if (next === at) return -1;
      if (code === ASTERISK) return next + 1;
      return code === COLON ? afterPrefixLength(value, next + 1) : next;
    }
  }
}

/** One to four digits, the first not zero. */
function afterPrefixLength(value: string, at: number): number {
  if (value.charAt(at) === "0") return -1;
  let next = at;
  while (next - at < PREFIX_LENGTH_DIGITS_MAX && DIGIT[value.charCodeAt(next)] === 1) next++;
  return next === at ? -1 : next;
}

function afterPercentEncoded(value: string, at: number): number {
  const encoded =
    HEXADECIMAL_DIGIT[value.charCodeAt(at + 1)] === 1 && HEXADECIMAL_DIGIT[value.charCodeAt(at + 2)] === 1;
  return encoded ? at + 3 : -1;
}

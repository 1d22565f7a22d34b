import { AT, ATOM_CHARACTER, DOT } from "./characters.ts";
import { countLabels } from "./hostname.ts";

/**
 * `email`: `Mailbox` of RFC 5321 §4.1.2 without quoted local parts and address literals; the domain has two labels or
 * more, ASCII only, of any length. Equals `ajv-formats` full.
 */
export function isEmail(value: string): boolean {
  let at = 0;
  let previous = DOT;
  for (;;) {
    const code = value.charCodeAt(at);
    if (ATOM_CHARACTER[code] !== 1) {
      if (code === AT) break;
      // A dot stands between two atoms. Past the end the code is NaN.
      if (code !== DOT || previous === DOT) return false;
    }
    previous = code;
    at++;
  }
  return previous !== DOT && countLabels(value, at + 1, value.length, Number.POSITIVE_INFINITY) >= 2;
}

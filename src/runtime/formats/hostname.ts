import { DOT, HYPHEN, LETTER_OR_DIGIT } from "./characters.ts";

const HOSTNAME_LENGTH_MAX = 253;
const LABEL_LENGTH_MAX = 63;

/**
 * `hostname`: RFC 1123 §2.1 (labels of letters, digits and inner hyphens, 63 characters each, 253 in all), with an
 * optional final dot; internationalized names only in their ASCII form. Equals `ajv-formats` full.
 */
export function isHostname(value: string): boolean {
  const end = value.endsWith(".") ? value.length - 1 : value.length;
  return end <= HOSTNAME_LENGTH_MAX && countLabels(value, 0, end, LABEL_LENGTH_MAX) > 0;
}

/**
 * Reads `value` from `start` to before `end` as a domain name.
 * @returns the number of its labels; 0 if one of them is empty, too long, begins or ends with a hyphen, or holds anything
 *   but letters, digits and hyphens.
 */
export function countLabels(value: string, start: number, end: number, labelLengthMax: number): number {
  let labels = 1;
  let labelStart = start;
  let previous = DOT;
  for (let at = start; at < end; at++) {
    const code = value.charCodeAt(at);
    if (code === DOT) {
      if (previous === DOT || previous === HYPHEN || at - labelStart > labelLengthMax) return 0;
      labels++;
      labelStart = at + 1;
    } else if (code === HYPHEN) {
      if (previous === DOT) return 0;
    } else if (LETTER_OR_DIGIT[code] !== 1) {
      return 0;
    }
    previous = code;
  }
  return previous === DOT || previous === HYPHEN || end - labelStart > labelLengthMax ? 0 : labels;
}

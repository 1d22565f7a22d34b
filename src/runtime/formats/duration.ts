import { DIGIT } from "./characters.ts";

const DATE_UNITS = "YMD";
const TIME_UNITS = "HMS";

/**
 * `duration`: `duration` of RFC 3339 appendix A, looser in one way: units between two others may be missing (`P1Y2D`).
 * Weeks stand alone, numbers are whole, letters upper-case, and `T` is followed by a unit. Equals `ajv-formats` full.
 */
export function isDuration(value: string): boolean {
  const { length } = value;
  if (length < 2 || value.charAt(0) !== "P") return false;
  let units = DATE_UNITS;
  let unit = 0;
  let at = 1;
  while (at < length) {
    if (units === DATE_UNITS && value.charAt(at) === "T") {
      units = TIME_UNITS;
      unit = 0;
      at++;
    }
    const start = at;
    while (DIGIT[value.charCodeAt(at)] === 1) at++;
    if (at === start || at === length) return false;
    const letter = value.charAt(at);
    if (letter === "W") return start === 1 && at === length - 1;
    // Each unit at most once, the larger first.
    unit = units.indexOf(letter, unit) + 1;
    if (unit === 0) return false;
    at++;
  }
  return true;
}

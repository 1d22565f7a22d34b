/** What the letters of Java's `SimpleDateFormat` stand for, as far as formats of payloads use them. */
const LETTERS: Readonly<Record<string, (length: number) => string>> = {
  y: (length) => (length === 2 ? "\\d{2}" : "\\d{4}"),
  u: () => "\\d{4}",
  M: (length) => (length > 2 ? "[A-Za-z]+" : number(length, "0[1-9]|1[0-2]", "[1-9]|1[0-2]")),
  d: (length) => number(length, "0[1-9]|[12]\\d|3[01]", "[1-9]|[12]\\d|3[01]"),
  H: (length) => number(length, "[01]\\d|2[0-3]", "\\d|1\\d|2[0-3]"),
  h: (length) => number(length, "0[1-9]|1[0-2]", "[1-9]|1[0-2]"),
  m: (length) => number(length, "[0-5]\\d", "[0-5]?\\d"),
  s: (length) => number(length, "[0-5]\\d|60", "[0-5]?\\d|60"),
  S: (length) => `\\d{${length}}`,
  n: () => "\\d+",
  a: () => "[AaPp][Mm]",
  E: () => "[A-Za-z]+",
  X: (length) => `(?:Z|[+-]\\d{2}${["", "(?:\\d{2})?", "\\d{2}", ":\\d{2}"][length] ?? ":\\d{2}"})`,
  x: (length) => `[+-]\\d{2}${["", "(?:\\d{2})?", "\\d{2}", ":\\d{2}"][length] ?? ":\\d{2}"}`,
  Z: (length) => (length > 4 ? "(?:Z|[+-]\\d{2}:\\d{2})" : "[+-]\\d{4}"),
};

function number(length: number, padded: string, plain: string): string {
  return `(?:${length > 1 ? padded : plain})`;
}

/**
 * A date format as a regular expression for the whole text.
 * @returns null where the format has a letter that is not understood
 */
export function dateExpression(format: string): string | null {
  if (format === "" || format.length > 100) return null;
  let result = "";
  for (const [token] of format.matchAll(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']/gs)) {
    if (token.startsWith("'")) result += literal(token === "''" ? "'" : token.slice(1, -1));
    else if (/[A-Za-z]/.test(token)) {
      const letter = token.charAt(0);
      const expression = Object.hasOwn(LETTERS, letter) ? LETTERS[letter]?.(token.length) : undefined;
      if (expression === undefined) return null;
      result += expression;
    } else result += literal(token);
  }
  return `^${result}$`;
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

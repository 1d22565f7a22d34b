import type { ValueTests } from "./value-tests.ts";

/**
 * A regular expression of a pact as a test. Pact reads Oniguruma's syntax and wants the whole text to match.
 * @returns null where it cannot be read here, or could take for ever
 */
export function pactExpression(source: string, tests: ValueTests): ((text: string) => boolean) | null {
  const flags = /^\(\?([a-z]+)\)/.exec(source);
  if (flags !== null && flags[1] !== "i") return null;
  const translated = flags === null ? translate(source, false) : translate(source.slice(flags[0].length), true);
  return translated === null ? null : tests.expression(`^(?:${translated})$`);
}

/** POSIX's names, as they stand inside brackets. */
const CLASSES: Readonly<Record<string, string>> = {
  alnum: "\\p{L}\\p{N}",
  alpha: "\\p{L}",
  digit: "0-9",
  lower: "\\p{Ll}",
  space: "\\s",
  upper: "\\p{Lu}",
  word: "\\w",
  xdigit: "0-9A-Fa-f",
};

/** Escapes that mean something else to Oniguruma, or nothing to ECMAScript. */
const ESCAPES: Readonly<Record<string, string>> = {
  A: "^",
  z: "$",
  Z: "$",
  h: "[0-9A-Fa-f]",
  H: "[^0-9A-Fa-f]",
  e: "\\x1b",
  a: "\\x07",
};

/** Characters that ECMAScript with the flag `u` lets nobody escape needlessly. */
const NEEDLESS = /[^A-Za-z0-9\s^$\\.*+?()[\]{}|/]/;

/**
 * The same expression in ECMAScript's syntax; null for what that does not have.
 * @param folds  both cases of a letter are meant, which is written out: the expression may have to be matched without flags
 */
function translate(source: string, folds: boolean): string | null {
  let result = "";
  /** What stands in brackets, in the other case; null outside brackets. */
  let otherCase: string | null = null;
  for (let index = 0; index < source.length; index++) {
    const character = source.charAt(index);
    const rest = source.slice(index, index + 20);
    const inClass: boolean = otherCase !== null;
    if (character === "\\") {
      const next = source.charAt(++index);
      if (next === "") return null;
      if (inClass && (next === "A" || next === "z" || next === "Z" || next === "H")) return null;
      if (inClass && next === "h") result += "0-9A-Fa-f";
      else if (Object.hasOwn(ESCAPES, next)) result += ESCAPES[next];
      else if (inClass && next === "-") result += "\\-";
      else result += NEEDLESS.test(next) ? next : `\\${next}`;
    } else if (otherCase !== null) {
      const posix = /^\[:(\w+):\]/.exec(rest);
      if (posix !== null) {
        const found = Object.hasOwn(CLASSES, posix[1] ?? "") ? CLASSES[posix[1] ?? ""] : undefined;
        if (found === undefined) return null;
        result += found;
        index += posix[0].length - 1;
      } else if (character === "[" || rest.startsWith("&&")) return null;
      else if (character === "]") {
        result += `${otherCase}]`;
        otherCase = null;
      } else {
        result += character;
        if (folds && /^[A-Za-z]-[A-Za-z]/.test(rest)) {
          otherCase += `${swapped(rest.charAt(0))}-${swapped(rest.charAt(2))}`;
          result += rest.slice(1, 3);
          index += 2;
        } else if (folds && /[A-Za-z]/.test(character)) otherCase += swapped(character);
      }
    } else if (character === "[") {
      otherCase = "";
      result += character;
    } else if (/^\(\?(?![:=!]|<[=!A-Za-z])/.test(rest) || /^[*+?}]\+/.test(rest)) {
      // Atomic groups, flags in the middle, possessive repetitions.
      return null;
    } else if (character === "(" && /^\(\?<[A-Za-z]/.test(rest)) {
      const name = /^\(\?<\w+>/.exec(source.slice(index))?.[0];
      if (name === undefined) return null;
      result += name;
      index += name.length - 1;
    } else result += folds && /[A-Za-z]/.test(character) ? `[${character}${swapped(character)}]` : character;
  }
  return result;
}

function swapped(letter: string): string {
  const upper = letter.toUpperCase();
  return letter === upper ? letter.toLowerCase() : upper;
}

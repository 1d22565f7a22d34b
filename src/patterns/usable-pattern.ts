import { Budget } from "./budget.ts";
import { type ExpressionPart, expressionPart } from "./expression-part.ts";
import { isLinear } from "./is-linear.ts";

/** Escapes that regular expressions without the `u` flag allow and those with it refuse, since they mean nothing. */
const NEEDLESS_ESCAPE = /\\([^A-Za-z0-9\s^$\\.*+?()[\]{}|/-])/g;

export type UsablePattern = { readonly source: string } | { readonly source: null; readonly reason: string };

/**
 * A `pattern` as a regular expression with the `u` flag, as JSON Schema wants it: taken as it is where it compiles so,
 * without its needless escapes (`\_`, `\"`, `\-`) where that is all that hinders it.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-6.4
 */
export function usablePattern(pattern: string): UsablePattern {
  const reason = problemOf(pattern);
  if (reason === null) return { source: pattern };
  const mended = pattern.replace(NEEDLESS_ESCAPE, "$1");
  if (problemOf(mended) === null) return { source: mended };
  const withPlainDashes = unescapeDashes(mended);
  return problemOf(withPlainDashes) === null ? { source: withPlainDashes } : { source: null, reason };
}

/** `\-` outside a character class is a plain dash; inside one it is fine with the flag. */
function unescapeDashes(pattern: string): string {
  let inClass = false;
  let result = "";
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === "\\") {
      const next = pattern.charAt(++index);
      result += next === "-" && !inClass ? "-" : character + next;
      continue;
    }
    if (character === "[") inClass = true;
    if (character === "]") inClass = false;
    result += character;
  }
  return result;
}

function problemOf(pattern: string): string | null {
  try {
    new RegExp(pattern, "u");
    return null;
  } catch (error) {
    // The engine's message repeats the pattern, which the diagnostic quotes already.
    return error instanceof Error ? (error.message.split(": ").at(-1) ?? "not valid").toLowerCase() : "not valid";
  }
}

/** Steps of analysis for all patterns of a contract together: some seconds. */
const STEPS_MAX = 20_000_000;

/** How a pattern becomes code: by the engine's own `RegExp`, or where that could take too long, by one that cannot. */
export type JudgedPattern =
  | { readonly source: string; readonly linear: ExpressionPart | null }
  | { readonly source: null; readonly reason: string };

/**
 * Judges patterns that become code: as `usablePattern`, and so that none takes more than a time in proportion to the text,
 * since a long text, or with some a short one, would keep a receiver busy for hours. Few cannot be had so, and are refused.
 * One judge looks at each pattern once.
 */
export function patternJudge(): (pattern: string) => JudgedPattern {
  const budget = new Budget(STEPS_MAX);
  const known = new Map<string, JudgedPattern>();
  return (pattern) => {
    const before = known.get(pattern);
    if (before !== undefined) return before;
    const usable = usablePattern(pattern);
    const judged = usable.source === null ? usable : judge(usable.source);
    known.set(pattern, judged);
    return judged;
  };

  function judge(source: string): JudgedPattern {
    if (isLinear(source, budget)) return { source, linear: null };
    const linear = expressionPart(source);
    if (linear !== null) return { source, linear };
    return { source: null, reason: REFUSED };
  }
}

const REFUSED =
  "a long text could keep it busy for hours, and what it holds (a look-around, a back-reference, or very many parts) cannot be matched in another way";

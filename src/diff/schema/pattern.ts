import { Budget } from "../../patterns/budget.ts";
import { isIncluded } from "../../patterns/is-included.ts";
import { isLinear } from "../../patterns/is-linear.ts";

/** Steps of analysis for one pattern; those that people write take a few thousand. */
const STEPS_MAX = 200_000;
/** A longer text is not matched: what a pattern does to it is not worth the time. */
const TEXT_LENGTH_MAX = 10_000;
const KNOWN_MAX = 10_000;

/** For one question whether a pattern includes another; those that people ask take some thousand, and a class as `\s` a hundred thousand. */
const QUESTION_STEPS_MAX = 1_000_000;
/** For all questions of one comparison. */
const ALL_STEPS_MAX = 10_000_000;

/** Answers which patterns include which others, each question once, and not more of them than there is time for. */
export class PatternOrder {
  readonly #answers = new Map<string, boolean>();
  #left = ALL_STEPS_MAX;

  /** Whether it is certain that every text that matches one pattern matches the other. */
  isIncluded(inner: string, outer: string): boolean {
    const key = JSON.stringify([inner, outer]);
    const before = this.#answers.get(key);
    if (before !== undefined) return before;
    const budget = new Budget(Math.min(this.#left, QUESTION_STEPS_MAX));
    const answer = isIncluded(inner, outer, budget) === true;
    this.#left -= budget.spent;
    this.#answers.set(key, answer);
    return answer;
  }
}

const known = new Map<string, RegExp | null>();

/** Whether a text matches a `pattern`; null where it cannot be told in reasonable time, or the pattern is none. */
export function matchesPattern(pattern: string, text: string): boolean | null {
  const expression = expressionOf(pattern);
  return expression === null || text.length > TEXT_LENGTH_MAX ? null : expression.test(text);
}

function expressionOf(pattern: string): RegExp | null {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const expression = compile(pattern);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(pattern, expression);
  return expression;
}

function compile(pattern: string): RegExp | null {
  try {
    const expression = new RegExp(pattern, "u");
    return isLinear(pattern, new Budget(STEPS_MAX)) ? expression : null;
  } catch {
    return null;
  }
}

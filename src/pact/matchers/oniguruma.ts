import type { AST } from "@eslint-community/regexpp";
import { Budget } from "../../patterns/budget.ts";
import { isLinear } from "../../patterns/is-linear.ts";
import { parsePattern } from "../../patterns/parse-pattern.ts";
import { usablePattern } from "../../patterns/usable-pattern.ts";

/** Steps of analysis for one pattern. */
const STEPS_MAX = 2_000_000;
/** Oniguruma refuses more. */
const REPEATS_MAX = 100_000;

const ANYTHING = "[\\s\\S]*";
/** What ECMAScript calls white space and line ends. */
const SPACE =
  "\\t\\n\\x0B\\f\\r \\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}";
const LINE_ENDS = "\\n\\r\\x{2028}\\x{2029}";
const WORD = "A-Za-z0-9_";
const BOUNDARY = `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`;
const NO_BOUNDARY = `(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`;

/** A part that means something else in Oniguruma, or nothing. */
class Untranslatable extends Error {}

/**
 * Writes a JSON Schema `pattern` in the words of Pact's engine, Oniguruma, which always compares the whole text, takes `^`
 * and `$` for the ends of lines, and `\d`, `\s`, `\w` for what Unicode calls so.
 * @returns null where the pattern is no regular expression, has parts that cannot be said there, or could keep the
 *   engine busy for hours: then nothing but the type can be asked for
 */
export function onigurumaPattern(pattern: string): string | null {
  const { source } = usablePattern(pattern);
  const parsed = source === null ? null : parsePattern(source);
  if (source === null || parsed === null || !isLinear(source, new Budget(STEPS_MAX))) return null;
  try {
    const [only, ...others] = parsed.alternatives;
    // `^…$` is by far the usual pattern, and is written as its readers would write it.
    if (only !== undefined && others.length === 0) {
      const { elements } = only;
      const isBegun = isEdge(elements[0], "start");
      const isEnded = isEdge(elements.at(-1), "end");
      const inner = elements.slice(isBegun ? 1 : 0, isEnded ? -1 : undefined).map(writeElement);
      return `\\A${isBegun ? "" : ANYTHING}${inner.join("")}${isEnded ? "" : ANYTHING}\\z`;
    }
    return `\\A${ANYTHING}${writeAlternatives(parsed.alternatives)}${ANYTHING}\\z`;
  } catch (error) {
    if (error instanceof Untranslatable) return null;
    throw error;
  }
}

/** A text as an expression for just that text. */
export function literal(text: string): string {
  return [...text].map((character) => writeCharacter(character.codePointAt(0) ?? 0)).join("");
}

/** Whether a text can be said: the engine reads UTF-8, which has no half characters. */
export function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

function isEdge(element: AST.Element | undefined, kind: "start" | "end"): boolean {
  return element?.type === "Assertion" && element.kind === kind;
}

function writeAlternatives(alternatives: readonly AST.Alternative[]): string {
  return `(?:${alternatives.map(({ elements }) => elements.map(writeElement).join("")).join("|")})`;
}

function writeElement(element: AST.Element): string {
  switch (element.type) {
    case "Assertion":
      return writeAssertion(element);
    case "Character":
      return writeCharacter(element.value);
    case "CharacterSet":
      return writeSet(element);
    case "CharacterClass":
      return writeClass(element);
    // Nothing refers to groups here, so that they need neither numbers nor names.
    case "CapturingGroup":
    case "Group":
      return writeAlternatives(element.alternatives);
    case "Quantifier":
      return writeQuantifier(element);
    // A reference to a group that took no part matches nothing here, and fails there.
    case "Backreference":
    case "ExpressionCharacterClass":
      throw new Untranslatable();
    default:
      return element satisfies never;
  }
}

function writeAssertion(assertion: AST.Assertion): string {
  switch (assertion.kind) {
    case "start":
      return "\\A";
    case "end":
      return "\\z";
    case "word":
      return assertion.negate ? NO_BOUNDARY : BOUNDARY;
    case "lookahead":
      return `(?${assertion.negate ? "!" : "="}${writeAlternatives(assertion.alternatives)})`;
    // Only some of ECMAScript's are allowed there.
    case "lookbehind":
      throw new Untranslatable();
    default:
      return assertion satisfies never;
  }
}

function writeQuantifier({ element, min, max, greedy }: AST.Quantifier): string {
  if (min > REPEATS_MAX || (max !== Number.POSITIVE_INFINITY && max > REPEATS_MAX)) throw new Untranslatable();
  const repeated = element.type === "Assertion" ? `(?:${writeElement(element)})` : writeElement(element);
  // `{3}?` means "three times, or not at all" there.
  const lazy = greedy || min === max ? "" : "?";
  return `${repeated}${writeCount(min, max)}${lazy}`;
}

function writeCount(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function writeSet(set: AST.CharacterSet): string {
  return set.kind === "any" ? `[^${LINE_ENDS}]` : `[${set.negate ? "^" : ""}${writeSetMembers(set)}]`;
}

function writeClass({ elements, negate }: AST.CharacterClass): string {
  if (elements.length === 0) return negate ? "[\\s\\S]" : "(?!)";
  const members = elements.map((element) => {
    switch (element.type) {
      case "Character":
        return writeCharacter(element.value);
      case "CharacterClassRange":
        return `${writeCharacter(element.min.value)}-${writeCharacter(element.max.value)}`;
      case "CharacterSet":
        return element.negate ? `[^${writeSetMembers(element)}]` : writeSetMembers(element);
      // What only the `v` flag knows.
      default:
        throw new Untranslatable();
    }
  });
  return `[${negate ? "^" : ""}${members.join("")}]`;
}

function writeSetMembers(set: AST.EscapeCharacterSet | AST.UnicodePropertyCharacterSet | AST.AnyCharacterSet): string {
  switch (set.kind) {
    case "digit":
      return "0-9";
    case "word":
      return WORD;
    case "space":
      return SPACE;
    case "property":
      return `\\p{${propertyName(set)}}`;
    default:
      throw new Untranslatable();
  }
}

/** General categories by their short names, and scripts, are called alike in both. */
function propertyName({
  key,
  value,
}: AST.CharacterUnicodePropertyCharacterSet | AST.StringsUnicodePropertyCharacterSet): string {
  if (value === null && /^[A-Z][a-z]?$/.test(key)) return key;
  if (value !== null && /^(?:gc|General_Category)$/.test(key) && /^[A-Z][a-z]?$/.test(value)) return value;
  if (value !== null && /^(?:sc|Script)$/.test(key) && /^[A-Z][a-z]+$/.test(value)) return value;
  throw new Untranslatable();
}

/** Letters, digits and what has no meaning anywhere stand for themselves. */
function writeCharacter(code: number): string {
  const character = String.fromCodePoint(code);
  if (code >= 0xd800 && code <= 0xdfff) throw new Untranslatable();
  if (/[A-Za-z0-9_ :;,@%=<>'"`~!/]/.test(character)) return character;
  if (code > 0x20 && code < 0x7f) return `\\${character}`;
  return `\\x{${code.toString(16).toUpperCase()}}`;
}

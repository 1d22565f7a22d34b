import type { AST } from "@eslint-community/regexpp";
import { parsePattern } from "./parse-pattern.ts";

/** A regular expression as data, for a matcher that takes time in proportion to the text. */
export type ExpressionPart =
  | string
  | readonly ["all", ...ExpressionPart[]]
  | readonly ["any", ...ExpressionPart[]]
  | readonly ["repeat", ExpressionPart, number, number | null]
  | readonly ["start"]
  | readonly ["end"]
  | readonly ["boundary"]
  | readonly ["no-boundary"];

/** Steps that the matcher may take for each character of a text: with so many, a megabyte takes some seconds. */
const STEPS_MAX = 600;

/** Thrown, and caught below, where an expression cannot be matched so. */
class NotPossible extends Error {}

/**
 * Takes an expression apart for `linearExpression` of the runtime.
 * @param source  compiles with the `u` flag
 * @returns null where it is too large, or holds a look-around, a back-reference or flags of its own
 */
export function expressionPart(source: string): ExpressionPart | null {
  const pattern = parsePattern(source);
  if (pattern === null) return null;
  let left = STEPS_MAX;
  try {
    return alternatives(pattern.alternatives, 1);
  } catch (error) {
    if (error instanceof NotPossible || error instanceof RangeError) return null;
    throw error;
  }

  /** @param copies  how often the matcher has to write this part */
  function partOf(node: AST.Element, copies: number): ExpressionPart {
    switch (node.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        spend(copies);
        return node.raw;
      case "Group":
        if (node.modifiers !== null) throw new NotPossible();
        return alternatives(node.alternatives, copies);
      case "CapturingGroup":
        return alternatives(node.alternatives, copies);
      case "Quantifier": {
        const max = node.max === Number.POSITIVE_INFINITY ? null : node.max;
        const rounds = max ?? node.min + 1;
        // What is repeated without a part that costs must not be free.
        spend(copies * rounds);
        return ["repeat", partOf(node.element, copies * rounds), node.min, max];
      }
      case "Assertion":
        spend(copies);
        if (node.kind === "start" || node.kind === "end") return [node.kind];
        if (node.kind === "word") return [node.negate ? "no-boundary" : "boundary"];
        throw new NotPossible();
      case "Backreference":
      case "ExpressionCharacterClass":
        throw new NotPossible();
      default:
        return node satisfies never;
    }
  }

  function alternatives(all: readonly AST.Alternative[], copies: number): ExpressionPart {
    if (all.length > 1) spend(copies * all.length);
    const parts = all.map(({ elements }): ExpressionPart => {
      const [first, ...rest] = elements.map((element) => partOf(element, copies));
      return first !== undefined && rest.length === 0
        ? first
        : ["all", ...(first === undefined ? [] : [first, ...rest])];
    });
    const [first, ...rest] = parts;
    return first !== undefined && rest.length === 0 ? first : ["any", ...parts];
  }

  function spend(steps: number): void {
    left -= steps;
    if (left < 0) throw new NotPossible();
  }
}

import { type AST, RegExpParser } from "@eslint-community/regexpp";

/** UTF-16 code units; longer expressions are not looked at. */
const LENGTH_MAX = 20_000;

/** @returns null for an expression that is too long, nested so deep that the parser runs out of stack, or newer than it. */
export function parsePattern(source: string): AST.Pattern | null {
  if (source.length > LENGTH_MAX) return null;
  try {
    return new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, { unicode: true });
  } catch {
    return null;
  }
}

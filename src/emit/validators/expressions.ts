import type { RegExpEngine, RegExpLike } from "ajv/dist/types/index.js";
import type { ExpressionPart } from "../../patterns/expression-part.ts";
import type { JudgedPattern } from "../../patterns/usable-pattern.ts";
import type { ValidationFunctions } from "./compile.ts";

/** An expression of the runtime's own, as AJV keeps it. */
class LinearExpression implements RegExpLike {
  readonly part: ExpressionPart;
  readonly test: (text: string) => boolean;
  readonly #source: string;

  constructor(source: string, part: ExpressionPart, test: (text: string) => boolean) {
    this.#source = source;
    this.part = part;
    this.test = test;
  }

  /** What AJV tells patterns apart by. */
  toString(): string {
    return `linear:${this.#source}`;
  }
}

type Make = (part: ExpressionPart) => { test(text: string): boolean };

/** Makes expressions for AJV: the engine's own, or the runtime's where the judge says so. */
export function expressions(
  judgePattern: (pattern: string) => JudgedPattern,
  { functions }: ValidationFunctions,
): RegExpEngine {
  const make = functions["linearExpression"]?.call as Make | undefined;
  const engine = (source: string, flags: string): RegExpLike => {
    const judged = judgePattern(source);
    if (judged.source === null || judged.linear === null || make === undefined) return new RegExp(source, flags);
    const { linear } = judged;
    const expression = make(linear);
    return new LinearExpression(source, linear, (text) => expression.test(text));
  };
  return Object.assign(engine, { code: "new RegExp" });
}

/** The parts of an expression that the runtime has to match; null where the engine's own does. */
export function linearPartOf(expression: unknown): ExpressionPart | null {
  return expression instanceof LinearExpression ? expression.part : null;
}

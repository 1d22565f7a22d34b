import type { Json } from "../model/index.ts";
import { patternJudge } from "../patterns/usable-pattern.ts";
import { linearExpression } from "../runtime/linear-expression.ts";
import { validationFunctions } from "./validation-functions.ts";

/** Expressions that are remembered; a pact that has more is made to have them. */
const EXPRESSIONS_MAX = 20_000;

/**
 * What tells of single values whether they keep to a format or an expression, as the generated validators do it, for those
 * who judge values without compiling anything.
 */
export function createValueTests() {
  const judge = patternJudge();
  const expressions = new Map<string, ((text: string) => boolean) | null>();
  const { formats, functions } = validationFunctions;
  return {
    isFormat(format: string, value: Json): boolean | undefined {
      const known = Object.hasOwn(formats, format) ? formats[format] : undefined;
      const call = known === undefined ? undefined : functions[known.functionName]?.call;
      if (known === undefined || call === undefined) return undefined;
      return typeof value !== known.type || (call as (one: Json) => boolean)(value);
    },
    expression(source: string): ((text: string) => boolean) | null {
      const known = expressions.get(source);
      if (known !== undefined) return known;
      const judged = judge(source);
      const test = judged.source === null ? null : testOf(judged);
      if (expressions.size < EXPRESSIONS_MAX) expressions.set(source, test);
      return test;
    },
  };

  function testOf({ source, linear }: Extract<ReturnType<typeof judge>, { source: string }>) {
    const expression = linear === null ? new RegExp(source, "u") : linearExpression(linear);
    return (text: string) => expression.test(text);
  }
}

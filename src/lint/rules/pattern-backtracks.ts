import { diagnose } from "../../diagnostics/index.ts";
import { isObject, joinPointer } from "../../json/index.ts";
import type { Diagnostic } from "../../model/index.ts";
import { Budget } from "../../patterns/budget.ts";
import { findExponentialLoop } from "../../patterns/find-exponential-loop.ts";
import type { LintRule } from "../rule.ts";

/** Steps of analysis for all patterns of a contract together: some seconds. */
const STEPS_MAX = 20_000_000;

/** A regular expression that a short text can keep busy for hours: whoever may write that text can stop the receiver. */
export const patternBacktracks: LintRule = {
  id: "pattern-backtracks",
  severity: "warning",
  check(_, { sites, usablePattern }) {
    const budget = new Budget(STEPS_MAX);
    const loops = new Map<string, string | null>();
    const loopOf = (pattern: string): string | null => {
      const known = loops.get(pattern);
      if (known !== undefined) return known;
      const source = usablePattern(pattern);
      const loop = source === null ? null : findExponentialLoop(source, budget);
      loops.set(pattern, loop);
      return loop;
    };
    return [...sites].flatMap(({ schema, location: { file, pointer } }): readonly Diagnostic[] => {
      const { pattern, patternProperties } = schema;
      const places: [pattern: string, pointer: string][] = [];
      if (typeof pattern === "string") places.push([pattern, joinPointer(pointer, "pattern")]);
      for (const name of isObject(patternProperties) ? Object.keys(patternProperties) : []) {
        places.push([name, joinPointer(pointer, "patternProperties", name)]);
      }
      return places.flatMap(([text, place]) => {
        const loop = loopOf(text);
        return loop === null ? [] : [diagnose("pattern-backtracks", { pattern: text, loop }, { file, pointer: place })];
      });
    });
  },
};

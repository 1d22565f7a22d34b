import type { DiffConfig } from "../../config/index.ts";
import { ruleInfos } from "../../diff/index.ts";
import { unknownRule } from "./explain.ts";

/**
 * A slip of the pen in a rule's name would accept or change nothing, in silence.
 * @throws UsageError
 */
export function checkRules({ levels = {}, accepted = [] }: DiffConfig): void {
  const known = new Set(ruleInfos.map(({ id }) => id));
  for (const rule of Object.keys(levels)) {
    if (!known.has(rule)) throw unknownRule(rule, ", for which the configuration sets a level");
  }
  for (const { rule } of accepted) {
    if (!known.has(rule)) throw unknownRule(rule, ", of which the configuration accepts a change");
  }
}

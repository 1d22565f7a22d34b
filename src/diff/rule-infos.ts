import type { RuleInfo } from "./rule.ts";
import { rules } from "./rules/index.ts";

/** Every rule as it is shown and explained, in the order of `docs/compatibility.md`. */
export const ruleInfos: readonly RuleInfo[] = rules.map(({ id, summary, levels, mirror, page }) => ({
  id,
  summary,
  levels,
  mirror,
  page,
}));

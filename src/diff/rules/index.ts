import type { RuleInfo } from "../rule.ts";

/** Every rule of the comparison. */
export const ruleInfos: readonly RuleInfo[] = [];

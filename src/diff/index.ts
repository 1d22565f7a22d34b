export { type DiffOptions, type DiffSide, diffContracts } from "./diff-contracts.ts";
export type { Producer, RuleInfo } from "./rule.ts";
export { ruleInfos } from "./rules/index.ts";
export { LEVELS, verdictOf } from "./verdict.ts";

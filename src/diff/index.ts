export { type ChangelogOptions, makeChangelog } from "./changelog.ts";
export { type DiffOptions, diffContracts } from "./diff-contracts.ts";
export type { Producer, RuleInfo } from "./rule.ts";
export { ruleInfos } from "./rule-infos.ts";
export type { DiffSide } from "./side.ts";
export { LEVELS, verdictOf } from "./verdict.ts";

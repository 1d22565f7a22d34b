export { lint } from "./lint.ts";
export type { LintHost, LintRule, LintTools } from "./rule.ts";
export { rules } from "./rules/index.ts";

import type { ChangeLevel } from "../model/index.ts";
import type { Difference } from "./difference.ts";
import type { DifferencePlace, Judgement, Rule } from "./rule.ts";
import { rules } from "./rules/index.ts";

const byKind = new Map(rules.map(({ kind }) => [kind, rules.filter((rule) => rule.kind === kind)] as const));

/** What a difference means, and the rule that says so. */
export function judge(
  difference: Difference,
  place: DifferencePlace,
): (Judgement & { readonly rule: Rule; readonly level: ChangeLevel }) | null {
  for (const rule of byKind.get(difference.kind) ?? []) {
    const judgement = rule.judge(difference, place);
    const level = judgement?.level ?? rule.levels[place.producer][0];
    if (judgement !== null && level !== undefined) return { ...judgement, rule, level };
  }
  return null;
}

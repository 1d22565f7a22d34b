import type { Change, ChangeLevel, Verdict } from "../model/index.ts";

/** From the worst to the mildest. */
export const LEVELS: readonly ChangeLevel[] = ["breaking", "risky", "safe"];

/** The level of the worst of some changes. */
export function verdictOf(changes: readonly Pick<Change, "level">[]): Verdict {
  return LEVELS.find((level) => changes.some((change) => change.level === level)) ?? "none";
}

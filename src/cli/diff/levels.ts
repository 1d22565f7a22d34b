import type { DiffConfig } from "../../config/index.ts";
import type { Change } from "../../model/index.ts";

/** Gives changes the levels that a project set for their rules. */
export function applyLevels<T extends Change | Omit<Change, "base" | "revision">>(
  changes: readonly T[],
  levels: NonNullable<DiffConfig["levels"]>,
): readonly T[] {
  return changes.flatMap((change) => {
    const level = Object.hasOwn(levels, change.rule) ? levels[change.rule] : undefined;
    return level === "off" ? [] : [level === undefined ? change : { ...change, level }];
  });
}

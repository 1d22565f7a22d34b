import type { LevelCounts } from "../../diff/report.ts";

/** How many changes of each level there are. */
export function countText({ breaking, risky, safe }: LevelCounts): string {
  return `${breaking} breaking, ${risky} risky, ${safe} safe`;
}

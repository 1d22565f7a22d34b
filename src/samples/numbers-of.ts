import type { JsonObject } from "../model/index.ts";

/** What all parts say by a keyword that takes a number. */
export function numbersOf(parts: readonly JsonObject[], keyword: string): readonly number[] {
  return parts.flatMap((part) => {
    const value = part[keyword];
    return typeof value === "number" ? [value] : [];
  });
}

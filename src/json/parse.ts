import type { JsonValue } from "./is.ts";

/** JSON as its value; undefined for text that is none, or that holds a number too large to be kept, such as `1e999`. */
export function parseJson(text: string): JsonValue | undefined {
  let isKept = true;
  try {
    const value = JSON.parse(text, (_, member: unknown) => {
      if (typeof member === "number" && !Number.isFinite(member)) isKept = false;
      return member;
    }) as JsonValue;
    return isKept ? value : undefined;
  } catch {
    return undefined;
  }
}

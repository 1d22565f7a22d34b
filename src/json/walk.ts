import { isArray, isContainer, type JsonValue } from "./is.ts";
import { escapeToken } from "./pointer.ts";

export interface WalkOptions {
  /**
   * Visit each object and array once, at the first place it is met: values read from YAML may share parts (aliases),
   * and values built in memory may contain themselves. Default false.
   */
  readonly once?: boolean;
}

/** Returning `"skip"` leaves out what is below this value. */
export type Visit = (value: JsonValue, pointer: string) => "skip" | undefined;

/**
 * Visits a value and everything in it, parents first, members in their order. It keeps its own stack, so that depth
 * costs memory and never a stack overflow.
 */
export function walk(value: JsonValue, visit: Visit, options: WalkOptions = {}): void {
  const seen = options.once === true ? new Set<object>() : null;
  const values: JsonValue[] = [value];
  const pointers: string[] = [""];
  while (values.length > 0) {
    const current = values.pop() as JsonValue;
    const pointer = pointers.pop() as string;
    if (seen !== null && isContainer(current)) {
      if (seen.has(current)) continue;
      seen.add(current);
    }
    if (visit(current, pointer) === "skip" || !isContainer(current)) continue;
    if (isArray(current)) {
      for (let index = current.length - 1; index >= 0; index--) {
        values.push(current[index] as JsonValue);
        pointers.push(`${pointer}/${index}`);
      }
    } else {
      const keys = Object.keys(current);
      for (let index = keys.length - 1; index >= 0; index--) {
        const key = keys[index] as string;
        values.push(current[key] as JsonValue);
        pointers.push(`${pointer}/${escapeToken(key)}`);
      }
    }
  }
}

import { isArray, isContainer, type JsonValue } from "./is.ts";

/**
 * Deep equality of JSON values: the order of an object's members does not count, that of an array's items does, and
 * numbers are equal by value (`1.0` is `1`, `-0` is `0`). Depth does not overflow the stack.
 */
export function equal(left: JsonValue, right: JsonValue): boolean {
  const pairs: [JsonValue, JsonValue][] = [[left, right]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    if (!isContainer(a) || !isContainer(b)) return false;
    if (isArray(a)) {
      if (!isArray(b) || a.length !== b.length) return false;
      for (const [index, item] of a.entries()) pairs.push([item, b[index] as JsonValue]);
    } else {
      if (isArray(b)) return false;
      const keys = Object.keys(a);
      if (keys.length !== Object.keys(b).length) return false;
      for (const key of keys) {
        if (!Object.hasOwn(b, key)) return false;
        pairs.push([a[key] as JsonValue, b[key] as JsonValue]);
      }
    }
  }
  return true;
}

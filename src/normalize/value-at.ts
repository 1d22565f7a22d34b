import { getAt, parsePointer } from "../json/index.ts";
import type { Json } from "../model/index.ts";

/** The value at a JSON pointer that goes on inside a JSON string; undefined where there is none. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  let current: Json | undefined = value;
  for (const token of parsePointer(pointer) ?? []) {
    if (typeof current === "string") current = parse(current);
    if (current === undefined) return undefined;
    current = getAt(current, [token]);
  }
  return current;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

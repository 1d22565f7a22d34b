import { ownMember, unescapePointer } from "./own.ts";

/**
 * Compiles a JSON pointer that goes on inside JSON that a string holds.
 * @returns a function that gives the value there, undefined where there is none.
 */
export function pointerGetter(pointer: string): (value: unknown) => unknown {
  const tokens = pointer.split("/").slice(1).map(unescapePointer);
  const first = tokens[0];
  if (first === undefined) return (value) => value;
  if (tokens.length === 1 && !(first in Object.prototype)) {
    // The common case, on the way of every delivery: one member of an object, by a name that no prototype has.
    return (value) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)[first]
        : ownMember(parsedString(value), first);
  }
  return (value) => {
    let current = value;
    for (const token of tokens) {
      current = ownMember(parsedString(current), token);
      if (current === undefined) return undefined;
    }
    return current;
  };
}

function parsedString(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

import { isContainer, stableStringify } from "../../json/index.ts";
import type { Json } from "../../model/index.ts";

/** A text that is the same for equal values. */
export function idOfValue(value: Json): string {
  // `-0` and `0` are one number, and `JSON.stringify` writes both alike.
  return isContainer(value) ? stableStringify(value, { indent: 0 }) : JSON.stringify(value);
}

/** Each value once; the first is kept. */
export function distinctValues(values: readonly Json[]): readonly Json[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const id = idOfValue(value);
    return seen.has(id) ? false : Boolean(seen.add(id));
  });
}

/** The values of the first list that are in the second too. */
export function sharedValues(values: readonly Json[], others: readonly Json[]): readonly Json[] {
  const ids = new Set(others.map(idOfValue));
  return values.filter((value) => ids.has(idOfValue(value)));
}

/** The values of the first list that are not in the second. */
export function withoutValues(values: readonly Json[], others: readonly Json[]): readonly Json[] {
  const ids = new Set(others.map(idOfValue));
  return values.filter((value) => !ids.has(idOfValue(value)));
}

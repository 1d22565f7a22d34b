/**
 * Finds two items that JSON Schema calls equal, in a time in proportion to the text of the array; comparing each with each
 * takes its square.
 * @returns their indexes, the later first; null where all differ
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.4.3
 */
export function repeatedItems(items: readonly unknown[]): readonly [later: number, earlier: number] | null {
  const seen = new Map<unknown, number>();
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    // Objects are told apart from strings by what their text begins with.
    const key = typeof item === "string" ? `"${item}` : typeof item === "object" && item !== null ? textOf(item) : item;
    const earlier = seen.get(key);
    if (earlier !== undefined) return [index, earlier];
    seen.set(key, index);
  }
  return null;
}

/** The same text for equal values: keys in order, and 0 for -0. */
function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${textOf((value as Record<string, unknown>)[key])}`);
  return `{${members.join()}}`;
}

/** Each value once, by what it holds; the first is kept. */
export function distinct<T>(items: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const id = JSON.stringify(item);
    return seen.has(id) ? false : Boolean(seen.add(id));
  });
}

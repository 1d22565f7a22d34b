/** So many texts of one length are compared one by one; with more, hashing costs less. */
const COMPARED_MAX = 8;
/** Characters. Longer texts are hashed, whatever they are. */
const LENGTH_MAX = 64;

/** Items under the values that a payload may hold at one place. */
export interface ValueLookup<T> {
  /** What is under the value, which is made where nothing is. */
  at(value: unknown, make: () => T): T;
  get(value: unknown): T | undefined;
}

/** Texts of one length, and what is under each. */
interface Texts<T> {
  readonly texts: string[];
  readonly items: T[];
}

/**
 * Texts are found by their length, and compared with those that are as long: one that was just parsed has no hash yet, and
 * making it takes a receiver longer than the comparison.
 */
export function createValueLookup<T>(): ValueLookup<T> {
  const byLength: Texts<T>[] = [];
  const byHash = new Map<unknown, T>();

  return {
    at(value, make) {
      const known = byHash.get(value);
      if (known !== undefined) return known;
      const item = make();
      byHash.set(value, item);
      if (typeof value !== "string" || value.length > LENGTH_MAX) return item;
      while (byLength.length <= value.length) byLength.push({ texts: [], items: [] });
      byLength[value.length]?.texts.push(value);
      byLength[value.length]?.items.push(item);
      return item;
    },
    get(value) {
      if (typeof value === "string" && value.length <= LENGTH_MAX) {
        const known = value.length < byLength.length ? byLength[value.length] : undefined;
        if (known === undefined) return undefined;
        const { texts, items } = known;
        if (texts.length <= COMPARED_MAX) {
          for (let index = 0; index < texts.length; index++) if (texts[index] === value) return items[index];
          return undefined;
        }
      }
      return byHash.get(value);
    },
  };
}

/** So many texts of one length are compared one by one; with more, hashing costs less. */
const COMPARED_MAX = 8;
/** Characters. Longer texts are hashed, whatever they are. */
const LENGTH_MAX = 64;

/** Lists of items under the values that a payload may hold at one place. */
export interface ValueLookup<T> {
  add(value: unknown, item: T): void;
  /** What was added under the value, in that order; empty where nothing was. */
  get(value: unknown): readonly T[];
}

/** Texts of one length, and what is under each. */
interface Texts<T> {
  readonly texts: string[];
  readonly items: T[][];
}

/**
 * Texts are found by their length, and compared with those that are as long: one that was just parsed has no hash yet, and
 * making it takes a receiver longer than the comparison.
 */
export function createValueLookup<T>(): ValueLookup<T> {
  const byLength: Texts<T>[] = [];
  const byHash = new Map<unknown, T[]>();
  const none: readonly T[] = [];

  return {
    add(value, item) {
      const items = byHash.get(value);
      if (items !== undefined) {
        if (!items.includes(item)) items.push(item);
        return;
      }
      const added = [item];
      byHash.set(value, added);
      if (typeof value !== "string" || value.length > LENGTH_MAX) return;
      while (byLength.length <= value.length) byLength.push({ texts: [], items: [] });
      byLength[value.length]?.texts.push(value);
      byLength[value.length]?.items.push(added);
    },
    get(value) {
      if (typeof value === "string" && value.length <= LENGTH_MAX) {
        const known = value.length < byLength.length ? byLength[value.length] : undefined;
        if (known === undefined) return none;
        const { texts, items } = known;
        if (texts.length <= COMPARED_MAX) {
          for (let index = 0; index < texts.length; index++) if (texts[index] === value) return items[index] ?? none;
          return none;
        }
      }
      return byHash.get(value) ?? none;
    },
  };
}

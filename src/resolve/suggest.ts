import { formatFragment, formatPointer, getAt, isObject } from "../json/index.ts";
import type { DeadEnd } from "./reference-finder.ts";

/** Keys that are compared, and their length: a hostile document must not buy much time with one wrong reference. */
const KEYS_MAX = 1000;
const LENGTH_MAX = 100;

/**
 * The reference that was probably meant: the same with one token replaced by a key that is spelt alike and makes the
 * rest of the way lead somewhere.
 * @param address  the part of the reference before `#`.
 */
export function suggestReference(address: string, { value, tokens, index }: DeadEnd): string | undefined {
  const token = tokens[index];
  if (token === undefined || token.length > LENGTH_MAX || !isObject(value)) return undefined;
  const rest = tokens.slice(index + 1);
  let best: { key: string; distance: number } | undefined;
  for (const key of Object.keys(value).slice(0, KEYS_MAX)) {
    const distance = editDistance(token.toLowerCase(), key.toLowerCase());
    const isAlike = distance <= Math.max(1, Math.floor(token.length * 0.4)) && distance < token.length;
    if (isAlike && (best === undefined || distance < best.distance) && getAt(value, [key, ...rest]) !== undefined) {
      best = { key, distance };
    }
  }
  if (best === undefined) return undefined;
  return `${address}#${formatFragment(formatPointer([...tokens.slice(0, index), best.key, ...rest]))}`;
}

/** Insertions, deletions and replacements that make one text the other (Levenshtein); Infinity for very long ones. */
function editDistance(a: string, b: string): number {
  if (b.length > LENGTH_MAX) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] as number) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] as number) + 1, (current[column - 1] as number) + 1));
    }
    previous = current;
  }
  return previous[b.length] as number;
}

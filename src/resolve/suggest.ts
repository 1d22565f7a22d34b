import { editDistance } from "../diagnostics/index.ts";
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
    if (key.length > LENGTH_MAX) continue;
    const distance = editDistance(token.toLowerCase(), key.toLowerCase());
    const isAlike = distance <= Math.max(1, Math.floor(token.length * 0.4)) && distance < token.length;
    if (isAlike && (best === undefined || distance < best.distance) && getAt(value, [key, ...rest]) !== undefined) {
      best = { key, distance };
    }
  }
  if (best === undefined) return undefined;
  return `${address}#${formatFragment(formatPointer([...tokens.slice(0, index), best.key, ...rest]))}`;
}

import { isArray, isObject, parsePointer } from "../../json/index.ts";
import type { Json } from "../../model/index.ts";

/** What of a value was read. */
export interface Usage {
  /** All of it: a scalar that was read, or an object that was handed on without being looked into. */
  isWhole: boolean;
  /** Somebody had it in hand. False: asked only whether it is there. */
  isReached: boolean;
  /** Somebody looked into it, be it only how long it is. */
  isOpened: boolean;
  /** By property name. */
  readonly members: Map<string, Usage>;
  /** Of all items of a list together. */
  items: Usage | null;
}

export function newUsage(): Usage {
  return { isWhole: false, isReached: false, isOpened: false, members: new Map(), items: null };
}

function memberOf(usage: Usage, name: string): Usage {
  const known = usage.members.get(name);
  if (known !== undefined) return known;
  const made = newUsage();
  usage.members.set(name, made);
  return made;
}

export function itemsOf(usage: Usage): Usage {
  usage.items ??= newUsage();
  return usage.items;
}

/** Everything below counts as read: what was never opened was handed on as a whole. */
export function isWhole(usage: Usage): boolean {
  return usage.isWhole || (usage.isReached && !usage.isOpened);
}

/** Counts what stands at a JSON pointer as read, as what a receiver recognises an event by. */
export function markRead(usage: Usage, pointer: string): void {
  let place = usage;
  for (const token of parsePointer(pointer) ?? []) {
    place.isReached = true;
    place.isOpened = true;
    place = memberOf(place, token);
  }
  place.isReached = true;
  place.isWhole = true;
}

/** The pointers of what was read, in the order of the value, with `*` for each item of a list. */
export function readPointers(usage: Usage, value: Json, at = ""): readonly string[] {
  if (isWhole(usage) || (!isObject(value) && !isArray(value))) return [at];
  if (isArray(value)) {
    const [first] = value;
    return usage.items?.isReached !== true || first === undefined ? [at] : readPointers(usage.items, first, `${at}/*`);
  }
  const below = Object.entries(value).flatMap(([name, member]) => {
    const read = usage.members.get(name);
    const token = name.replaceAll("~", "~0").replaceAll("/", "~1");
    return read === undefined ? [] : readPointers(read, member, `${at}/${token}`);
  });
  return below.length === 0 ? [at] : below;
}

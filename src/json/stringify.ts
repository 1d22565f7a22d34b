import { isArray, isContainer, type JsonRecord, type JsonValue } from "./is.ts";

export interface StringifyOptions {
  /** Spaces per level; 0 writes one line without spaces. Default 2. */
  readonly indent?: number;
  /** `"sorted"` (default) by UTF-16 code unit; `"given"` as the object has them; or a comparison. */
  readonly keys?: "sorted" | "given" | ((a: string, b: string) => number);
  /** End with a newline, as a file should. Default false. */
  readonly newline?: boolean;
}

/**
 * Writes JSON so that equal values give equal bytes, laid out as `JSON.stringify` does. Unlike it, this sorts keys that
 * look like numbers with all others, writes own `__proto__` keys, calls no `toJSON`, and does not overflow on deep
 * values. The value must be a tree or share parts; a value that contains itself never ends.
 */
export function stableStringify(value: JsonValue, options: StringifyOptions = {}): string {
  const { indent = 2, keys = "sorted", newline = false } = options;
  const colon = indent > 0 ? ": " : ":";
  const lineBreak = (level: number) => (indent > 0 ? `\n${" ".repeat(indent * level)}` : "");
  const pieces: string[] = [];
  const open: Level[] = [];

  const begin = (item: JsonValue): void => {
    if (!isContainer(item)) {
      pieces.push(JSON.stringify(item));
    } else if (isArray(item)) {
      if (item.length === 0) pieces.push("[]");
      else open.push({ items: item, keys: null, next: 0 });
    } else {
      const names = orderedKeys(item, keys);
      if (names.length === 0) pieces.push("{}");
      else open.push({ items: item, keys: names, next: 0 });
    }
  };

  begin(value);
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const length = level.keys === null ? level.items.length : level.keys.length;
    if (level.next === length) {
      open.pop();
      pieces.push(lineBreak(open.length), level.keys === null ? "]" : "}");
      continue;
    }
    const index = level.next++;
    if (index === 0) pieces.push(level.keys === null ? "[" : "{");
    else pieces.push(",");
    pieces.push(lineBreak(open.length));
    if (level.keys === null) {
      begin(level.items[index] as JsonValue);
    } else {
      const key = level.keys[index] as string;
      pieces.push(JSON.stringify(key), colon);
      begin(level.items[key] as JsonValue);
    }
  }
  if (newline) pieces.push("\n");
  return pieces.join("");
}

type Level =
  | { readonly items: readonly JsonValue[]; readonly keys: null; next: number }
  | { readonly items: JsonRecord; readonly keys: readonly string[]; next: number };

function orderedKeys(object: JsonRecord, order: NonNullable<StringifyOptions["keys"]>): readonly string[] {
  const keys = Object.keys(object);
  if (order === "given") return keys;
  // The default comparison of `sort` is by code unit and so does not depend on the machine's locale.
  return order === "sorted" ? keys.sort() : keys.sort(order);
}

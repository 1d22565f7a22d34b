import type { FuzzInput } from "./make-input.ts";
import { copyOf, type Mutable, placesOf, removeAt, setAt, valueAt } from "./places.ts";

export interface ReduceOptions {
  /** Whether an input still shows the problem. */
  readonly fails: (input: FuzzInput) => Promise<boolean>;
  /** It is given up after so many seconds, with what was reached. */
  readonly secondsMax: number;
}

/** Makes a failing input smaller, as long as it fails: other files go, then members of JSON, else lines, then characters. */
export async function reduce(input: FuzzInput, { fails, secondsMax }: ReduceOptions): Promise<FuzzInput> {
  const until = Date.now() + secondsMax * 1000;
  let smallest = input;
  const attempt = async (files: FuzzInput["files"]): Promise<boolean> => {
    if (Date.now() > until) return false;
    const candidate = { ...smallest, files };
    const isFailing = await fails(candidate);
    if (isFailing) smallest = candidate;
    return isFailing;
  };
  for (const path of Object.keys(input.files)) {
    const { [path]: _, ...others } = smallest.files;
    if (path !== input.entry) await attempt(others);
  }
  const attemptText = (text: string) => attempt({ ...smallest.files, [input.entry]: new TextEncoder().encode(text) });
  const text = textOf(smallest);
  if (text === null) return smallest;
  const value = parsed(text);
  if (value !== undefined) await reduceValue(value, (changed) => attemptText(JSON.stringify(changed)));
  else {
    await reduceParts(text.split("\n"), (lines) => attemptText(lines.join("\n")));
    await reduceParts([...(textOf(smallest) ?? "")], (characters) => attemptText(characters.join("")));
  }
  return smallest;
}

function textOf({ entry, files }: FuzzInput): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(files[entry]);
  } catch {
    return null;
  }
}

function parsed(text: string): Mutable | undefined {
  try {
    return JSON.parse(text) as Mutable;
  } catch {
    return undefined;
  }
}

/** Removes members and items, outer ones first, until none can go. */
async function reduceValue(value: Mutable, attempt: (value: Mutable) => Promise<boolean>): Promise<void> {
  let current = value;
  for (let shrunk = true; shrunk; ) {
    shrunk = false;
    for (let at = 0; at < placesOf(current).length; at++) {
      const without = copyOf(current);
      const place = placesOf(without)[at];
      if (place === undefined) break;
      const before = valueAt(place);
      removeAt(place);
      if (await attempt(without)) {
        current = without;
        shrunk = true;
        at--;
        continue;
      }
      if (typeof before !== "object" || before === null || Object.keys(before).length === 0) continue;
      const emptied = copyOf(current);
      const same = placesOf(emptied)[at];
      if (same === undefined) break;
      setAt(same, Array.isArray(before) ? [] : {});
      if (await attempt(emptied)) {
        current = emptied;
        shrunk = true;
      }
    }
  }
}

/** Removes runs of parts, halves first. */
async function reduceParts(
  parts: readonly string[],
  attempt: (parts: readonly string[]) => Promise<boolean>,
): Promise<void> {
  let current = parts;
  for (let size = Math.ceil(current.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < current.length; ) {
      const without = [...current.slice(0, at), ...current.slice(at + size)];
      if (without.length < current.length && (await attempt(without))) current = without;
      else at += size;
    }
  }
}

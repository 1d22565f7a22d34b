import { escapeUnsafe } from "../../diagnostics/index.ts";
import type { Field, Variant } from "./fields/field.ts";

/** What the search knows of one page. The names are short, since a large site has many. */
export interface SearchDocument {
  /** Kind: event, contract, guide or command. */
  readonly k: "event" | "contract" | "guide" | "command";
  /** Address from the site's root. */
  readonly u: string;
  readonly t: string;
  /** The contract's title. */
  readonly c?: string;
  /** Summary and description. */
  readonly d: string;
  /** Of an event: its fields as path, id where it is not made from the path, a space between. */
  readonly f?: readonly string[];
}

const TEXT_LENGTH_MAX = 600;

/** The script that the search loads: data, assigned to a name, since a page on a disk may fetch nothing. */
export function searchScript(documents: readonly SearchDocument[]): string {
  const data = JSON.stringify(documents).replaceAll("<", "\\u003c");
  return `globalThis.hookbookSearch=${escapeUnsafe(data)};\n`;
}

export function searchText(...texts: readonly (string | undefined)[]): string {
  const text = texts
    .filter((one) => one !== undefined)
    .join(" ")
    .replace(/\s+/g, " ");
  return text.length > TEXT_LENGTH_MAX ? text.slice(0, text.lastIndexOf(" ", TEXT_LENGTH_MAX)) : text;
}

/** Of an event with more fields, those with the same last name are found at the first of their places. */
const FIELDS_MAX = 300;

/** The fields of an event, each once: its path, and behind a space its id where that is not made of the path. */
export function searchFields(root: Field): readonly string[] {
  const found = new Map<string, string>();
  let level: readonly (Field | Variant)[] = [root];
  while (level.length > 0) {
    const below = level.flatMap(childrenOf);
    for (const { path, id } of below) if (!found.has(path)) found.set(path, id);
    level = [...below, ...level.flatMap(({ variants }) => variants.flatMap(({ choices }) => choices))];
  }
  const names = new Set<string>();
  const kept = [...found].filter(([path]) => {
    if (found.size <= FIELDS_MAX) return true;
    const name = path.slice(path.lastIndexOf(".") + 1);
    return !names.has(name) && names.add(name);
  });
  return kept.map(([path, id]) => (id === `field-${path}` ? path : `${path} ${id}`));
}

function childrenOf({ children }: Field | Variant): readonly Field[] {
  return children;
}

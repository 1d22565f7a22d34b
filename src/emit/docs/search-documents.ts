import { escapeUnsafe } from "../../diagnostics/index.ts";
import type { Field, Variants } from "./fields/field.ts";

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

/** Up to so many fields of one event are found with their place. */
const FIELDS_MAX = 1_500;

/** The fields of an event, each once: its path, and behind a space its id. */
export function searchFields(root: Field): readonly string[] {
  const found = new Map<string, string>();
  collect(root.children, root.variants);
  return [...found].map(([path, id]) => (id === `field-${path}` ? path : `${path} ${id}`));

  function collect(children: readonly Field[], variants: readonly Variants[]): void {
    for (const { path, id, children: below, variants: choices } of children) {
      if (found.size >= FIELDS_MAX) return;
      if (!found.has(path)) found.set(path, id);
      collect(below, choices);
    }
    for (const { choices } of variants) for (const choice of choices) collect(choice.children, choice.variants);
  }
}

import { formatFragment, formatPointer } from "../../json/index.ts";
import type { JsonObject } from "../../model/index.ts";

/** The reference to a place of the same document. */
export function refTo(...tokens: readonly string[]): string {
  return `#${formatFragment(formatPointer(tokens))}`;
}

/** A section of a document that is left out where there is nothing in it. */
export function section(name: string, content: JsonObject): JsonObject {
  return Object.keys(content).length === 0 ? {} : { [name]: content };
}

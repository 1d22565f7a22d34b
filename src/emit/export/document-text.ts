import { stringify } from "yaml";
import { stableStringify } from "../../json/index.ts";
import type { JsonObject } from "../../model/index.ts";

/**
 * The text of a document, its keys as they are given: the same bytes for the same document.
 * @param syntax  `"yaml"` is written so that readers of YAML 1.1 and 1.2 read the same, without anchors or tags.
 */
export function documentText(document: JsonObject, syntax: "json" | "yaml"): string {
  if (syntax === "json") return stableStringify(document, { keys: "given", newline: true });
  return stringify(document, {
    aliasDuplicateObjects: false,
    blockQuote: "literal",
    compat: "yaml-1.1",
    lineWidth: 120,
  });
}

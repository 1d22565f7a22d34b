import { parsePointer } from "../json/index.ts";
import type { Locate, SourceDocument } from "../model/index.ts";
import { indexOf, linesOf } from "./positions.ts";

/**
 * Makes the function that finds line and column of a place. An object's member is where its key is, an item where the
 * item is, the whole document where its value begins; a place that does not exist is where its nearest ancestor is, and
 * a file that was not read is at 1:1. The first place asked for in a JSON document costs one more pass over its text.
 */
export function createLocate(documents: ReadonlyMap<string, SourceDocument>): Locate {
  return ({ file, pointer }) => {
    const document = documents.get(file);
    if (document === undefined) return { line: 1, column: 1 };
    const tokens = parsePointer(pointer) ?? [];
    return linesOf(document).positionAt(indexOf(document).offsetOf(tokens));
  };
}

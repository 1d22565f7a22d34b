import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Position } from "../model/index.ts";

/** A configuration written as JSON: its value and where everything in it stands. */
export interface JsonConfig {
  readonly value: unknown;
  /** Finds the key of a member, or an item; the nearest that holds it where there is none. */
  readonly positionAt: (path: readonly string[]) => Position;
}

/** Reads strict JSON; comments and trailing commas are errors, as in every other `.json` file. */
export function readJsonConfig(text: string): JsonConfig | { readonly reason: string; readonly position: Position } {
  const errors: ParseError[] = [];
  const withoutMark = text.startsWith("\ufeff") ? text.slice(1) : text;
  const root = parseTree(withoutMark, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (root === undefined || first !== undefined) {
    const what = first === undefined ? "it is empty" : `it is not JSON (${printParseErrorCode(first.error)})`;
    return { reason: what, position: toPosition(withoutMark, first?.offset ?? 0) };
  }
  return {
    value: getNodeValue(root),
    positionAt: (path) => toPosition(withoutMark, findNode(root, path).offset),
  };
}

function findNode(root: Node, path: readonly string[]): Node {
  let found = root;
  let inner = root;
  for (const token of path) {
    if (inner.type === "array") {
      const item = inner.children?.[Number(token)];
      if (item === undefined) return found;
      found = inner = item;
      continue;
    }
    // The last of several members of one name is the one that counts.
    const member = inner.children?.findLast((child) => child.children?.[0]?.value === token);
    const [key, value] = member?.children ?? [];
    if (key === undefined || value === undefined) return found;
    found = key;
    inner = value;
  }
  return found;
}

function toPosition(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

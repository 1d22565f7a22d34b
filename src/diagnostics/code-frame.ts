import type { Position } from "../model/index.ts";
import { visible } from "./visible.ts";

/** Lines shown before and after the one that is meant. */
const CONTEXT_LINES = 2;
/** UTF-16 code units of a line that are shown: a minified document is one line of megabytes. */
const LINE_WIDTH_MAX = 120;

/**
 * Shows the lines around a position, numbered, with a caret below the column. Hostile characters are made visible.
 * @returns the lines without a newline at the end; `""` where the text has no such line.
 */
export function codeFrame(text: string, position: Position): string {
  const first = Math.max(1, position.line - CONTEXT_LINES);
  const lines = sliceLines(text, first, position.line + CONTEXT_LINES);
  if (lines.length <= position.line - first) return "";
  // A window into long lines, so that the caret is always in sight.
  const start = position.column > LINE_WIDTH_MAX ? position.column - 1 - LINE_WIDTH_MAX / 2 : 0;
  const numberWidth = String(first + lines.length - 1).length;
  const rows: string[] = [];
  for (const [index, line] of lines.entries()) {
    const number = first + index;
    const shown = show(line.slice(start, start + LINE_WIDTH_MAX));
    rows.push(`${number === position.line ? ">" : " "} ${String(number).padStart(numberWidth)} | ${shown}`.trimEnd());
    if (number === position.line) {
      // Made visible, a character may be wider than it was.
      const indent = show(line.slice(start, position.column - 1)).length;
      rows.push(`  ${" ".repeat(numberWidth)} | ${" ".repeat(indent)}^`);
    }
  }
  return rows.join("\n");
}

function show(text: string): string {
  return visible(text.replaceAll("\t", "  "));
}

/** Lines `first` to `last`, counted from 1, without splitting the whole text. */
function sliceLines(text: string, first: number, last: number): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let number = 1; number <= last; number++) {
    const end = text.indexOf("\n", start);
    if (number >= first) lines.push(text.slice(start, end < 0 ? undefined : end).replace(/\r$/, ""));
    if (end < 0) break;
    start = end + 1;
  }
  return lines;
}

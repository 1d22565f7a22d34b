import type { MarkdownIt } from "markdown-it";

const START = "<!--";
const END = "-->";

/** Leaves comments out: they are for those who write a text. Other HTML stays text like any other, and code is code. */
export function withoutComments(markdown: MarkdownIt): MarkdownIt {
  const within = endFinder();
  markdown.inline.ruler.before("html_inline", "comment", (state) => {
    const end = within(state.src, state.pos);
    if (end === null) return false;
    state.pos = end;
    return true;
  });

  const ofLines = endFinder(isLineEnd);
  markdown.block.ruler.before(
    "html_block",
    "comment",
    (state, startLine, endLine, silent) => {
      const isCode = (state.sCount[startLine] ?? 0) - state.blkIndent >= 4;
      const end = isCode ? null : ofLines(state.src, (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0));
      if (end === null) return false;
      let line = startLine;
      while (line < endLine && (state.eMarks[line] ?? 0) < end) line++;
      if (line === endLine) return false;
      if (!silent) state.line = line + 1;
      return true;
    },
    { alt: ["paragraph", "reference", "blockquote"] },
  );
  return markdown;
}

/** What stands behind a comment in its line is text: then it is no block of its own. */
function isLineEnd(text: string, end: number): boolean {
  const rest = text.indexOf("\n", end);
  return text.slice(end, rest < 0 ? undefined : rest).trim() === "";
}

/**
 * Finds where a comment ends that begins at a place. One that has no end is looked for once: a text may begin thousands that all have
 * the same none.
 */
function endFinder(holds: (text: string, end: number) => boolean = () => true) {
  let failed = { text: "", until: -1 };
  return (text: string, start: number): number | null => {
    if (!text.startsWith(START, start) || (text === failed.text && start < failed.until)) return null;
    const found = text.indexOf(END, start + START.length);
    if (found >= 0 && holds(text, found + END.length)) return found + END.length;
    failed = { text, until: found < 0 ? Number.POSITIVE_INFINITY : found };
    return null;
  };
}

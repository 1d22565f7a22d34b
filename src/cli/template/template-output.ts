import { visible } from "../../diagnostics/index.ts";
import type { Context } from "../context.ts";

/** Lines beyond these are counted. */
const LINES_MAX = 200;
/** What the generator says about itself, and findings that are printed by us. */
const NOISE = /^(?:\[BABEL\] Note: |Diagnostic err: |\s*$)/;
const STACK_LINE = /^\s+at .+(?::\d+:\d+\)?|\(<anonymous>\)|\(native\))$/;

/**
 * Takes what a template and the generator print, on whichever stream, line by line. It goes to standard error, since
 * standard output is for results; hooks tell by it alone that they have failed.
 */
export function templateOutput({ stderr }: Context): (line: string) => void {
  let count = 0;
  return (line) => {
    if (NOISE.test(line) || (STACK_LINE.test(line) && !process.env["HOOKBOOK_DEBUG"])) return;
    count++;
    if (count <= LINES_MAX) stderr(`template: ${visible(line.slice(0, 1000).replaceAll("\t", "  "))}\n`);
    if (count === LINES_MAX + 1) stderr("template: and more\n");
  };
}

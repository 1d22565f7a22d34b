/** A piece of a command line. */
export interface ShellToken {
  readonly text: string;
  /** The class that colours it; empty for what has no colour. */
  readonly kind: "" | "s" | "k" | "b" | "c";
}

/** Text in quotes, options, variables and comments: as much of a shell's grammar as colours need, read in one pass. */
export function shellTokens(code: string): readonly ShellToken[] {
  const tokens: ShellToken[] = [];
  let plain = 0;
  let at = 0;
  const take = (end: number, kind: ShellToken["kind"]) => {
    if (at > plain) tokens.push({ text: code.slice(plain, at), kind: "" });
    tokens.push({ text: code.slice(at, end), kind });
    at = end;
    plain = end;
  };
  while (at < code.length) {
    const character = code[at];
    const isStart = at === 0 || /\s/.test(code[at - 1] ?? "");
    if (character === "'") take(endAfter(code, at + 1, "'"), "s");
    else if (character === '"') take(endOfQuoted(code, at + 1), "s");
    else if (character === "#" && isStart) take(endBefore(code, at, /\n/), "c");
    else if (character === "-" && isStart) take(endBefore(code, at, /[\s=]/), "k");
    else if (character === "$") take(Math.max(at + 1, endBefore(code, at + 1, /\W/)), "b");
    else at += character === "\\" ? 2 : 1;
  }
  at = code.length;
  if (at > plain) tokens.push({ text: code.slice(plain), kind: "" });
  return tokens;
}

function endAfter(code: string, from: number, mark: string): number {
  const end = code.indexOf(mark, from);
  return end < 0 ? code.length : end + 1;
}

function endOfQuoted(code: string, from: number): number {
  for (let at = from; at < code.length; at++) {
    if (code[at] === "\\") at++;
    else if (code[at] === '"') return at + 1;
  }
  return code.length;
}

function endBefore(code: string, from: number, mark: RegExp): number {
  for (let at = from; at < code.length; at++) if (mark.test(code[at] ?? "")) return at;
  return code.length;
}

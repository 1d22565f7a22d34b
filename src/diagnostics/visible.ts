/**
 * Makes visible what a terminal would obey instead of print: control characters (line breaks included), escape
 * sequences, characters that turn the direction of text or have no width, and halves of surrogate pairs. A document is
 * untrusted, and its text ends up in messages.
 * @returns the text with each such character written as `\xNN` or `\uNNNN`; nothing else is changed.
 */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    if (character === "\n") return "\\n";
    if (character === "\r") return "\\r";
    if (character === "\t") return "\\t";
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** A value as JSON for standard output, which may be a terminal. */
export function visibleJson(value: unknown): string {
  return escapeUnsafe(JSON.stringify(value, null, 2));
}

/**
 * JSON or JavaScript with everything in its strings that `visible` would make visible as `\uNNNN`, which means the same to
 * whoever parses it. Line breaks and tabs, which may stand between values, stay.
 */
export function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, (character) =>
    character === "\n" || character === "\t"
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Control (Cc), line and paragraph separators, lone surrogates (Cs), and the format characters (Cf) that reorder or hide text.
 * Joiners (U+200C, U+200D) are left: Persian, Hindi and emoji need them.
 */
const UNSAFE =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

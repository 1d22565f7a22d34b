import { ODD_STRINGS } from "./odd-values.ts";
import type { Random } from "./random.ts";

/** What means something in YAML or JSON, or to those who read text. */
const TOKENS: readonly string[] = [
  ...[
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    ",",
    "- ",
    "? ",
    "|",
    ">",
    "|-",
    ">+2",
    "&a ",
    "*a",
    "*b",
    "<<: *a",
    "!!str ",
    "!x ",
  ],
  ...[
    "!!binary ",
    "!!merge ",
    "---\n",
    "...\n",
    "%YAML 1.1\n---\n",
    "%TAG ! x:\n",
    "#",
    " #",
    '"',
    "'",
    '""',
    "\\",
    "\\u0000",
  ],
  ...[
    "\t",
    "\r",
    "\r\n",
    "\n\n",
    "\0",
    "\u0085",
    "\u2028",
    "\ufeff",
    "\u00a0",
    "0x1F",
    "0o17",
    ".inf",
    "-.nan",
    "~",
    "yes",
  ],
  ...[
    "1e400",
    "12345678901234567890",
    "2024-01-01",
    "1_000",
    "0b1",
    "$ref: '#'",
    "\\ud800",
    "&a [*a]",
    "? [a]\n: b\n",
    "{a: }",
  ],
];

/** Changes text as editors, merges and broken lines do, and says how. */
export function mutateText(text: string, random: Random): { readonly text: string; readonly how: readonly string[] } {
  let changed = text;
  const how: string[] = [];
  for (
    let count = random.weighted([
      [5, 1],
      [3, 2],
      [2, 4],
      [1, 12],
    ]);
    count > 0;
    count--
  ) {
    const [name, mutation] = random.weighted(MUTATIONS);
    changed = mutation(changed, random);
    how.push(name);
  }
  return { text: changed, how };
}

/** Changes bytes with no regard to what they say. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = Uint8Array.from(bytes);
  for (let count = random.pick([1, 1, 2, 5, 40]); count > 0 && changed.length > 0; count--) {
    const at = random.integer(0, changed.length - 1);
    changed[at] = random.chance(0.5) ? random.integer(0, 255) : (changed[at] ?? 0) ^ (1 << random.integer(0, 7));
  }
  return changed;
}

/** Nothing but bytes, or nothing but tokens. */
export function noise(random: Random): Uint8Array {
  if (random.chance(0.5)) return Uint8Array.from(random.list(0, 200, () => random.integer(0, 255)));
  const heads = ["", "openapi: 3.1.0\n", "asyncapi: 3.0.0\n", '{"openapi":"3.1.0",', '{"asyncapi":"2.6.0"'];
  const words = random.list(0, 60, () => random.pick(random.chance(0.7) ? TOKENS : ODD_STRINGS));
  return new TextEncoder().encode(random.pick(heads) + words.join(random.pick(["", " ", "\n"])));
}

type TextMutation = (text: string, random: Random) => string;

const MUTATIONS: readonly (readonly [weight: number, choice: readonly [name: string, mutation: TextMutation]])[] = [
  [1, ["truncate", (text, random) => text.slice(0, random.integer(0, text.length))]],
  [1, ["behead", (text, random) => text.slice(random.integer(0, text.length))]],
  [2, ["cut", (text, random) => splice(text, random, { removed: random.pick([1, 1, 5, 50, 500]), inserted: "" })]],
  [3, ["insert-token", (text, random) => splice(text, random, { removed: 0, inserted: random.pick(TOKENS) })]],
  [2, ["overwrite-token", (text, random) => splice(text, random, { removed: 2, inserted: random.pick(TOKENS) })]],
  [1, ["repeat", (text, random) => splice(text, random, { removed: 0, inserted: pieceOf(text, random) })]],
  [
    2,
    ["delete-line", (text, random) => withLines(text, random, (lines, at) => lines.splice(at, random.integer(1, 3)))],
  ],
  [
    2,
    ["duplicate-line", (text, random) => withLines(text, random, (lines, at) => lines.splice(at, 0, lines[at] ?? ""))],
  ],
  [2, ["swap-lines", swapLines]],
  [2, ["indent", (text, random) => withLines(text, random, (lines, at) => reindent(lines, at, random))]],
  [2, ["replace-value", replaceValue]],
  [2, ["replace-word", replaceWord]],
];

function splice(text: string, random: Random, { removed, inserted }: { removed: number; inserted: string }): string {
  const at = random.integer(0, text.length);
  return text.slice(0, at) + inserted + text.slice(at + removed);
}

function pieceOf(text: string, random: Random): string {
  const at = random.integer(0, text.length);
  return text.slice(at, at + random.integer(1, 400));
}

function withLines(text: string, random: Random, change: (lines: string[], at: number) => void): string {
  const lines = text.split("\n");
  change(lines, random.integer(0, lines.length - 1));
  return lines.join("\n");
}

function swapLines(text: string, random: Random): string {
  return withLines(text, random, (lines, at) => {
    const other = random.integer(0, lines.length - 1);
    const line = lines[at] ?? "";
    lines[at] = lines[other] ?? "";
    lines[other] = line;
  });
}

function reindent(lines: string[], at: number, random: Random): void {
  const by = random.pick([-2, -1, 1, 2, 4]);
  const end = Math.min(lines.length, at + random.pick([1, 1, 3, 20]));
  for (let index = at; index < end; index++) {
    const line = lines[index] ?? "";
    lines[index] = by > 0 ? (random.chance(0.1) ? "\t" : " ".repeat(by)) + line : line.replace(/^ {1,2}/, "");
  }
}

/** What stands after a colon. */
function replaceValue(text: string, random: Random): string {
  return withLines(text, random, (lines, at) => {
    const value = random.chance(0.5) ? random.pick(ODD_STRINGS) : random.pick(TOKENS);
    lines[at] = (lines[at] ?? "").replace(/:.*/, () => `: ${random.chance(0.3) ? JSON.stringify(value) : value}`);
  });
}

/** One word of the text in place of another. */
function replaceWord(text: string, random: Random): string {
  const words = [...text.matchAll(/[\w$/.-]+/g)];
  if (words.length === 0) return text;
  const { index, 0: word } = random.pick(words);
  return text.slice(0, index) + random.pick(words)[0] + text.slice(index + word.length);
}

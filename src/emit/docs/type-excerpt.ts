import type { TypeTexts } from "../type-texts.ts";
import { highlight } from "./highlight.ts";
import { type Html, html, inOnePiece, join } from "./html.ts";

/** The declarations of `types.ts`, in colours; made once each, since many events have types in common. */
export class Declarations {
  readonly texts: TypeTexts;
  readonly #colored = new Map<string, Html>();
  readonly #named = new Map<string, readonly string[]>();

  constructor(texts: TypeTexts) {
    this.texts = texts;
  }

  colored(name: string): Html {
    let colored = this.#colored.get(name);
    if (colored === undefined) {
      colored = inOnePiece(highlight(this.texts.text(name), "typescript"));
      this.#colored.set(name, colored);
    }
    return colored;
  }

  /** The types that a type names, in the order met. */
  namedIn(name: string): readonly string[] {
    let named = this.#named.get(name);
    if (named === undefined) {
      const code = this.texts.text(name).replace(/\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"/g, "");
      named = [...new Set(code.match(/[\w$]+/g))].filter((word) => this.texts.has(word));
      this.#named.set(name, named);
    }
    return named;
  }
}

/** What an event's page shows of its types. */
export interface TypeExcerpt {
  readonly code: Html;
  /** Names that the excerpt uses and leaves to the generated file. */
  readonly elsewhere: readonly string[];
}

/** A page is for reading: more lines are better read in the file. */
const LINES_MAX = 260;

const BETWEEN = html`

`;

/** A type and those that it names, the nearest first, as many as a page can take; null where there is no such type. */
export function excerpt(declarations: Declarations, name: string): TypeExcerpt | null {
  const { texts } = declarations;
  if (!texts.has(name)) return null;
  const shown: string[] = [];
  const elsewhere: string[] = [];
  const seen = new Set([name]);
  const queue = [name];
  let lines = 0;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const fits = (count: number) => shown.length === 0 || lines + count <= LINES_MAX;
    const text = fits(texts.linesMin(next)) ? texts.text(next) : null;
    const count = text?.split("\n").length ?? 0;
    if (text === null || !fits(count)) {
      elsewhere.push(next);
      continue;
    }
    lines += count;
    shown.push(next);
    for (const word of declarations.namedIn(next)) {
      if (seen.has(word)) continue;
      seen.add(word);
      queue.push(word);
    }
  }
  const code = join(
    shown.map((one) => declarations.colored(one)),
    BETWEEN,
  );
  return { code, elsewhere: elsewhere.sort() };
}

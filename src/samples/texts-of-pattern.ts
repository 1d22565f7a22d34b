import type { AST } from "@eslint-community/regexpp";
import { Budget } from "../patterns/budget.ts";
import { type CharacterNode, type Characters, charactersOf } from "../patterns/characters.ts";
import { parsePattern } from "../patterns/parse-pattern.ts";
import type { Dice } from "./dice.ts";

export interface TextOptions {
  /** So many repetitions are made beyond what must be there, by those parts that allow them, the first first. */
  readonly extra: number;
  /** Which alternative is taken where there are several, counted on from the first. */
  readonly turn: number;
  /** Chooses characters; without, they are chosen so that the text is easy to read. */
  readonly dice?: Dice;
}

const STEPS_MAX = 4_000_000;
/** Nobody wants to read a longer one, and `{1000}{1000}` is easily written. */
const LENGTH_MAX = 20_000;
/** In the order in which they are tried; a text takes them in turn, so that it is not the same letter all over. */
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const PREFERRED = [LETTERS, "1234567890", LETTERS.toUpperCase(), "-_. /:+@,;=#'\"!?()[]{}*&%$<>|\\^~`"].join("");

/**
 * Makes a text that a regular expression reads as a whole; look-arounds and word boundaries are passed over, so whoever
 * needs to be sure looks at what comes.
 * @param source  compiles with the `u` flag
 * @returns null for an expression that is not understood, or whose texts are all too long
 */
export function textOfPattern(source: string, options: TextOptions): string | null {
  const pattern = parsePattern(source);
  if (pattern === null) return null;
  try {
    return new TextWriter(options).write(pattern);
  } catch (error) {
    if (error instanceof TextTooLong || error instanceof RangeError) return null;
    throw error;
  }
}

class TextTooLong extends Error {}

class TextWriter {
  readonly #budget = new Budget(STEPS_MAX);
  readonly #options: TextOptions;
  readonly #groups = new Map<AST.CapturingGroup, string>();
  #extraLeft: number;
  #text = "";

  constructor(options: TextOptions) {
    this.#options = options;
    this.#extraLeft = options.extra;
  }

  write(pattern: AST.Pattern): string {
    this.#alternatives(pattern.alternatives);
    return this.#text;
  }

  #alternatives(all: readonly AST.Alternative[]): void {
    const { dice, turn } = this.#options;
    const chosen = all[dice === undefined ? turn % all.length : dice.integer(0, all.length - 1)];
    for (const element of chosen?.elements ?? []) this.#element(element);
  }

  #element(node: AST.Element): void {
    switch (node.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        this.#put(this.#character(node));
        return;
      case "Group":
        this.#alternatives(node.alternatives);
        return;
      case "CapturingGroup": {
        const start = this.#text.length;
        this.#alternatives(node.alternatives);
        this.#groups.set(node, this.#text.slice(start));
        return;
      }
      case "Quantifier":
        this.#repeat(node);
        return;
      case "Backreference":
        for (const group of [node.resolved].flat()) this.#put(this.#groups.get(group) ?? "");
        return;
      case "Assertion":
      case "ExpressionCharacterClass":
        return;
      default:
        node satisfies never;
    }
  }

  #repeat({ min, max, element }: AST.Quantifier): void {
    const more = Math.min(max - min, this.#extraLeft);
    this.#extraLeft -= more;
    for (let round = 0; round < min + more; round++) this.#element(element);
  }

  #put(text: string): void {
    this.#text += text;
    if (this.#text.length > LENGTH_MAX) throw new TextTooLong();
  }

  #character(node: CharacterNode): string {
    const ranges = charactersOf(node, this.#budget);
    const { dice } = this.#options;
    if (dice !== undefined) return randomCharacter(ranges, dice);
    const usual = [...PREFERRED].filter((character) => contains(ranges, character));
    // Of one kind: a text of `\w` is a word and no mixture.
    const kind = usual.slice(0, lengthOfKind(usual));
    const turned = kind[(this.#text.length + this.#options.turn) % Math.max(1, kind.length)];
    return turned ?? (ranges[0] === undefined ? "" : String.fromCodePoint(ranges[0][0]));
  }
}

function lengthOfKind(characters: readonly string[]): number {
  const kindOf = (character: string) => (/\d/.test(character) ? 0 : /[a-z]/.test(character) ? 1 : 2);
  const [first] = characters;
  if (first === undefined) return 0;
  const next = characters.findIndex((character) => kindOf(character) !== kindOf(first));
  return next < 0 ? characters.length : next;
}

function contains(ranges: Characters, character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return ranges.some(([first, last]) => first <= code && code <= last);
}

function randomCharacter(ranges: Characters, dice: Dice): string {
  if (ranges.length === 0) return "";
  const [first, last] = dice.pick(ranges);
  return String.fromCodePoint(dice.integer(first, last));
}

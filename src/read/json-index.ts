import { formatPointer } from "../json/index.ts";
import type { OffsetIndex } from "./offset-index.ts";

/**
 * Where everything in a JSON text stands. The text must be valid JSON, which `JSON.parse` has told before; this reads it
 * once more, only when somebody asks for a place, and keeps numbers instead of objects since a large document has
 * hundreds of thousands of values.
 */
export class JsonIndex implements OffsetIndex {
  readonly #text: string;
  /** By node, in document order, parents first; node 0 is the whole value. An offset of -1: an item, it has no key. */
  readonly #keyOffsets: number[] = [];
  readonly #valueOffsets: number[] = [];
  readonly #parents: number[] = [];
  readonly #firstChildren: number[] = [];
  readonly #nextSiblings: number[] = [];
  readonly #members = new Map<number, ReadonlyMap<string, number>>();

  constructor(text: string) {
    this.#text = text;
    const open: number[] = [];
    const lastChildren: number[] = [];
    let keyOffset = -1;
    let expectsKey = false;

    const addNode = (offset: number): number => {
      const node = this.#valueOffsets.length;
      const parent = open.at(-1) ?? -1;
      this.#keyOffsets.push(keyOffset);
      this.#valueOffsets.push(offset);
      this.#parents.push(parent);
      this.#firstChildren.push(-1);
      this.#nextSiblings.push(-1);
      if (parent >= 0) {
        const previous = lastChildren[open.length - 1] as number;
        if (previous < 0) this.#firstChildren[parent] = node;
        else this.#nextSiblings[previous] = node;
        lastChildren[open.length - 1] = node;
      }
      keyOffset = -1;
      return node;
    };

    for (let at = 0; at < text.length; at++) {
      switch (text.charCodeAt(at)) {
        case OPEN_BRACE:
        case OPEN_BRACKET:
          expectsKey = text.charCodeAt(at) === OPEN_BRACE;
          open.push(addNode(at));
          lastChildren[open.length - 1] = -1;
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          open.pop();
          break;
        case COMMA:
          expectsKey = text.charCodeAt(this.#valueOffsets[open.at(-1) ?? 0] ?? 0) === OPEN_BRACE;
          break;
        case QUOTE:
          if (expectsKey) keyOffset = at;
          else addNode(at);
          expectsKey = false;
          at = stringEnd(text, at) - 1;
          break;
        case COLON:
        case SPACE:
        case TAB:
        case LINE_FEED:
        case CARRIAGE_RETURN:
          break;
        default:
          addNode(at);
          at = literalEnd(text, at) - 1;
      }
    }
  }

  /** @see OffsetIndex.offsetOf */
  offsetOf(tokens: readonly string[]): number {
    let node = 0;
    for (const token of tokens) {
      const child = this.#membersOf(node).get(token);
      if (child === undefined) break;
      node = child;
    }
    const keyOffset = this.#keyOffsets[node] ?? -1;
    return keyOffset >= 0 ? keyOffset : (this.#valueOffsets[node] ?? 0);
  }

  /** Every key that an object has already: where both stand. In document order; at most `max`. */
  duplicateKeys(max: number): { key: string; pointer: string; firstOffset: number; offset: number }[] {
    const duplicates = [];
    for (let node = 0; node < this.#valueOffsets.length; node++) {
      if (this.#text.charCodeAt(this.#valueOffsets[node] ?? 0) !== OPEN_BRACE) continue;
      const first = new Map<string, number>();
      for (const child of this.#childrenOf(node)) {
        const key = this.#keyOf(child);
        const offset = this.#keyOffsets[child] as number;
        const firstOffset = first.get(key);
        if (firstOffset === undefined) first.set(key, offset);
        else duplicates.push({ key, pointer: this.#pointerOf(child), firstOffset, offset });
        if (duplicates.length >= max) return duplicates;
      }
    }
    return duplicates;
  }

  /** Every number literal that `isWanted`; in document order, at most `max`. */
  numbers(isWanted: (literal: string) => boolean, max: number): { literal: string; pointer: string }[] {
    const found = [];
    for (let node = 0; node < this.#valueOffsets.length && found.length < max; node++) {
      const offset = this.#valueOffsets[node] as number;
      if (!/[-0-9]/.test(this.#text.charAt(offset))) continue;
      const literal = this.#text.slice(offset, literalEnd(this.#text, offset));
      if (isWanted(literal)) found.push({ literal, pointer: this.#pointerOf(node) });
    }
    return found;
  }

  /** Of an object with duplicate keys, the last is the member, as for `JSON.parse`. */
  #membersOf(node: number): ReadonlyMap<string, number> {
    const known = this.#members.get(node);
    if (known !== undefined) return known;
    const members = new Map<string, number>();
    const isObject = this.#text.charCodeAt(this.#valueOffsets[node] ?? 0) === OPEN_BRACE;
    let index = 0;
    for (const child of this.#childrenOf(node)) members.set(isObject ? this.#keyOf(child) : String(index++), child);
    this.#members.set(node, members);
    return members;
  }

  *#childrenOf(node: number): Generator<number> {
    for (let child = this.#firstChildren[node] ?? -1; child >= 0; child = this.#nextSiblings[child] ?? -1) yield child;
  }

  #keyOf(node: number): string {
    const offset = this.#keyOffsets[node] as number;
    return JSON.parse(this.#text.slice(offset, stringEnd(this.#text, offset)));
  }

  #pointerOf(node: number): string {
    const tokens: string[] = [];
    for (let current = node; current > 0; current = this.#parents[current] as number) {
      if ((this.#keyOffsets[current] as number) >= 0) {
        tokens.push(this.#keyOf(current));
      } else {
        let index = 0;
        for (const sibling of this.#childrenOf(this.#parents[current] as number)) {
          if (sibling === current) break;
          index++;
        }
        tokens.push(String(index));
      }
    }
    return formatPointer(tokens.reverse());
  }
}

/** What can be counted in a text that may be no valid JSON. */
export interface JsonCounts {
  /** Of its brackets. */
  readonly depth: number;
  /** Colons outside of strings: in valid JSON, the members with duplicates counted. */
  readonly members: number;
  /** Commas and opening brackets: the values, but for a few. */
  readonly values: number;
}

/** Counts in one pass, which is far cheaper than an index. */
export function countJson(text: string): JsonCounts {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = stringEnd(text, at) - 1;
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        values++;
        depth++;
        if (depth > deepest) deepest = depth;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth--;
        break;
      case COLON:
        members++;
        break;
      case COMMA:
        values++;
        break;
      default:
    }
  }
  return { depth: deepest, members, values };
}

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** The offset after the string that begins at `start`; the text's end where the string has none. */
function stringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** The offset after a number, `true`, `false` or `null`. */
function literalEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !/[\s,\]}]/.test(text.charAt(end))) end++;
  return end;
}

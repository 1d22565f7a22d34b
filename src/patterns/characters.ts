import type { AST } from "@eslint-community/regexpp";
import type { Budget } from "./budget.ts";

/** Code points as ranges, both ends included, in ascending order and apart from each other. */
export type Characters = readonly (readonly [first: number, last: number])[];

const LAST_CODE_POINT = 0x10ffff;
export const EVERY_CHARACTER: Characters = [[0, LAST_CODE_POINT]];
const DIGIT: Characters = [[0x30, 0x39]];
/** Without the flag `i`, which JSON Schema's patterns never have. */
const WORD: Characters = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const LINE_END: Characters = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

/** What one step of an expression can read. */
export type CharacterNode = AST.Character | AST.CharacterSet | AST.CharacterClass;

/** The characters that a part of an expression with the `u` flag reads. */
export function charactersOf(node: CharacterNode, budget: Budget): Characters {
  switch (node.type) {
    case "Character":
      return [[node.value, node.value]];
    case "CharacterSet":
      return charactersOfSet(node, budget);
    case "CharacterClass": {
      const ranges = node.elements.flatMap((element): Characters => {
        if (element.type === "CharacterClassRange") return [[element.min.value, element.max.value]];
        // What only the `v` flag knows is not here.
        return element.type === "Character" || element.type === "CharacterSet" ? charactersOf(element, budget) : [];
      });
      return node.negate ? complement(union(ranges)) : union(ranges);
    }
    default:
      return node satisfies never;
  }
}

function charactersOfSet(node: AST.CharacterSet, budget: Budget): Characters {
  if (node.kind === "any") return complement(LINE_END);
  const characters = charactersOfEscape(node, budget);
  return node.negate ? complement(characters) : characters;
}

function charactersOfEscape(node: Exclude<AST.CharacterSet, AST.AnyCharacterSet>, budget: Budget): Characters {
  switch (node.kind) {
    case "digit":
      return DIGIT;
    case "word":
      return WORD;
    case "space":
      return askEngine("\\s", budget);
    case "property":
      return askEngine(`\\p{${node.value === null ? node.key : `${node.key}=${node.value}`}}`, budget);
    default:
      return node satisfies never;
  }
}

export function intersect(a: Characters, b: Characters): boolean {
  let [i, j] = [0, 0];
  for (let left = a[i], right = b[j]; left !== undefined && right !== undefined; left = a[i], right = b[j]) {
    if (left[1] < right[0]) i++;
    else if (right[1] < left[0]) j++;
    else return true;
  }
  return false;
}

/** Whether there is no character that is in none of these. */
export function coverEverything(all: readonly Characters[]): boolean {
  return complement(union(all.flat())).length === 0;
}

function union(ranges: Characters): Characters {
  const merged: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

function complement(characters: Characters): Characters {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [first, last] of characters) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_CODE_POINT) gaps.push([next, LAST_CODE_POINT]);
  return gaps;
}

const asked = new Map<string, Characters>();

/** Asks the engine about every code point, once: it knows its own version of Unicode best. */
function askEngine(set: string, budget: Budget): Characters {
  // Spent also where the answer is known, so that what is found does not depend on what was asked before.
  budget.spend(LAST_CODE_POINT / 8);
  const known = asked.get(set);
  if (known !== undefined) return known;
  const expression = new RegExp(set, "u");
  const ranges: [number, number][] = [];
  for (let code = 0; code <= LAST_CODE_POINT; code++) {
    if (!expression.test(String.fromCodePoint(code))) continue;
    const previous = ranges.at(-1);
    if (previous !== undefined && previous[1] === code - 1) previous[1] = code;
    else ranges.push([code, code]);
  }
  asked.set(set, ranges);
  return ranges;
}

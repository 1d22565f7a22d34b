import { type AST, visitRegExpAST } from "@eslint-community/regexpp";
import type { Budget } from "./budget.ts";
import { type Characters, charactersOf, EVERY_CHARACTER } from "./characters.ts";

/** How often something is possible: once, or in more ways than one. */
type Ways = 1 | 2;

/**
 * A loop of an expression as an automaton without empty steps (Glushkov's): a state for each character that the loop reads,
 * and for each pair of states in how many ways the one may follow the other.
 * @see https://doi.org/10.1070/RM1961v016n05ABEH004112
 */
export interface LoopAutomaton {
  readonly states: readonly Characters[];
  readonly follow: readonly ReadonlyMap<number, Ways>[];
  /** States that a round may begin with. */
  readonly first: ReadonlySet<number>;
  /** States after which the loop may be left. */
  readonly last: ReadonlySet<number>;
}

/** A repetition of more rounds than this is as good as endless: its rounds multiply like those of one that is. */
export const ROUNDS_MAX = 10;
/** Copies made of what must be there so many times; more tell nothing new. */
const COPIES_MAX = 20;
/** Larger loops are not looked at. */
const STATES_MAX = 400;

/** A part of the loop: in how many ways it can be empty, begin and end. */
interface Part {
  readonly empty: 0 | Ways;
  readonly first: ReadonlyMap<number, Ways>;
  readonly last: ReadonlyMap<number, Ways>;
}

const NOTHING: Part = { empty: 1, first: new Map(), last: new Map() };

/** Thrown, and caught below, where a loop holds what cannot be said by such an automaton. */
class NotRegular extends Error {}

/** @returns null for a loop that is too large, or holds a look-around, a `\b` or a back-reference. */
export function loopAutomaton(loop: AST.Quantifier, budget: Budget): LoopAutomaton | null {
  return automatonOf({ budget, assertions: "refused", settled: new Set() }, ({ partOf, repeat }) =>
    repeat(partOf(loop.element)),
  );
}

/**
 * A whole expression as such an automaton: of all that an engine may try, not of what it accepts. So a look-ahead is a way to
 * go beside that of what stands after it, a back-reference reads anything, and `\b` always holds. `^` and `$` are states that
 * read no character: what stands behind them is reached by no text, unless the text begins there.
 * @returns null where it is too large, or holds a look-behind with a loop
 */
export function wholeAutomaton(pattern: AST.Pattern, budget: Budget): LoopAutomaton | null {
  const lastParts = pattern.alternatives.flatMap(({ elements }) => elements.slice(-1));
  // Whether a text fits is known after the rounds that must be there; those that follow cannot fail.
  const settled = new Set(lastParts.filter((node) => node.type === "Quantifier" && isCharacter(node.element)));
  const options = { budget, assertions: "followed", settled } as const;
  return automatonOf(options, ({ alternatives }) => alternatives(pattern.alternatives));
}

interface Builder {
  readonly partOf: (node: AST.Element) => Part;
  readonly alternatives: (all: readonly AST.Alternative[]) => Part;
  readonly repeat: (part: Part) => Part;
}

interface Options {
  readonly budget: Budget;
  readonly assertions: "refused" | "followed";
  /** Repetitions of which the rounds that must be there are enough. */
  readonly settled: ReadonlySet<AST.Element>;
}

function automatonOf(
  { budget, assertions, settled }: Options,
  build: (builder: Builder) => Part,
): LoopAutomaton | null {
  const states: Characters[] = [];
  const follow: Map<number, Ways>[] = [];
  try {
    const { first, last } = build({ partOf, alternatives, repeat });
    return { states, follow, first: new Set(first.keys()), last: new Set(last.keys()) };
  } catch (error) {
    if (error instanceof NotRegular) return null;
    throw error;
  }

  function partOf(node: AST.Element): Part {
    budget.spend(1);
    switch (node.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        return state(charactersOf(node, budget));
      case "Group":
      case "CapturingGroup":
        if (node.type === "Group" && node.modifiers !== null) throw new NotRegular();
        return alternatives(node.alternatives);
      case "Quantifier":
        return quantified(node);
      case "Assertion":
        if (assertions === "refused") throw new NotRegular();
        return assertion(node);
      case "Backreference":
        if (assertions === "refused") throw new NotRegular();
        return optional(repeat(state(EVERY_CHARACTER)));
      case "ExpressionCharacterClass":
        throw new NotRegular();
      default:
        return node satisfies never;
    }
  }

  function state(characters: Characters): Part {
    if (states.length === STATES_MAX) throw new NotRegular();
    const id = states.push(characters) - 1;
    follow.push(new Map());
    return { empty: 0, first: new Map([[id, 1]]), last: new Map([[id, 1]]) };
  }

  function assertion(node: AST.Assertion): Part {
    switch (node.kind) {
      case "start":
      case "end":
        return state([]);
      case "word":
        return NOTHING;
      case "lookahead":
        return { ...alternatives(node.alternatives), empty: 1, last: new Map() };
      case "lookbehind":
        // Read backwards. Without a loop, it takes a bounded time wherever it stands.
        if (hasLoop(node)) throw new NotRegular();
        return NOTHING;
      default:
        return node satisfies never;
    }
  }

  function alternatives(all: readonly AST.Alternative[]): Part {
    const first = new Map<number, Ways>();
    const last = new Map<number, Ways>();
    let empty = 0;
    for (const { elements } of all) {
      const part = elements.map(partOf).reduce(inSequence, NOTHING);
      empty += part.empty;
      addAll(first, part.first, 1);
      addAll(last, part.last, 1);
    }
    return { empty: atMostTwo(empty), first, last };
  }

  function quantified(node: AST.Quantifier): Part {
    const { element, min } = node;
    const max = settled.has(node) ? min : node.max;
    const isEndless = max > ROUNDS_MAX && max !== min;
    const copies = Math.min(min, COPIES_MAX);
    let part = NOTHING;
    for (let index = 0; index < (isEndless ? copies - 1 : copies); index++) part = inSequence(part, partOf(element));
    if (isEndless) {
      const repeated = repeat(partOf(element));
      return inSequence(part, min === 0 ? optional(repeated) : repeated);
    }
    // x{0,3} is (x(x(x)?)?)?
    const rest = Math.min(max, ROUNDS_MAX) - min;
    let optionals = NOTHING;
    for (let index = 0; index < rest; index++) optionals = optional(inSequence(partOf(element), optionals));
    return inSequence(part, optionals);
  }

  function inSequence(a: Part, b: Part): Part {
    connect(a, b);
    budget.spend(a.first.size + b.last.size);
    const first = new Map(a.first);
    addAll(first, b.first, a.empty);
    const last = new Map(b.last);
    addAll(last, a.last, b.empty);
    return { empty: atMostTwo(a.empty * b.empty), first, last };
  }

  /** One round or more. A round that reads nothing ends a loop, so it adds no way. */
  function repeat(part: Part): Part {
    connect(part, part);
    return part;
  }

  function connect(a: Part, b: Part): void {
    for (const [from, endings] of a.last) {
      const ways = follow[from] as Map<number, Ways>;
      budget.spend(b.first.size);
      for (const [to, beginnings] of b.first) add(ways, to, endings * beginnings);
    }
  }
}

function isCharacter({ type }: AST.Element): boolean {
  return type === "Character" || type === "CharacterSet" || type === "CharacterClass";
}

function hasLoop(node: AST.LookbehindAssertion): boolean {
  let found = false;
  visitRegExpAST(node, {
    onQuantifierEnter({ max }) {
      found ||= max > ROUNDS_MAX;
    },
    onBackreferenceEnter() {
      found = true;
    },
  });
  return found;
}

/** Left out, or there and not empty: an optional round that reads nothing is not tried. */
function optional(part: Part): Part {
  return { ...part, empty: 1 };
}

function addAll(sum: Map<number, Ways>, more: ReadonlyMap<number, Ways>, times: 0 | Ways): void {
  if (times > 0) for (const [state, ways] of more) add(sum, state, ways * times);
}

function add(ways: Map<number, Ways>, state: number, more: number): void {
  ways.set(state, atMostTwo((ways.get(state) ?? 0) + more) as Ways);
}

function atMostTwo(count: number): 0 | Ways {
  return count >= 2 ? 2 : count === 1 ? 1 : 0;
}

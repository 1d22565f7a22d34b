import type { AST } from "@eslint-community/regexpp";
import { type Budget, BudgetSpent } from "./budget.ts";
import { type Characters, charactersOf, EVERY_CHARACTER } from "./characters.ts";
import { parsePattern } from "./parse-pattern.ts";

/** States of one automaton, each copy of what is repeated counted. */
const STATES_MAX = 3_000;
/** Pairs of sets of states that are looked at. */
const PAIRS_MAX = 2_000;

/**
 * Whether every text that matches one pattern matches another too, as JSON Schema matches: anywhere in the text, with the `u`
 * flag.
 * @returns null where it cannot be told: for look-arounds, `\b`, back-references, and what is too large
 */
export function isIncluded(inner: string, outer: string, budget: Budget): boolean | null {
  if (inner === outer) return true;
  try {
    const [a, b] = [automatonOf(inner, budget), automatonOf(outer, budget)];
    return a === null || b === null ? null : hasNoCounterexample(a, b, budget);
  } catch (error) {
    if (error instanceof BudgetSpent || error instanceof NotRegular) return null;
    throw error;
  }
}

/** Thrown, and caught above, where an expression holds what no automaton can say. */
class NotRegular extends Error {}

type Step = readonly [Characters, to: number];
/** What holds only where the text begins or ends. */
type EmptyStep = readonly [guard: "start" | "end" | null, to: number];

/** Thompson's automaton of a search: whatever is read before the match, and whatever after it. */
interface Automaton {
  readonly steps: readonly (readonly Step[])[];
  readonly emptySteps: readonly (readonly EmptyStep[])[];
  /** The state once the text has matched. */
  readonly final: number;
}

function automatonOf(source: string, budget: Budget): Automaton | null {
  const pattern = parsePattern(source);
  if (pattern === null) return null;
  const steps: Step[][] = [];
  const emptySteps: EmptyStep[][] = [];
  const start = state();
  steps[start]?.push([EVERY_CHARACTER, start]);
  const final = alternatives(pattern.alternatives, start);
  steps[final]?.push([EVERY_CHARACTER, final]);
  return { steps, emptySteps, final };

  function state(): number {
    budget.spend(1);
    if (steps.length === STATES_MAX) throw new NotRegular();
    emptySteps.push([]);
    return steps.push([]) - 1;
  }

  function skip(from: number, to: number, guard: EmptyStep[0] = null): void {
    emptySteps[from]?.push([guard, to]);
  }

  /** Each part goes on from a state of its own, so that loops of neighbours do not mix; returns where it ends. */
  function alternatives(all: readonly AST.Alternative[], from: number): number {
    const end = state();
    for (const { elements } of all) {
      let at = state();
      skip(from, at);
      for (const element of elements) at = part(element, at);
      skip(at, end);
    }
    return end;
  }

  function part(node: AST.Element, from: number): number {
    switch (node.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass": {
        const end = state();
        steps[from]?.push([charactersOf(node, budget), end]);
        return end;
      }
      case "Group":
        if (node.modifiers !== null) throw new NotRegular();
        return alternatives(node.alternatives, from);
      case "CapturingGroup":
        return alternatives(node.alternatives, from);
      case "Quantifier":
        return repeated(node, from);
      case "Assertion": {
        if (node.kind !== "start" && node.kind !== "end") throw new NotRegular();
        const end = state();
        skip(from, end, node.kind);
        return end;
      }
      case "Backreference":
      case "ExpressionCharacterClass":
        throw new NotRegular();
      default:
        return node satisfies never;
    }
  }

  function repeated({ element, min, max }: AST.Quantifier, from: number): number {
    let at = from;
    for (let round = 0; round < min; round++) at = part(element, at);
    const end = state();
    skip(at, end);
    if (max === Number.POSITIVE_INFINITY) {
      const begin = state();
      skip(at, begin);
      const last = part(element, begin);
      skip(last, begin);
      skip(last, end);
      return end;
    }
    for (let round = min; round < max; round++) {
      at = part(element, at);
      skip(at, end);
    }
    return end;
  }
}

/** The states that an automaton may be in, in ascending order. */
type States = readonly number[];

interface Place {
  readonly a: States;
  readonly b: States;
  /** Nothing has been read yet. */
  readonly isStart: boolean;
}

/** Looks for the text that the first accepts and the second does not, over all texts that are told apart at all. */
function hasNoCounterexample(a: Automaton, b: Automaton, budget: Budget): boolean {
  const first = (one: Automaton) => reach(one, [0], { start: true, end: false }, budget);
  const queue: Place[] = [{ a: first(a), b: first(b), isStart: true }];
  const seen = new Set<string>();
  for (const place of queue) {
    // Whatever follows, the second has matched.
    if (place.b.includes(b.final)) continue;
    if (accepts(a, place.a, place.isStart, budget) && !accepts(b, place.b, place.isStart, budget)) return false;
    for (const character of tellingCharacters(a, place.a, b, place.b, budget)) {
      const next = { a: read(a, place.a, character, budget), b: read(b, place.b, character, budget), isStart: false };
      budget.spend(next.a.length + next.b.length);
      const key = `${next.a} ${next.b}`;
      if (next.a.length === 0 || seen.has(key)) continue;
      seen.add(key);
      if (seen.size > PAIRS_MAX) throw new BudgetSpent();
      queue.push(next);
    }
  }
  return true;
}

function accepts(automaton: Automaton, states: States, isStart: boolean, budget: Budget): boolean {
  return reach(automaton, states, { start: isStart, end: true }, budget).includes(automaton.final);
}

function read(automaton: Automaton, states: States, character: number, budget: Budget): States {
  const next = states.flatMap((state) =>
    (automaton.steps[state] ?? []).filter(([characters]) => holds(characters, character)).map(([, to]) => to),
  );
  return reach(automaton, next, { start: false, end: false }, budget);
}

/** All states that are reached without reading anything. */
function reach(
  { emptySteps }: Automaton,
  states: States,
  holding: { readonly start: boolean; readonly end: boolean },
  budget: Budget,
): States {
  const reached = new Set(states);
  for (const state of reached) {
    for (const [guard, to] of emptySteps[state] ?? []) if (guard === null || holding[guard]) reached.add(to);
  }
  budget.spend(5 * reached.size);
  return [...reached].sort((one, other) => one - other);
}

/** One character for each way in which the next one can matter. */
function tellingCharacters(a: Automaton, inA: States, b: Automaton, inB: States, budget: Budget): readonly number[] {
  const sets = new Set([
    ...inA.flatMap((state) => (a.steps[state] ?? []).map(([characters]) => characters)),
    ...inB.flatMap((state) => (b.steps[state] ?? []).map(([characters]) => characters)),
  ]);
  const bounds = new Set([0]);
  for (const characters of sets) for (const [low, high] of characters) bounds.add(low).add(high + 1);
  budget.spend(5 * bounds.size * sets.size);
  const telling = new Map<string, number>();
  for (const character of bounds) {
    if (character > 0x10ffff) continue;
    const key = [...sets].map((characters) => (holds(characters, character) ? "1" : "0")).join("");
    if (!telling.has(key)) telling.set(key, character);
  }
  return [...telling.values()];
}

function holds(characters: Characters, character: number): boolean {
  let [low, high] = [0, characters.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = characters[middle] as Characters[number];
    if (character < first) high = middle - 1;
    else if (character > last) low = middle + 1;
    else return true;
  }
  return false;
}

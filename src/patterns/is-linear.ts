import { type Budget, BudgetSpent } from "./budget.ts";
import { EVERY_CHARACTER, intersect } from "./characters.ts";
import { componentsOf } from "./components.ts";
import { isAmbiguous } from "./is-ambiguous.ts";
import { type LoopAutomaton, wholeAutomaton } from "./loop-automaton.ts";
import { parsePattern } from "./parse-pattern.ts";

/** In how many ways an engine may read one text at most, of an expression in which that number does not grow with the text. */
const WAYS_MAX = 1_000;

/**
 * Whether an engine that backtracks is sure to take no more than a time in proportion to the text, whatever the text: it may
 * try all ways to read each beginning of the text, from each place where the expression can begin, so their number must be
 * bounded. What is said to be so is so; what the budget does not suffice for is said not to be.
 * @param source  compiles with the `u` flag
 */
export function isLinear(source: string, budget: Budget): boolean {
  try {
    const pattern = parsePattern(source);
    const whole = pattern === null ? null : wholeAutomaton(pattern, budget);
    if (whole === null) return false;
    const automaton = withOtherBeginnings(whole);
    return (
      waysBesideLoops(automaton, budget) <= WAYS_MAX &&
      !isAmbiguous(automaton, new Set(), budget) &&
      !hasLoopsInARow(automaton, budget)
    );
  } catch (error) {
    // A RangeError: nested so deep that going through it ran out of stack.
    if (error instanceof BudgetSpent || error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * The automaton with a state that reads what stands before the first character of the expression. There `^` does not hold any
 * more, so an expression that begins with it goes on from there by no way.
 */
function withOtherBeginnings(automaton: LoopAutomaton): LoopAutomaton {
  const start = automaton.states.length;
  const follow = new Map([...automaton.first].map((state) => [state, 1] as const));
  return {
    ...automaton,
    states: [...automaton.states, EVERY_CHARACTER],
    follow: [...automaton.follow, follow.set(start, 1)],
  };
}

/** A bound on the ways to read a text that do not come from loops: all choices between followers that read the same. */
function waysBesideLoops({ states, follow }: LoopAutomaton, budget: Budget): number {
  let ways = 1;
  for (const followers of follow) {
    const all = [...followers];
    budget.spend(all.length ** 2);
    let most = 1;
    for (const [state] of all) {
      const alike = all.filter(([other]) => intersect(states[state] ?? [], states[other] ?? []));
      most = Math.max(
        most,
        alike.reduce((sum, [, times]) => sum + times, 0),
      );
    }
    ways *= most;
    if (ways > WAYS_MAX) return ways;
  }
  return ways;
}

/**
 * Whether two loops can come one after the other so that a text may be shared out between them: then a text of n rounds can be
 * read in n ways, and with three such loops in n². It is so just if a word leads from a state p back to it, from p to another
 * state q, and from q back to it.
 * @see https://doi.org/10.1016/0304-3975(91)90381-B (Weber and Seidl, criterion IDA)
 */
function hasLoopsInARow({ states, follow }: LoopAutomaton, budget: Budget): boolean {
  const size = states.length;
  const all = states.map((_, state) => state);
  const ring = componentsOf(all, (state) => follow[state]?.keys() ?? []);
  const loops = all.filter((state) => [...(follow[state]?.keys() ?? [])].some((next) => inOneRing(state, next)));
  const pairs = pairsThatLoop();
  return [...pairs].some((pair) => {
    const [p, q] = [Math.floor(pair / size), pair % size];
    return leads(p, q);
  });

  function inOneRing(a: number, b: number): boolean {
    return ring.get(a) === ring.get(b);
  }

  function successors(state: number): Iterable<number> {
    return follow[state]?.keys() ?? [];
  }

  function meet(...some: readonly number[]): boolean {
    // Ranges that meet two by two meet all together only for intervals; for sets of them this may say too much, never too little.
    return some.every((a, index) => some.slice(index + 1).every((b) => intersect(states[a] ?? [], states[b] ?? [])));
  }

  /** Pairs of states of different loops that come back to themselves by one word. */
  function pairsThatLoop(): ReadonlySet<number> {
    const candidates = loops.flatMap((p) => loops.filter((q) => !inOneRing(p, q)).map((q) => p * size + q));
    budget.spend(loops.length ** 2);
    const next = (pair: number): number[] => {
      const [p, q] = [Math.floor(pair / size), pair % size];
      const pairs: number[] = [];
      for (const a of successors(p)) {
        if (!inOneRing(p, a)) continue;
        for (const b of successors(q)) {
          budget.spend(1);
          if (inOneRing(q, b) && meet(a, b)) pairs.push(a * size + b);
        }
      }
      return pairs;
    };
    const component = componentsOf(candidates, next);
    const members = new Map<number | undefined, number>();
    for (const id of component.values()) members.set(id, (members.get(id) ?? 0) + 1);
    return new Set(
      candidates.filter((pair) => (members.get(component.get(pair)) ?? 0) > 1 || next(pair).includes(pair)),
    );
  }

  /** Whether one word leads from p to p, from p to q, and from q to q. */
  function leads(p: number, q: number): boolean {
    const goal = (p * size + q) * size + q;
    const seen = new Set([(p * size + p) * size + q]);
    const open = [...seen];
    for (let triple = open.pop(); triple !== undefined; triple = open.pop()) {
      const c = triple % size;
      const b = Math.floor(triple / size) % size;
      const a = Math.floor(triple / size / size);
      for (const x of successors(a)) {
        if (!inOneRing(a, x)) continue;
        for (const z of successors(c)) {
          if (!inOneRing(c, z)) continue;
          for (const y of successors(b)) {
            budget.spend(1);
            if (!meet(x, y, z)) continue;
            const next = (x * size + y) * size + z;
            if (next === goal) return true;
            if (seen.has(next)) continue;
            seen.add(next);
            open.push(next);
          }
        }
      }
    }
    return false;
  }
}

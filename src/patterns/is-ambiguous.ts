import type { Budget } from "./budget.ts";
import { intersect } from "./characters.ts";
import { componentsOf } from "./components.ts";
import type { LoopAutomaton } from "./loop-automaton.ts";

/**
 * Whether a loop can read one text in two ways and be back where it was: then a text of n times that has 2ⁿ ways, and an
 * engine that backtracks tries them all before it gives up. It is so just if, in the automaton that reads with two states at
 * once, a pair of one and the same state leads to a pair of different ones and back.
 * @param without  states that are passed over: those after which giving up is not possible
 * @see https://doi.org/10.1007/978-3-319-40946-7_27 (Weideman et al., exponential degree of ambiguity)
 */
export function isAmbiguous(loop: LoopAutomaton, without: ReadonlySet<number>, budget: Budget): boolean {
  const { states, follow } = loop;
  const size = states.length;
  const live = states.map((_, state) => state).filter((state) => !without.has(state));
  const ring = componentsOf(live, (state) => successors(state));
  const staysInRing = (from: number, to: number) => ring.get(from) === ring.get(to);

  for (const from of live) {
    for (const [to, ways] of follow[from] ?? []) {
      if (ways > 1 && !without.has(to) && staysInRing(from, to)) return true;
    }
  }
  const meeting = new Map<number, boolean>();
  const diagonal = live.map((state) => state * size + state);
  const component = componentsOf(diagonal, (pair) => pairSuccessors(pair));
  const closed = new Set(diagonal.map((pair) => component.get(pair)));
  for (const [pair, number] of component) {
    if (Math.floor(pair / size) !== pair % size && closed.has(number)) return true;
  }
  return false;

  function successors(state: number): readonly number[] {
    return [...(follow[state]?.keys() ?? [])].filter((next) => !without.has(next));
  }

  /** Pairs without order, the smaller state first; both states stay in their rings, or there is no way back. */
  function pairSuccessors(pair: number): readonly number[] {
    const [left, right] = [Math.floor(pair / size), pair % size];
    const pairs: number[] = [];
    for (const a of successors(left)) {
      if (!staysInRing(left, a)) continue;
      for (const b of successors(right)) {
        budget.spend(1);
        if (!staysInRing(right, b)) continue;
        const next = Math.min(a, b) * size + Math.max(a, b);
        if (canReadTheSame(next)) pairs.push(next);
      }
    }
    return pairs;
  }

  function canReadTheSame(pair: number): boolean {
    const known = meeting.get(pair);
    if (known !== undefined) return known;
    const [a, b] = [Math.floor(pair / size), pair % size];
    const can = intersect(states[a] ?? [], states[b] ?? []);
    meeting.set(pair, can);
    return can;
  }
}

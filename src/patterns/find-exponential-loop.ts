import { type AST, visitRegExpAST } from "@eslint-community/regexpp";
import { type Budget, BudgetSpent } from "./budget.ts";
import { coverEverything } from "./characters.ts";
import { isAmbiguous } from "./is-ambiguous.ts";
import { type LoopAutomaton, loopAutomaton, ROUNDS_MAX } from "./loop-automaton.ts";
import { parsePattern } from "./parse-pattern.ts";

/**
 * Finds a part of a regular expression on which matching can take time that doubles with every few characters: a loop that can
 * read one text in several ways, followed by what can fail. What is found is so; loops with look-arounds, `\b` or
 * back-references, and what the budget does not suffice for, are passed over.
 * @param source  compiles with the `u` flag
 * @returns the loop as it is written; null where there is none
 */
export function findExponentialLoop(source: string, budget: Budget): string | null {
  try {
    return parse(source)?.find((loop) => isExponential(loop, budget))?.raw ?? null;
  } catch (error) {
    if (error instanceof BudgetSpent) return null;
    throw error;
  }
}

/** The outermost loops of an expression: a loop within a loop is a part of that. */
function parse(source: string): readonly AST.Quantifier[] | null {
  try {
    const pattern = parsePattern(source);
    if (pattern === null) return null;
    const loops: AST.Quantifier[] = [];
    visitRegExpAST(pattern, {
      onQuantifierEnter(node) {
        if (isLoop(node) && !loops.some(({ start, end }) => start <= node.start && node.end <= end)) loops.push(node);
      },
      // A look-around is matched on its own, also inside a loop.
      onAssertionEnter(node) {
        if (node.kind === "lookahead" || node.kind === "lookbehind") loops.push(...loopsIn(node));
      },
    });
    return [...new Set(loops)];
  } catch {
    // Nested so deep that going through it ran out of stack.
    return null;
  }
}

function loopsIn(assertion: AST.LookaroundAssertion): readonly AST.Quantifier[] {
  const loops: AST.Quantifier[] = [];
  visitRegExpAST(assertion, {
    onQuantifierEnter(node) {
      if (isLoop(node) && !loops.some(({ start, end }) => start <= node.start && node.end <= end)) loops.push(node);
    },
  });
  return loops;
}

function isLoop({ min, max }: AST.Quantifier): boolean {
  return max > ROUNDS_MAX && max !== min;
}

function isExponential(loop: AST.Quantifier, budget: Budget): boolean {
  const automaton = loopAutomaton(loop, budget);
  if (automaton === null) return false;
  const after = whatFollows(loop);
  if (after === "end" && readsEverything(automaton)) return false;
  // Where nothing after the loop can fail, the engine is content at the end of any round.
  return isAmbiguous(automaton, after === "nothing" ? automaton.last : new Set(), budget);
}

/**
 * What follows a loop, up to the end of the expression: nothing that could fail; nothing but that the text must end there; or
 * more.
 */
function whatFollows(node: AST.Quantifier | AST.Group | AST.CapturingGroup): "nothing" | "end" | "more" {
  const own = node.parent.type === "Quantifier" ? node.parent : node;
  // What must be there again is followed by itself.
  if (own !== node && own.type === "Quantifier" && own.min > 1 && !canBeEmpty(own.element)) return "more";
  const alternative = own.parent as AST.Alternative;
  const after = alternative.elements.slice(alternative.elements.indexOf(own) + 1);
  const failing = after.filter((element) => !canBeEmpty(element));
  const here = failing.length === 0 ? "nothing" : failing.every(isEnd) ? "end" : "more";
  const { parent } = alternative;
  if (here === "more" || parent.type === "Assertion") return "more";
  const above = parent.type === "Pattern" ? "nothing" : whatFollows(parent);
  return here === "nothing" ? above : above === "more" ? "more" : "end";
}

function isEnd(element: AST.Element): boolean {
  return element.type === "Assertion" && element.kind === "end";
}

/** Whether a loop reads any text to its end: each of some states can be the last, and reads on whatever comes. */
function readsEverything({ states, follow, first, last }: LoopAutomaton): boolean {
  const content = new Set(last);
  const readsAny = (next: Iterable<number>) =>
    coverEverything([...next].filter((state) => content.has(state)).map((state) => states[state] ?? []));
  for (let before = -1; before !== content.size; ) {
    before = content.size;
    for (const state of content) if (!readsAny(follow[state]?.keys() ?? [])) content.delete(state);
  }
  return readsAny(first);
}

function canBeEmpty(node: AST.Element): boolean {
  switch (node.type) {
    case "Quantifier":
      return node.min === 0 || canBeEmpty(node.element);
    case "Group":
    case "CapturingGroup":
      return node.alternatives.some(({ elements }) => elements.every(canBeEmpty));
    default:
      return false;
  }
}

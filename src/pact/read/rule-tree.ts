import type { Json } from "../../model/index.ts";
import type { PactTokens } from "./expectation.ts";
import type { PathStep } from "./pact-path.ts";

/** A matcher as it was read. */
export type ReadMatcher =
  | {
      readonly match:
        | "equality"
        | "number"
        | "integer"
        | "decimal"
        | "boolean"
        | "null"
        | "notEmpty"
        | "semver"
        | "values";
    }
  | { readonly match: "type"; readonly min: number | null; readonly max: number | null }
  | { readonly match: "regex"; readonly regex: string }
  | { readonly match: "include"; readonly value: string }
  | { readonly match: "contentType"; readonly value: string }
  | { readonly match: "datetime" | "date" | "time"; readonly format: string }
  | { readonly match: "eachKey" | "eachValue"; readonly rules: readonly ReadMatcher[] }
  | { readonly match: "arrayContains"; readonly variants: readonly ReadVariant[] }
  | { readonly match: "statusCode" }
  /** Pact's own list has no such matcher, or it lacks what it needs. */
  | { readonly match: "unknown"; readonly name: string };

/** An item that `arrayContains` looks for: the one at this index of the example, by rules of its own. */
export interface ReadVariant {
  readonly index: number;
  readonly rules: RuleTree;
}

/** The matchers of one path expression. */
export interface RuleSet {
  readonly combine: "AND" | "OR";
  readonly matchers: readonly ReadMatcher[];
  readonly path: string;
  readonly tokens: PactTokens;
  readonly written: Json;
}

/** What a place must match: the rules that Pact takes for it, or null where its value must be equal. */
export interface EffectiveRules {
  readonly set: RuleSet;
  /** They were written for a value around this one. */
  readonly cascaded: boolean;
}

interface TreeNode {
  rules: RuleSet | null;
  readonly keys: Map<string, TreeNode>;
  readonly indexes: Map<number, TreeNode>;
  star: TreeNode | null;
  starIndex: TreeNode | null;
}

/** The matching rules of a body, laid out so that a walk over a value costs no look at rules that lie elsewhere. */
export class RuleTree {
  readonly #root: TreeNode = newNode();

  add(steps: readonly PathStep[], rules: RuleSet): void {
    let node = this.#root;
    for (const step of steps) node = childOf(node, step);
    node.rules = rules;
  }

  cursor(): RuleCursor {
    const { rules } = this.#root;
    // The root has weight 2, and its path is one token long.
    const best = rules === null ? null : { rules, score: 2, depth: 0 };
    return new RuleCursor([{ node: this.#root, weight: 2 }], best, 0);
  }
}

/** A place that rules hold for which were written for all members around it at once. */
export function cursorOf(rules: RuleSet): RuleCursor {
  return new RuleCursor(NONE, { rules, score: 2, depth: 0 }, 0);
}

interface ActiveNode {
  readonly node: TreeNode;
  readonly weight: number;
}

interface BestRules {
  readonly rules: RuleSet;
  readonly score: number;
  readonly depth: number;
}

/** A place in a value, with the rules that apply there. */
export class RuleCursor {
  readonly #active: readonly ActiveNode[];
  readonly #best: BestRules | null;
  readonly #depth: number;

  constructor(active: readonly ActiveNode[], best: BestRules | null, depth: number) {
    this.#active = active;
    this.#best = best;
    this.#depth = depth;
  }

  /**
   * The rules of this place as Pact chooses them: an exact step weighs two, a wildcard one; the product times the length of
   * the expression decides, and rules of a value around are handed down.
   */
  effective(): EffectiveRules | null {
    if (this.#best === null) return null;
    const { rules, depth } = this.#best;
    if (depth === this.#depth) return { set: rules, cascaded: false };
    const matchers = rules.matchers.filter(({ match }) => !STAYING.has(match));
    return matchers.length === 0 ? null : { set: { ...rules, matchers }, cascaded: true };
  }

  /** One step down. */
  step(token: string | number): RuleCursor {
    const depth = this.#depth + 1;
    if (this.#active.length === 0) return new RuleCursor(NONE, this.#best, depth);
    const active: ActiveNode[] = [];
    let best = this.#best;
    for (const { node, weight } of this.#active) {
      for (const next of stepsFrom(node, weight, token)) {
        active.push(next);
        const { rules } = next.node;
        const score = next.weight * (depth + 1);
        if (rules !== null && (best === null || score >= best.score)) best = { rules, score, depth };
      }
    }
    return new RuleCursor(active, best, depth);
  }
}

const NONE: readonly ActiveNode[] = [];

/** Matchers that say nothing of what lies below the value that they are written for. */
const STAYING: ReadonlySet<ReadMatcher["match"]> = new Set(["values", "eachKey", "eachValue", "arrayContains"]);

function* stepsFrom(node: TreeNode, weight: number, token: string | number): Generator<ActiveNode> {
  const exact = typeof token === "number" ? node.indexes.get(token) : node.keys.get(token);
  if (exact !== undefined) yield { node: exact, weight: weight * 2 };
  if (typeof token === "number" && node.starIndex !== null) yield { node: node.starIndex, weight };
  if (node.star !== null) yield { node: node.star, weight };
}

function childOf(node: TreeNode, step: PathStep): TreeNode {
  if (step === "star") {
    node.star ??= newNode();
    return node.star;
  }
  if (step === "star-index") {
    node.starIndex ??= newNode();
    return node.starIndex;
  }
  if ("index" in step) return getOrAdd(node.indexes, step.index);
  return getOrAdd(node.keys, step.key);
}

function getOrAdd<Key>(nodes: Map<Key, TreeNode>, key: Key): TreeNode {
  const known = nodes.get(key);
  if (known !== undefined) return known;
  const added = newNode();
  nodes.set(key, added);
  return added;
}

function newNode(): TreeNode {
  return { rules: null, keys: new Map(), indexes: new Map(), star: null, starIndex: null };
}

import type { PlacedDifference } from "../difference.ts";
import type { PatternOrder } from "../schema/pattern.ts";
import type { SchemaSide } from "../schema/schema-side.ts";
import type { Node, Shape } from "../schema/shape.ts";

/** Two schemas that say the same thing's shape, one of each side. What is in them are other pairs. */
export interface Pair {
  readonly base: Node;
  readonly revision: Node;
  state: "new" | "open" | "done";
  differences: readonly PlacedDifference[];
  edges: readonly Edge[];
  /** What is known of it and everything in it, once all of that has been compared. */
  proof: Proof | null;
}

/** A step from a value to one in it. */
export interface Edge {
  /** As a pointer; empty for the same value. */
  readonly at: string;
  readonly pair: Pair;
}

/** What is known of two schemas. */
export interface Proof {
  /** Every value of the revision is one of the base. False also where it cannot be told. */
  readonly forward: boolean;
  /** Every value of the base is one of the revision. */
  readonly backward: boolean;
}

/** What two shapes of one pair are compared with and into. */
export interface Comparison {
  readonly base: SchemaSide;
  readonly revision: SchemaSide;
  /** Which patterns include which. */
  readonly order: PatternOrder;
  /** Notes a difference. */
  readonly differ: (difference: PlacedDifference) => void;
  /** Notes that two schemas of a value within this one are to be compared too. */
  readonly enter: (at: string, base: Node, revision: Node) => void;
  /** What can be told of two schemas of the same value, without reporting how they differ. */
  readonly prove: (base: Node, revision: Node) => Proof;
  /** The same of two shapes. */
  readonly proveShapes: (base: Shape, revision: Shape) => Proof;
}

/** Of all pairs that these lead to, those that differ or lead to one that does. */
export function pairsLeadingTo(starts: readonly Pair[]): ReadonlySet<Pair> {
  const all = new Set(starts);
  const above = new Map<Pair, Pair[]>();
  for (const pair of all) {
    for (const { pair: inner } of pair.edges) {
      const known = above.get(inner);
      if (known === undefined) above.set(inner, [pair]);
      else known.push(pair);
      all.add(inner);
    }
  }
  const leading = new Set([...all].filter(({ differences }) => differences.length > 0));
  for (const pair of leading) for (const outer of above.get(pair) ?? []) leading.add(outer);
  return leading;
}

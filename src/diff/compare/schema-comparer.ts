import type { PlacedDifference } from "../difference.ts";
import { PatternOrder } from "../schema/pattern.ts";
import type { SchemaSide } from "../schema/schema-side.ts";
import type { Node, Shape } from "../schema/shape.ts";
import { compareNodes } from "./compare-nodes.ts";
import { compareShapes } from "./compare-shapes.ts";
import { IdenticalSchemas } from "./identical.ts";
import type { Comparison, Edge, Pair, Proof } from "./pair.ts";

/** Pairs of schemas that one comparison looks at; contracts of some hundred webhooks have some ten thousand. */
const PAIRS_MAX = 300_000;
/** Proofs within proofs: alternatives whose parts have alternatives. */
const PROOFS_DEEP_MAX = 150;
/** Proofs of shapes for one pair. */
const UNKNOWN: Proof = { forward: false, backward: false };

/**
 * Compares schemas of two contracts. Each pair is compared once, however many webhooks and places it is reached from; what is
 * in it are pairs of their own, so that recursive schemas end.
 */
export class SchemaComparer {
  readonly base: SchemaSide;
  readonly revision: SchemaSide;
  readonly #pairs = new Map<string, Pair>();
  readonly #identical: IdenticalSchemas;
  readonly #order = new PatternOrder();
  #deep = 0;

  constructor(base: SchemaSide, revision: SchemaSide) {
    this.base = base;
    this.revision = revision;
    this.#identical = new IdenticalSchemas(base, revision);
  }

  /** Two schemas of the same thing, and all that is in them, compared. */
  compare(base: Node, revision: Node): Pair {
    const pair = this.#pair(base, revision);
    this.#complete(pair);
    return pair;
  }

  /** Whether anything at all differs in two schemas or in what is in them. */
  isEqual(base: Node, revision: Node): boolean {
    return reachable(this.compare(base, revision)).every(({ differences }) => differences.length === 0);
  }

  #pair(base: Node, revision: Node): Pair {
    const key = `${base.id} ${revision.id}`;
    const known = this.#pairs.get(key);
    if (known !== undefined) return known;
    const pair: Pair = { base, revision, state: "new", differences: [], edges: [], proof: null };
    this.#pairs.set(key, pair);
    return pair;
  }

  /** Compares a pair and all that it leads to. Those that are being compared further out are taken as they are. */
  #complete(start: Pair): { readonly proof: Proof; readonly isProvisional: boolean } {
    if (start.proof !== null) return { proof: start.proof, isProvisional: false };
    const seen = new Set([start]);
    let isProvisional = false;
    for (const pair of seen) {
      if (pair.state === "new") this.#process(pair);
      if (pair.state === "open") isProvisional = true;
      for (const edge of pair.edges) if (edge.pair.proof === null || !isHarmless(edge.pair.proof)) seen.add(edge.pair);
    }
    const all = [...seen];
    const proof = {
      forward: all.every(({ differences }) => differences.every(({ forward }) => forward)),
      backward: all.every(({ differences }) => differences.every(({ backward }) => backward)),
    };
    if (!isProvisional) start.proof = proof;
    return { proof, isProvisional };
  }

  #process(pair: Pair): void {
    if (this.#pairs.size > PAIRS_MAX) {
      pair.differences = [this.#tooLarge(pair)];
      pair.state = "done";
      return;
    }
    if (this.#areIdentical(pair)) {
      pair.state = "done";
      pair.proof = { forward: true, backward: true };
      return;
    }
    pair.state = "open";
    const { differences, edges } = this.#collect((comparison) => compareNodes(pair.base, pair.revision, comparison));
    pair.differences = differences;
    pair.edges = edges;
    pair.state = "done";
  }

  #areIdentical({ base, revision }: Pair): boolean {
    const [before, after] = [base.schemas, revision.schemas];
    if (before.length !== after.length || base.isFalse || revision.isFalse) return base.isFalse && revision.isFalse;
    return before.every((schema, index) => this.#identical.areIdentical(schema, after[index] ?? true));
  }

  #collect(run: (comparison: Comparison) => void): {
    differences: PlacedDifference[];
    edges: Edge[];
    isProvisional: boolean;
  } {
    const differences: PlacedDifference[] = [];
    const edges: Edge[] = [];
    let isProvisional = false;
    const enter = (at: string, base: Node, revision: Node) => {
      if (base.schemas.length === 0 && revision.schemas.length === 0 && base.isFalse === revision.isFalse) return;
      edges.push({ at, pair: this.#pair(base, revision) });
    };
    run({
      base: this.base,
      revision: this.revision,
      order: this.#order,
      differ: (difference) => differences.push(difference),
      enter,
      prove: (base, revision) => {
        const found = this.#prove(base, revision);
        // What was taken for granted is made a part of the pair, so that it is reported if it turns out otherwise.
        if (found.isProvisional) {
          isProvisional = true;
          if (found.proof.forward || found.proof.backward) enter("", base, revision);
        }
        return found.proof;
      },
      proveShapes: (base, revision) => {
        const found = this.#proveShapes(base, revision);
        if (found.isProvisional) isProvisional = true;
        return found.proof;
      },
    });
    return { differences, edges, isProvisional };
  }

  #prove(base: Node, revision: Node): { readonly proof: Proof; readonly isProvisional: boolean } {
    if (this.#deep >= PROOFS_DEEP_MAX) return { proof: UNKNOWN, isProvisional: false };
    this.#deep++;
    const found = this.#complete(this.#pair(base, revision));
    this.#deep--;
    return found;
  }

  #proveShapes(base: Shape, revision: Shape): { readonly proof: Proof; readonly isProvisional: boolean } {
    if (this.#deep >= PROOFS_DEEP_MAX) return { proof: UNKNOWN, isProvisional: false };
    this.#deep++;
    const { differences, edges, isProvisional } = this.#collect((comparison) =>
      compareShapes(base, revision, comparison),
    );
    let [forward, backward] = [differences.every((one) => one.forward), differences.every((one) => one.backward)];
    let isOpen = isProvisional;
    for (const { pair } of edges) {
      if (!forward && !backward) break;
      const found = this.#complete(pair);
      forward &&= found.proof.forward;
      backward &&= found.proof.backward;
      isOpen ||= found.isProvisional;
    }
    this.#deep--;
    // A whole shape cannot be reported later, so what is not certain is not taken for granted.
    return isOpen ? { proof: UNKNOWN, isProvisional: true } : { proof: { forward, backward }, isProvisional: false };
  }

  #tooLarge({ base, revision }: Pair): PlacedDifference {
    return {
      kind: "unproven",
      keyword: "$ref",
      at: "",
      forward: false,
      backward: false,
      base: this.base.locate(base.schemas),
      revision: this.revision.locate(revision.schemas),
    };
  }
}

function isHarmless({ forward, backward }: Proof): boolean {
  return forward && backward;
}

/** A pair and all that it leads to. */
function reachable(start: Pair): readonly Pair[] {
  const seen = new Set([start]);
  for (const pair of seen) for (const edge of pair.edges) seen.add(edge.pair);
  return [...seen];
}

import type { Schema } from "../../model/index.ts";
import type { SchemaSide } from "../schema/schema-side.ts";
import type { ArrayFacts, Node, Shape } from "../schema/shape.ts";
import type { Comparison } from "./pair.ts";

/** Longer lists of single items are compared up to here; then all others as one. */
const PREFIX_MAX = 1_000;

/** Notes how the items of two arrays differ. */
export function compareArrays(base: Shape, revision: Shape, comparison: Comparison): void {
  const count = Math.min(PREFIX_MAX, Math.max(prefixLength(base.array), prefixLength(revision.array)));
  for (let index = 0; index < count; index++) {
    const at = `/${index}`;
    compareSlots(at, itemOf(base.array, index, comparison.base), itemOf(revision.array, index, comparison.revision));
  }
  compareSlots("/*", restOf(base.array, comparison.base), restOf(revision.array, comparison.revision));
  compareUnique(base, revision, comparison);

  function compareSlots(at: string, before: Node, after: Node): void {
    const [wasNone, isNone] = [comparison.base.isImpossible(before), comparison.revision.isImpossible(after)];
    if (wasNone && isNone) return;
    if (!wasNone && !isNone) {
      comparison.enter(at, before, after);
      return;
    }
    comparison.differ({
      kind: "constraint",
      fate: wasNone ? "loosened" : "tightened",
      keyword: at === "/*" ? "items" : "prefixItems",
      at: "",
      forward: isNone,
      backward: wasNone,
      base: comparison.base.locate(base.schemas),
      revision: comparison.revision.locate(revision.schemas),
    });
  }
}

function prefixLength({ parts }: ArrayFacts): number {
  return Math.max(0, ...parts.map(({ prefix }) => prefix.length));
}

function itemOf({ parts }: ArrayFacts, index: number, side: SchemaSide): Node {
  return side.node(parts.flatMap(({ prefix, rest }): Schema | readonly Schema[] => prefix[index] ?? rest ?? []));
}

function restOf({ parts }: ArrayFacts, side: SchemaSide): Node {
  return side.node(parts.flatMap(({ rest }): readonly Schema[] => (rest === undefined ? [] : [rest])));
}

function compareUnique(base: Shape, revision: Shape, comparison: Comparison): void {
  const [was, is] = [base.isUnique, revision.isUnique];
  if ((was === null) === (is === null)) return;
  comparison.differ({
    kind: "constraint",
    fate: was === null ? "tightened" : "loosened",
    keyword: "uniqueItems",
    at: "",
    forward: was === null,
    backward: is === null,
    base: comparison.base.locate(was === null ? base.schemas : [was, ...base.schemas]),
    revision: comparison.revision.locate(is === null ? revision.schemas : [is, ...revision.schemas]),
  });
}

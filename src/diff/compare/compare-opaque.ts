import type { ConstraintFate, SchemaDifference } from "../difference.ts";
import type { Node, Opaque, Shape } from "../schema/shape.ts";
import type { Comparison, Proof } from "./pair.ts";

/** Notes how the conditions differ that are no simple statement about values: `not`, `if`, `contains`, … */
export function compareOpaque(base: Shape, revision: Shape, comparison: Comparison): void {
  if (base.opaque.length === 0 && revision.opaque.length === 0) return;
  const kinds = new Set([...base.opaque, ...revision.opaque].map(kindOf));
  for (const kind of kinds) {
    const before = base.opaque.filter((one) => kindOf(one) === kind);
    const after = revision.opaque.filter((one) => kindOf(one) === kind);
    const { lost, added } = withoutEqual(before, after, comparison);
    const [one, other] = [lost[0], added[0]];
    if (lost.length === 1 && added.length === 1 && one !== undefined && other !== undefined) {
      compareOne(one, other, base, revision, comparison);
      continue;
    }
    for (const { keyword, holder } of added.slice(0, lost.length > 0 ? 0 : undefined))
      differ(
        { kind: "constraint", fate: "tightened", keyword },
        { forward: true, backward: false },
        base.schemas,
        [holder, ...revision.schemas],
        comparison,
      );
    if (lost.length > 0 && one !== undefined)
      differ(
        added.length === 0
          ? { kind: "constraint", fate: "loosened", keyword: one.keyword }
          : { kind: "unproven", keyword: one.keyword },
        { forward: false, backward: added.length === 0 },
        [one.holder, ...base.schemas],
        other === undefined ? revision.schemas : [other.holder, ...revision.schemas],
        comparison,
      );
  }
}

function kindOf({ keyword, name }: Opaque): string {
  return `${keyword} ${name}`;
}

function withoutEqual(
  before: readonly Opaque[],
  after: readonly Opaque[],
  comparison: Comparison,
): { readonly lost: readonly Opaque[]; readonly added: readonly Opaque[] } {
  const added = new Set(after);
  const lost = before.filter((one) => {
    const same = [...added].find((other) => isEqual(one, other, comparison));
    return same === undefined || !added.delete(same);
  });
  return { lost, added: [...added] };
}

function isEqual(one: Opaque, other: Opaque, comparison: Comparison): boolean {
  if (one.schemas.length !== other.schemas.length) return false;
  if (one.numbers.some((number, index) => number !== other.numbers[index])) return false;
  return one.schemas.every((_, index) => {
    const { forward, backward } = comparison.prove(
      nodeAt(comparison.base, one, index),
      nodeAt(comparison.revision, other, index),
    );
    return forward && backward;
  });
}

function nodeAt(side: Comparison["base"], { schemas }: Opaque, index: number): Node {
  return side.node(schemas.slice(index, index + 1));
}

/** One condition that became another. */
function compareOne(one: Opaque, other: Opaque, base: Shape, revision: Shape, comparison: Comparison): void {
  const proofs = one.schemas.map((_, index) =>
    index < other.schemas.length
      ? comparison.prove(nodeAt(comparison.base, one, index), nodeAt(comparison.revision, other, index))
      : { forward: false, backward: false },
  );
  const [first = { forward: false, backward: false }] = proofs;
  const note = (proof: Proof) => {
    const fate: ConstraintFate = proof.forward ? "tightened" : proof.backward ? "loosened" : "changed";
    const difference: SchemaDifference =
      fate === "changed"
        ? { kind: "unproven", keyword: one.keyword }
        : { kind: "constraint", fate, keyword: one.keyword };
    differ(difference, proof, [one.holder, ...base.schemas], [other.holder, ...revision.schemas], comparison);
  };
  switch (one.keyword) {
    case "if":
      // Under the same condition the consequences are statements about the same value.
      if (first.forward && first.backward) {
        for (const index of [1, 2])
          comparison.enter("", nodeAt(comparison.base, one, index), nodeAt(comparison.revision, other, index));
        return;
      }
      break;
    case "dependentSchemas":
      comparison.enter("", nodeAt(comparison.base, one, 0), nodeAt(comparison.revision, other, 0));
      return;
    case "not":
      note({ forward: first.backward, backward: first.forward });
      return;
    case "propertyNames":
      note(first);
      return;
    case "contains":
      note(containsProof(one, other, first));
      return;
  }
  note({ forward: false, backward: false });
}

/** `contains` of a narrower schema is the narrower one as far as it asks for items, and the wider as far as it limits them. */
function containsProof(one: Opaque, other: Opaque, { forward, backward }: Proof): Proof {
  const [least = 1, most = null] = one.numbers;
  const [leastAfter = 1, mostAfter = null] = other.numbers;
  const isWithin = (a: number | null, b: number | null) => b === null || (a !== null && a <= b);
  return {
    forward:
      Number(leastAfter) >= Number(least) &&
      (forward || Number(least) === 0) &&
      isWithin(mostAfter, most) &&
      (most === null || backward),
    backward:
      Number(least) >= Number(leastAfter) &&
      (backward || Number(leastAfter) === 0) &&
      isWithin(most, mostAfter) &&
      (mostAfter === null || forward),
  };
}

function differ(
  difference: SchemaDifference,
  proof: Proof,
  base: Shape["schemas"],
  revision: Shape["schemas"],
  comparison: Comparison,
): void {
  comparison.differ({
    ...difference,
    at: "",
    ...proof,
    base: comparison.base.locate(base),
    revision: comparison.revision.locate(revision),
  });
}

import type { PlacedDifference, SchemaDifference } from "../difference.ts";
import type { Node, TypedNode } from "../schema/shape.ts";
import { NO_TYPE, TYPE_NAMES, type TypeSet, typeNames, typesNamed } from "../schema/types.ts";
import { compareVariants } from "./compare-variants.ts";
import type { Comparison } from "./pair.ts";
import { variantLabel } from "./variant-label.ts";

/** Notes how two schemas of the same value differ. */
export function compareNodes(base: Node, revision: Node, comparison: Comparison): void {
  const before = comparison.base.typed(base);
  const after = comparison.revision.typed(revision);
  const place = {
    at: "",
    base: comparison.base.locate(base.schemas),
    revision: comparison.revision.locate(revision.schemas),
  };
  compareTypes(before, after, place, comparison);
  if (after.deprecated !== null && before.deprecated === null) {
    const written = comparison.revision.locate([after.deprecated, ...revision.schemas], "deprecated");
    comparison.differ({ ...place, kind: "deprecated", forward: true, backward: true, revision: written });
  }
  for (const name of TYPE_NAMES) {
    const [shapes, others] = [before.shapes[name], after.shapes[name]];
    if (shapes.length > 0 && others.length > 0) compareVariants(shapes, others, comparison);
  }
}

type Place = Pick<PlacedDifference, "at" | "base" | "revision">;

function compareTypes(before: TypedNode, after: TypedNode, place: Place, comparison: Comparison): void {
  const added = after.types & ~before.types;
  const gone = before.types & ~after.types;
  if (added === NO_TYPE && gone === NO_TYPE) return;
  const forward = added === NO_TYPE;
  const backward = gone === NO_TYPE;
  const differ = (difference: SchemaDifference, proof = { forward, backward }) =>
    comparison.differ({ ...difference, ...place, ...proof });
  // Among alternatives, one of a type of its own is a variant like any other.
  const areVariants =
    (before.types & after.types) !== NO_TYPE &&
    before.isUnion === true &&
    after.isUnion === true &&
    hasOnlyVariants(after, added) &&
    hasOnlyVariants(before, gone);
  if (areVariants) {
    for (const shape of variantsOf(after, added))
      differ(
        { kind: "variant", fate: "new", label: variantLabel(shape, [shape], comparison.revision), isCovered: false },
        { forward: false, backward: true },
      );
    for (const shape of variantsOf(before, gone))
      differ(
        { kind: "variant", fate: "gone", label: variantLabel(shape, [shape], comparison.base), isCovered: false },
        { forward: true, backward: false },
      );
    return;
  }
  differ({
    kind: "types",
    from: typeNames(before.types),
    to: typeNames(after.types),
    added: typeNames(added),
    gone: typeNames(gone),
  });
}

/** Whether every way to have some types is a variant of a union; null is none. */
function hasOnlyVariants(node: TypedNode, types: TypeSet): boolean {
  if ((types & typesNamed("null")) !== 0) return false;
  return TYPE_NAMES.every((name) => {
    const wanted = types & typesNamed(name);
    // An integer that became any number is the same variant, widened.
    return (
      wanted === NO_TYPE ||
      (wanted === (node.types & typesNamed(name)) && node.shapes[name].every(({ isVariant }) => isVariant))
    );
  });
}

function variantsOf(node: TypedNode, types: TypeSet) {
  return TYPE_NAMES.filter((name) => (types & typesNamed(name)) !== NO_TYPE).flatMap((name) => node.shapes[name]);
}

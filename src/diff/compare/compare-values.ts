import type { PlacedDifference, SchemaDifference } from "../difference.ts";
import type { Shape } from "../schema/shape.ts";
import { withoutValues } from "../schema/values.ts";
import type { Comparison, Proof } from "./pair.ts";

/** Notes how the values differ that two shapes list. */
export function compareValues(base: Shape, revision: Shape, comparison: Comparison): void {
  const before = base.values ?? base.known;
  const after = revision.values ?? revision.known;
  if (before === null && after === null) return;
  const [wasClosed, isClosed] = [base.values !== null, revision.values !== null];
  const place: Pick<PlacedDifference, "at" | "base" | "revision"> = {
    at: "",
    base: locate(comparison.base, before?.holder, base),
    revision: locate(comparison.revision, after?.holder, revision),
  };
  const differ = (difference: SchemaDifference, proof: Proof) =>
    comparison.differ({ ...difference, ...place, ...proof });
  const [from, to] = [before?.value ?? [], after?.value ?? []];

  if (before === null) {
    differ({ kind: "enum", fate: "introduced", isOpen: !isClosed, values: to }, { forward: true, backward: !isClosed });
    return;
  }
  if (after === null) {
    differ(
      { kind: "enum", fate: "removed", isOpen: !wasClosed, values: from },
      { forward: !wasClosed, backward: true },
    );
    return;
  }
  const added = withoutValues(to, from);
  const gone = withoutValues(from, to);
  if (wasClosed !== isClosed) {
    const fate = wasClosed ? "opened" : "closed";
    differ({ kind: "enum", fate, isOpen: wasClosed, values: to }, { forward: !wasClosed, backward: wasClosed });
  } else if (isClosed && from.length === 1 && to.length === 1 && added.length === 1) {
    const [[before], [after]] = [from, to];
    if (before !== undefined && after !== undefined)
      differ({ kind: "constant", from: before, to: after }, { forward: false, backward: false });
    return;
  }
  if (added.length > 0)
    differ({ kind: "values-new", values: added, isOpen: !wasClosed }, { forward: !wasClosed, backward: true });
  if (gone.length > 0)
    differ({ kind: "values-gone", values: gone, isOpen: !isClosed }, { forward: true, backward: !isClosed });
}

function locate(side: Comparison["base"], holder: Shape["schemas"][number] | undefined, shape: Shape) {
  if (holder === undefined) return side.locate(shape.schemas);
  return side.locate([holder], Object.hasOwn(holder, "const") ? "const" : "enum") ?? side.locate(shape.schemas);
}

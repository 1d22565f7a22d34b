import type { SchemaDifference } from "../difference.ts";
import { type Shape, saysNothing } from "../schema/shape.ts";
import { compareArrays } from "./compare-arrays.ts";
import { compareBounds } from "./compare-bounds.ts";
import { compareContent } from "./compare-content.ts";
import { compareObjects } from "./compare-objects.ts";
import { compareOpaque } from "./compare-opaque.ts";
import { compareFormats, compareMultiples, comparePatterns } from "./compare-texts.ts";
import { compareValues } from "./compare-values.ts";
import type { Comparison } from "./pair.ts";

/** Notes how two shapes of one type differ. */
export function compareShapes(base: Shape, revision: Shape, comparison: Comparison): void {
  if (base.type === "null") {
    compareOpaque(base, revision, comparison);
    return;
  }
  compareValues(base, revision, comparison);
  const isMember = base.type === "object" || base.type === "array";
  // Whether an object or array that is listed now keeps to what the base said of its members cannot be told.
  if (isMember && base.values === null && revision.values !== null) {
    if (!saysNothing(base)) unproven(base, revision, comparison);
    return;
  }
  compareBounds(base, revision, comparison);
  compareMultiples(base, revision, comparison);
  comparePatterns(base, revision, comparison);
  compareFormats(base, revision, comparison);
  compareContent(base, revision, comparison);
  if (base.type === "object") compareObjects(base, revision, comparison);
  if (base.type === "array") compareArrays(base, revision, comparison);
  compareOpaque(base, revision, comparison);
}

function unproven(base: Shape, revision: Shape, comparison: Comparison): void {
  const difference: SchemaDifference = { kind: "unproven", keyword: "const" };
  comparison.differ({
    ...difference,
    at: "",
    forward: false,
    backward: false,
    base: comparison.base.locate(base.schemas),
    revision: comparison.revision.locate(revision.schemas),
  });
}

import type { Shape } from "../schema/shape.ts";
import { compareShapes } from "./compare-shapes.ts";
import { compareSplit } from "./compare-split.ts";
import { matchVariants } from "./match-variants.ts";
import type { Comparison } from "./pair.ts";
import { variantLabel } from "./variant-label.ts";

/** Pairs of variants that are tried to see that one contains the other. */
const PROOFS_MAX = 200;

/** Notes how the ways differ in which values of one type may keep to two schemas. */
export function compareVariants(before: readonly Shape[], after: readonly Shape[], comparison: Comparison): void {
  const matched = matchVariants(before, after, comparison);
  const split = compareSplit(before, after, matched, comparison);
  if (split === null) for (const [base, revision] of matched.pairs) compareShapes(base, revision, comparison);
  const { gone, added } = split ?? matched;
  let proofsLeft = PROOFS_MAX;
  const isWithin = (variant: Shape, others: readonly Shape[], proves: (other: Shape) => boolean) =>
    others.some((other) => --proofsLeft >= 0 && other.type === variant.type && proves(other));
  const place = {
    at: "",
    base: comparison.base.locate(before[0]?.schemas ?? []),
    revision: comparison.revision.locate(after[0]?.schemas ?? []),
  };
  for (const shape of added) {
    const isCovered = isWithin(shape, before, (other) => comparison.proveShapes(other, shape).forward);
    const revision = comparison.revision.locate(shape.schemas);
    const difference = {
      kind: "variant",
      fate: "new",
      label: variantLabel(shape, after, comparison.revision),
      isCovered,
    } as const;
    comparison.differ({ ...difference, ...place, revision, forward: isCovered, backward: true });
  }
  for (const shape of gone) {
    const isCovered = isWithin(shape, after, (other) => comparison.proveShapes(shape, other).backward);
    const base = comparison.base.locate(shape.schemas);
    const difference = {
      kind: "variant",
      fate: "gone",
      label: variantLabel(shape, before, comparison.base),
      isCovered,
    } as const;
    comparison.differ({ ...difference, ...place, base, forward: true, backward: isCovered });
  }
  compareExclusiveness(before, after, comparison);
}

/** `oneOf` that became `anyOf`: payloads may now be several things at once, where the alternatives let them. */
function compareExclusiveness(before: readonly Shape[], after: readonly Shape[], comparison: Comparison): void {
  if (before.length < 2 || after.length < 2) return;
  const [was, is] = [before.every(isExclusive), after.every(isExclusive)];
  if (was === is) return;
  const [side, shapes] = was ? ([comparison.base, before] as const) : ([comparison.revision, after] as const);
  const values = shapes.map((shape) => constantsOf(shape, comparison, side));
  const areApart = values.every((own, index) =>
    values
      .slice(0, index)
      .every((other) => [...own].some(([name, value]) => other.has(name) && other.get(name) !== value)),
  );
  if (areApart) return;
  comparison.differ({
    kind: "constraint",
    fate: was ? "loosened" : "tightened",
    keyword: "oneOf",
    at: "",
    forward: !was,
    backward: was,
    base: comparison.base.locate(before[0]?.schemas ?? []),
    revision: comparison.revision.locate(after[0]?.schemas ?? []),
  });
}

function isExclusive({ isVariant, isExclusive }: Shape): boolean {
  return isVariant && isExclusive;
}

/** Required properties that have one value, with it: alternatives of different values have no payload in common. */
function constantsOf(shape: Shape, _comparison: Comparison, side: Comparison["base"]): ReadonlyMap<string, string> {
  return new Map([...side.constants(shape)].filter(([name]) => shape.object.required.has(name)));
}

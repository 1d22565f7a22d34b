import type { ConstraintFate } from "../difference.ts";
import { keepsToBound } from "../schema/make-shape.ts";
import type { BoundKeyword, Held, Shape } from "../schema/shape.ts";
import type { Comparison } from "./pair.ts";

/** The keywords that bound the same thing; of each at most one counts. */
const SIDES: readonly (readonly [readonly BoundKeyword[], "lower" | "upper"])[] = [
  [["minimum", "exclusiveMinimum"], "lower"],
  [["maximum", "exclusiveMaximum"], "upper"],
  [["minLength"], "lower"],
  [["maxLength"], "upper"],
  [["minItems"], "lower"],
  [["maxItems"], "upper"],
  [["minProperties"], "lower"],
  [["maxProperties"], "upper"],
];

interface Bound extends Held<number> {
  readonly keyword: BoundKeyword;
}

/** Notes how the numbers differ that limit values, lengths and counts. */
export function compareBounds(base: Shape, revision: Shape, comparison: Comparison): void {
  // What is listed on both sides has been compared one by one, and keeps to the bounds.
  if (base.values !== null && revision.values !== null) return;
  for (const [keywords, side] of SIDES) {
    const before = boundOf(base, keywords);
    const after = boundOf(revision, keywords);
    if (before === null && after === null) continue;
    const order = tightness(before, after, side);
    if (order === 0) continue;
    const fate: ConstraintFate = order > 0 ? "loosened" : "tightened";
    if (fate === "loosened" && before !== null && isKept(before, revision, comparison)) continue;
    if (fate === "tightened" && after !== null && isKept(after, base, comparison)) continue;
    const keyword = (after ?? before)?.keyword ?? keywords[0] ?? "";
    comparison.differ({
      kind: "constraint",
      fate,
      keyword,
      ...(before === null ? {} : { from: before.value }),
      ...(after === null ? {} : { to: after.value }),
      at: "",
      forward: fate === "tightened",
      backward: fate === "loosened",
      base: comparison.base.locate([...holders(before), ...base.schemas], ...(before === null ? [] : [before.keyword])),
      revision: comparison.revision.locate(
        [...holders(after), ...revision.schemas],
        ...(after === null ? [] : [after.keyword]),
      ),
    });
  }
}

function boundOf({ bounds }: Shape, keywords: readonly BoundKeyword[]): Bound | null {
  for (const keyword of keywords) {
    const held = bounds.get(keyword);
    if (held !== undefined) return { keyword, ...held };
  }
  return null;
}

/** Above 0 where the first is the tighter one. */
function tightness(a: Bound | null, b: Bound | null, side: "lower" | "upper"): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const sign = side === "lower" ? 1 : -1;
  if (a.value !== b.value) return (a.value - b.value) * sign;
  return Number(a.keyword.startsWith("exclusive")) - Number(b.keyword.startsWith("exclusive"));
}

/** Longer texts are not asked about: a pattern that says so much is none that people write. */
const LENGTH_MAX = 300;

/** Whether all that another keyword leaves keeps to a bound: listed values, patterns, and properties that must be there. */
function isKept(bound: Bound, { values, object, type, patterns }: Shape, { order }: Comparison): boolean {
  const { keyword, value } = bound;
  if (values !== null) return values.value.every((one) => keepsToBound(one, keyword, value));
  if (type === "object") return keyword === "minProperties" && object.required.size >= value;
  if (type !== "string" || !Number.isInteger(value) || value < 0 || value > LENGTH_MAX) return false;
  const anySuch = keyword === "minLength" ? `^[^]{${value},}$` : `^[^]{0,${value}}$`;
  return [...patterns.keys()].some((pattern) => order.isIncluded(pattern, anySuch));
}

function holders(bound: Bound | null): readonly Shape["schemas"][number][] {
  return bound === null ? [] : [bound.holder];
}

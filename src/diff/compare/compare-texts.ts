import type { ConstraintFate, SchemaDifference } from "../difference.ts";
import { matchesPattern } from "../schema/pattern.ts";
import type { Shape } from "../schema/shape.ts";
import type { Comparison } from "./pair.ts";

/** Notes how the patterns of two strings differ, as far as the texts do that match them. */
export function comparePatterns(base: Shape, revision: Shape, comparison: Comparison): void {
  const [before, after] = [[...base.patterns.keys()], [...revision.patterns.keys()]];
  const gone = before.filter((one) => !isKeptBy(one, revision, comparison));
  const added = after.filter((one) => !isKeptBy(one, base, comparison));
  constraint({ keyword: "pattern", before, after, gone, added }, { base, revision }, comparison);
}

/** Whether all values that are listed match a pattern, or all that match another one. */
function isKeptBy(pattern: string, { values, patterns }: Shape, { order }: Comparison): boolean {
  if (patterns.has(pattern)) return true;
  if (values !== null)
    return values.value.every((value) => typeof value === "string" && matchesPattern(pattern, value) === true);
  return [...patterns.keys()].some((other) => order.isIncluded(other, pattern));
}

/** Notes how the steps differ in which two numbers come. */
export function compareMultiples(base: Shape, revision: Shape, comparison: Comparison): void {
  const steps = ({ multiples }: Shape) => [...new Set(multiples.map(({ value }) => value))];
  const [before, after] = [steps(base), steps(revision)];
  const isKept = (step: number, { values }: Shape, others: readonly number[]) =>
    others.some((other) => isMultiple(other, step)) ||
    (values?.value.every((value) => typeof value === "number" && isMultiple(value, step)) ?? false);
  const gone = before.filter((step) => !isKept(step, revision, after));
  const added = after.filter((step) => !isKept(step, base, before));
  constraint({ keyword: "multipleOf", before, after, gone, added }, { base, revision }, comparison);
}

/** Whether a number is a multiple of another as people count, in decimals. */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return (
    Number.isFinite(quotient) && Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient))
  );
}

/** What two sides say by one keyword, and what of it the other side does not. */
interface Limits {
  readonly keyword: string;
  readonly before: readonly (string | number)[];
  readonly after: readonly (string | number)[];
  readonly gone: readonly (string | number)[];
  readonly added: readonly (string | number)[];
}

function constraint(
  { keyword, before, after, gone, added }: Limits,
  { base, revision }: { readonly base: Shape; readonly revision: Shape },
  comparison: Comparison,
): void {
  if (gone.length === 0 && added.length === 0) return;
  const fate: ConstraintFate = gone.length === 0 ? "tightened" : added.length === 0 ? "loosened" : "changed";
  // What replaced it is named too, though it says nothing that was not said before.
  const from = gone[0] ?? before.find((one) => !after.includes(one));
  const to = added[0] ?? after.find((one) => !before.includes(one));
  comparison.differ({
    kind: "constraint",
    fate,
    keyword,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    at: "",
    forward: gone.length === 0,
    backward: added.length === 0,
    base: locate(comparison.base, base, keyword),
    revision: locate(comparison.revision, revision, keyword),
  });
}

/** Notes another `format`. What the name of one says of another is not known. */
export function compareFormats(base: Shape, revision: Shape, comparison: Comparison): void {
  const gone = [...base.formats.keys()].filter((one) => !revision.formats.has(one));
  const added = [...revision.formats.keys()].filter((one) => !base.formats.has(one));
  if (gone.length === 0 && added.length === 0) return;
  const difference: SchemaDifference = { kind: "format", from: gone[0] ?? null, to: added[0] ?? null };
  comparison.differ({
    ...difference,
    at: "",
    forward: gone.length === 0,
    backward: added.length === 0,
    base: locate(comparison.base, base, "format"),
    revision: locate(comparison.revision, revision, "format"),
  });
}

function locate(side: Comparison["base"], { schemas }: Shape, keyword: string) {
  const holder = schemas.find((schema) => Object.hasOwn(schema, keyword));
  return holder === undefined ? side.locate(schemas) : (side.locate([holder], keyword) ?? side.locate(schemas));
}

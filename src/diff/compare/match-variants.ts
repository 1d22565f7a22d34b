import { own } from "../../json/index.ts";
import type { SchemaSide } from "../schema/schema-side.ts";
import type { Shape } from "../schema/shape.ts";
import type { Comparison } from "./pair.ts";

export interface MatchedVariants {
  readonly pairs: readonly (readonly [base: Shape, revision: Shape])[];
  readonly gone: readonly Shape[];
  readonly added: readonly Shape[];
}

/** Variants less alike than this are not the same variant changed, but one gone and one added. */
const LIKENESS_MIN = 0.5;
/** Pairs of variants whose likeness is measured. */
const LIKENESS_PAIRS_MAX = 40_000;
/** Pairs of variants that are tried to find those that are the same. */
const PROOFS_MAX = 200;

/**
 * Finds which variants of two unions are the same: by the value that tells them apart, by title, by the name of the schema, by
 * what they look like, and last by how much they have in common.
 */
export function matchVariants(
  before: readonly Shape[],
  after: readonly Shape[],
  comparison: Pick<Comparison, "base" | "revision" | "proveShapes">,
): MatchedVariants {
  const { base, revision } = comparison;
  if (before.length === 1 && after.length === 1)
    return { pairs: [[before[0] as Shape, after[0] as Shape]], gone: [], added: [] };
  const pairs: [Shape, Shape][] = [];
  const gone = new Set(before);
  const added = new Set(after);
  const match = (labelOf: (shape: Shape, side: SchemaSide) => string | undefined) => {
    const [ours, theirs] = [
      unique(gone, (shape) => labelOf(shape, base)),
      unique(added, (shape) => labelOf(shape, revision)),
    ];
    for (const [label, shape] of ours) {
      const other = theirs.get(label);
      if (other === undefined) continue;
      pairs.push([shape, other]);
      gone.delete(shape);
      added.delete(other);
    }
  };
  const property = tellingProperty(before, after, base, revision);
  if (property !== null) match((shape, side) => side.constants(shape).get(property));
  match(({ title }) => title);
  match(({ reference }) => reference);
  match(({ title, reference }) => title ?? reference);
  match(lookOf);
  matchGroups(gone, added, pairs, (one, other) => {
    const { forward, backward } = comparison.proveShapes(one, other);
    return forward && backward;
  });
  matchLike(gone, added, pairs, before.length === 1 || after.length === 1);
  // Payloads are tried in the order of the document.
  const order = new Map(before.map((shape, index) => [shape, index]));
  pairs.sort(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return { pairs, gone: [...gone], added: [...added] };
}

/** The property that has one value in each variant, and the most values in all. */
function tellingProperty(
  before: readonly Shape[],
  after: readonly Shape[],
  base: SchemaSide,
  revision: SchemaSide,
): string | null {
  const values = new Map<string, Set<string>>();
  for (const [shapes, side] of [
    [before, base],
    [after, revision],
  ] as const) {
    for (const shape of shapes) {
      for (const [name, value] of side.constants(shape)) {
        const known = values.get(name);
        if (known === undefined) values.set(name, new Set([value]));
        else known.add(value);
      }
    }
  }
  let best: string | null = null;
  for (const [name, found] of values) {
    if (found.size > 1 && found.size > (best === null ? 0 : (values.get(best)?.size ?? 0))) best = name;
  }
  return best;
}

/** What a shape looks like from outside, so that a renamed one is found again. */
function lookOf(shape: Shape): string {
  const { types, object, array, values, bounds, patterns, formats } = shape;
  return JSON.stringify([
    types,
    propertyNames(shape).sort(),
    [...object.required.keys()].sort(),
    array.parts.map(({ prefix, rest }) => [prefix.length, typeKeyword(rest)]),
    values?.value ?? null,
    [...bounds].map(([keyword, { value }]) => [keyword, value]),
    [...patterns.keys()],
    [...formats.keys()],
  ]);
}

function typeKeyword(schema: unknown): unknown {
  return typeof schema === "object" && schema !== null
    ? (own(schema as never, "type") ?? own(schema as never, "$ref"))
    : schema;
}

function propertyNames({ object }: Shape): string[] {
  return [...new Set(object.parts.flatMap(({ properties }) => Object.keys(properties)))];
}

/** Several that look alike: first those that are the same, then the others in their order. */
function matchGroups(
  gone: Set<Shape>,
  added: Set<Shape>,
  pairs: [Shape, Shape][],
  isSame: (base: Shape, revision: Shape) => boolean,
): void {
  const looks = new Map([...gone, ...added].map((shape) => [shape, lookOf(shape)]));
  let proofsLeft = PROOFS_MAX;
  for (const accept of [isSame, () => true]) {
    for (const shape of [...gone]) {
      const other = [...added].find(
        (one) => looks.get(one) === looks.get(shape) && (accept !== isSame || --proofsLeft >= 0) && accept(shape, one),
      );
      if (other === undefined) continue;
      pairs.push([shape, other]);
      gone.delete(shape);
      added.delete(other);
    }
  }
}

/**
 * The most alike first.
 * @param mustMatch  one side has a single variant, which is the same thing however much it changed
 */
function matchLike(gone: Set<Shape>, added: Set<Shape>, pairs: [Shape, Shape][], mustMatch: boolean): void {
  if (gone.size * added.size > LIKENESS_PAIRS_MAX) return;
  const isLone = mustMatch && pairs.length === 0;
  const names = new Map([...gone, ...added].map((shape) => [shape, new Set(propertyNames(shape))]));
  const candidates = [...gone].flatMap((base) =>
    [...added].map((revision) => ({ base, revision, likeness: likeness(names.get(base), names.get(revision)) })),
  );
  candidates.sort((a, b) => b.likeness - a.likeness);
  for (const { base, revision, likeness } of candidates) {
    if (!gone.has(base) || !added.has(revision)) continue;
    if (likeness < LIKENESS_MIN && !(isLone && pairs.length === 0)) break;
    pairs.push([base, revision]);
    gone.delete(base);
    added.delete(revision);
  }
}

/** Of all names that two variants have, the share that both have. */
function likeness(names: ReadonlySet<string> = new Set(), others: ReadonlySet<string> = new Set()): number {
  if (names.size + others.size === 0) return 0;
  const shared = [...names].filter((name) => others.has(name)).length;
  return shared / (names.size + others.size - shared);
}

/** What has a label that no other of these has, by it. */
function unique(shapes: Iterable<Shape>, labelOf: (shape: Shape) => string | undefined): ReadonlyMap<string, Shape> {
  const found = new Map<string, Shape>();
  const twice = new Set<string>();
  for (const shape of shapes) {
    const label = labelOf(shape);
    if (label === undefined) continue;
    if (found.has(label)) twice.add(label);
    else found.set(label, shape);
  }
  for (const label of twice) found.delete(label);
  return found;
}

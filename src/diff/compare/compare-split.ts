import { joinPointer } from "../../json/index.ts";
import type { PlacedDifference } from "../difference.ts";
import type { SchemaSide } from "../schema/schema-side.ts";
import type { Shape } from "../schema/shape.ts";
import { TYPE_NAMES } from "../schema/types.ts";
import { idOfValue } from "../schema/values.ts";
import { compareShapes } from "./compare-shapes.ts";
import type { MatchedVariants } from "./match-variants.ts";
import type { Comparison } from "./pair.ts";

/**
 * Compares an object with the variants that it was written out as, or that were put together in it. An optional property that
 * another variant describes is neither gone nor new.
 * @returns the variants of which only the whole is known, and null where an object only got variants beside it: nothing was noted
 */
export function compareSplit(
  before: readonly Shape[],
  after: readonly Shape[],
  { pairs }: MatchedVariants,
  comparison: Comparison,
): Pick<MatchedVariants, "gone" | "added"> | null {
  const [pair] = pairs;
  if (pair === undefined || pair[0].type !== "object" || (before.length === 1) === (after.length === 1)) return null;
  const isApart = before.length === 1;
  const split = isApart
    ? { whole: pair[0], variants: after, wholeSide: comparison.base, side: comparison.revision }
    : { whole: pair[1], variants: before, wholeSide: comparison.revision, side: comparison.base };
  const part = isApart ? pair[1] : pair[0];
  if (!hasPartsElsewhere(part, split)) return null;
  for (const variant of split.variants) compareVariant(variant, split, isApart, comparison);
  return isApart ? { gone: [], added: after } : { gone: before, added: [] };
}

interface Split {
  readonly whole: Shape;
  readonly variants: readonly Shape[];
  readonly wholeSide: SchemaSide;
  readonly side: SchemaSide;
}

/** Whether the whole has properties that one variant has not, and others have. */
function hasPartsElsewhere(part: Shape, { whole, variants, wholeSide, side }: Split): boolean {
  const names = whole.object.parts.flatMap(({ properties }) => Object.keys(properties));
  return names.some(
    (name) =>
      wholeSide.declares(whole.object, name) &&
      !side.declares(part.object, name) &&
      variants.some(({ object }) => side.declares(object, name)),
  );
}

function compareVariant(variant: Shape, split: Split, isApart: boolean, comparison: Comparison): void {
  const { whole, variants, side } = split;
  const others = variants.filter((one) => one !== variant);
  const told = new Set(
    [...side.constants(variant).keys()].filter((name) => isToldApart(name, split)).map((name) => joinPointer("", name)),
  );
  const isElsewhere = (difference: PlacedDifference) => {
    const { kind } = difference;
    // What everybody may count on, and what a closed object did not allow, is told all the same.
    const isHarmless =
      (kind === "property-gone" && !difference.wasRequired) ||
      (kind === "property-new" && !difference.isRequired && difference.wasAllowed);
    return isHarmless && others.some(({ object }) => side.declares(object, difference.name));
  };
  compareShapes(isApart ? whole : variant, isApart ? variant : whole, {
    ...comparison,
    differ: (difference) => {
      if (!isElsewhere(difference)) comparison.differ(difference);
    },
    enter: (at, base, revision) => {
      if (!told.has(at)) comparison.enter(at, base, revision);
    },
  });
}

/** Whether the values that the whole lists for a property are those that its variants have, one each. */
function isToldApart(name: string, { whole, variants, wholeSide, side }: Split): boolean {
  const { shapes } = wholeSide.typed(wholeSide.property(whole.object, name));
  const listed = TYPE_NAMES.flatMap((type) => shapes[type]).map(({ values }) => values?.value ?? null);
  if (listed.length === 0 || listed.includes(null)) return false;
  const values = new Set(listed.flatMap((some) => some ?? []).map(idOfValue));
  const found = variants.map((one) => side.constants(one).get(name));
  return values.size === new Set(found).size && found.every((value) => value !== undefined && values.has(value));
}

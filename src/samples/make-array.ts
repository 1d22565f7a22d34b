import { equal, isArray, isSchema } from "../json/index.ts";
import type { Json, JsonObject, Schema } from "../model/index.ts";
import { schemasOf } from "./judge.ts";
import { below, type Maker, type Place } from "./maker.ts";
import { numbersOf } from "./numbers-of.ts";

/** A schema may ask for a million items. */
const ITEMS_MAX = 1_000;
/** How often a value that differs from all before it is looked for. */
const TRIES_MAX = 30;

/** Makes lists that may keep to schemas. */
export class ArrayMaker {
  readonly #maker: Maker;

  constructor(maker: Maker) {
    this.#maker = maker;
  }

  *candidates(parts: readonly JsonObject[], place: Place): Generator<Json> {
    const tried = new Set<number>();
    for (const count of this.#counts(parts, place)) {
      if (tried.has(count)) continue;
      tried.add(count);
      const items = this.#items(parts, place, count);
      if (items !== null) yield items;
    }
  }

  /** How many items to try, the best first. */
  #counts(parts: readonly JsonObject[], place: Place): readonly number[] {
    const { dice } = this.#maker.options;
    const contained = parts.filter(({ contains }) => isSchema(contains)).map(({ minContains = 1 }) => minContains);
    const pinned = this.#maker.pinnedIn(place.pointer).map((token) => Number(token) + 1);
    const least = Math.max(
      0,
      ...numbersOf(parts, "minItems"),
      ...contained.filter(isNumber),
      ...pinned.filter(Number.isFinite),
    );
    const most = Math.min(ITEMS_MAX, ...numbersOf(parts, "maxItems"));
    const prefix = Math.max(0, ...parts.map(({ prefixItems }) => schemasOf(prefixItems).length));
    const all = Math.max(1, prefix, least);
    // A batch without an event tells nothing.
    const wanted = place.mode === "minimal" ? (place.depth === 0 ? Math.max(1, least) : least) : all;
    const counts = dice === null ? [wanted] : [dice.integer(least, least + 3)];
    return [...counts, all, ...Array.from({ length: 4 }, (_, more) => least + more), prefix].filter(
      (count) => least <= count && count <= most,
    );
  }

  #items(parts: readonly JsonObject[], place: Place, count: number): readonly Json[] | null {
    const items: Json[] = [];
    const isUnique = parts.some(({ uniqueItems }) => uniqueItems === true);
    for (let index = 0; index < count; index++) {
      const schemas = itemSchemas(parts, index);
      const item = this.#item(schemas, place, { index, others: isUnique ? items : [] });
      if (item === undefined) return null;
      items.push(item);
    }
    return items;
  }

  #item(
    schemas: readonly Schema[],
    place: Place,
    { index, others }: { index: number; others: readonly Json[] },
  ): Json | undefined {
    const first = this.#maker.make(schemas, below(place, index, index));
    if (first === undefined || !others.some((other) => equal(other, first))) return first;
    for (let number = 0; number < TRIES_MAX; number++) {
      let left = TRIES_MAX;
      for (const value of this.#maker.values(schemas, below(place, index, number))) {
        if (!others.some((other) => equal(other, value))) return value;
        if (--left < 0) break;
      }
    }
    return undefined;
  }
}

function itemSchemas(parts: readonly JsonObject[], index: number): readonly Schema[] {
  const found: Schema[] = [];
  for (const { prefixItems, items, contains, minContains = 1 } of parts) {
    const own = isArray(prefixItems) && index < prefixItems.length ? prefixItems[index] : items;
    if (isSchema(own)) found.push(own as Schema);
    if (isSchema(contains) && typeof minContains === "number" && index < minContains) found.push(contains as Schema);
  }
  if (found.length > 0) return found;
  return parts.flatMap(({ unevaluatedItems }) => (isSchema(unevaluatedItems) ? [unevaluatedItems as Schema] : []));
}

function isNumber(value: Json): value is number {
  return typeof value === "number";
}

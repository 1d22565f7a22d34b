import { equal, isArray, isObject, own } from "../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../model/index.ts";
import type { SchemaSide } from "../schema/schema-side.ts";

/** Keywords that say nothing about values; that something is deprecated is a change. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  "$comment",
  "default",
  "description",
  "example",
  "examples",
  "externalDocs",
  "readOnly",
  "title",
  "writeOnly",
  "xml",
]);
/** Keywords whose values are data. */
const DATA: ReadonlySet<string> = new Set(["const", "enum"]);
/** Schemas within schemas; deeper ones are compared in the long way. */
const DEPTH_MAX = 400;

/**
 * Tells of schemas of two contracts that they are written alike but for prose, references followed. Most of two revisions is,
 * and need not be looked at more closely.
 */
export class IdenticalSchemas {
  readonly #base: SchemaSide;
  readonly #revision: SchemaSide;
  readonly #known = new WeakMap<JsonObject, WeakMap<JsonObject, boolean>>();
  /** Pairs that are being compared, with how deep; within them they are taken to be alike. */
  readonly #open = new Map<JsonObject, Map<JsonObject, number>>();
  #depth = 0;

  constructor(base: SchemaSide, revision: SchemaSide) {
    this.#base = base;
    this.#revision = revision;
  }

  areIdentical(base: Schema, revision: Schema): boolean {
    return this.#schemas(base, revision) !== DIFFERENT;
  }

  /** How deep the outermost pair is that the answer takes for granted; `DIFFERENT` where they differ. */
  #schemas(base: Json, revision: Json): number {
    if (!isObject(base) || !isObject(revision)) return base === revision ? NOTHING : DIFFERENT;
    const known = this.#known.get(base)?.get(revision);
    if (known !== undefined) return known ? NOTHING : DIFFERENT;
    const open = this.#open.get(base)?.get(revision);
    if (open !== undefined) return open;
    if (this.#depth >= DEPTH_MAX) return DIFFERENT;
    const depth = this.#depth++;
    const others = this.#open.get(base) ?? new Map<JsonObject, number>();
    this.#open.set(base, others.set(revision, depth));
    const found = this.#members(base, revision, this.#keyword);
    others.delete(revision);
    this.#depth--;
    // What takes only itself for granted is certain.
    const isCertain = found === DIFFERENT ? this.#depth < DEPTH_MAX : found >= depth;
    if (isCertain) this.#remember(base, revision, found !== DIFFERENT);
    return found === DIFFERENT ? DIFFERENT : isCertain ? NOTHING : found;
  }

  #remember(base: JsonObject, revision: JsonObject, isIdentical: boolean): void {
    const others = this.#known.get(base) ?? new WeakMap<JsonObject, boolean>();
    this.#known.set(base, others.set(revision, isIdentical));
  }

  #members(base: JsonObject, revision: JsonObject, compare: (key: string, a: Json, b: Json) => number): number {
    let outermost = NOTHING;
    let count = 0;
    for (const key in base) {
      if (compare === this.#keyword && ANNOTATIONS.has(key)) continue;
      count++;
      const other = own(revision, key);
      if (other === undefined) return DIFFERENT;
      const found = compare(key, base[key] as Json, other as Json);
      if (found === DIFFERENT) return DIFFERENT;
      outermost = Math.min(outermost, found);
    }
    for (const key in revision) if (!(compare === this.#keyword && ANNOTATIONS.has(key))) count--;
    return count === 0 ? outermost : DIFFERENT;
  }

  readonly #keyword = (key: string, base: Json, revision: Json): number => {
    if (key === "$ref") {
      const [target, other] = [this.#base.lookUp(base), this.#revision.lookUp(revision)];
      return target === undefined || other === undefined ? DIFFERENT : this.#schemas(target, other);
    }
    if (DATA.has(key) || key.startsWith("x-")) return equal(base, revision) ? NOTHING : DIFFERENT;
    return NAMED.has(key) && isObject(base) && isObject(revision)
      ? this.#members(base, revision, this.#named)
      : this.#value(base, revision);
  };

  readonly #named = (_key: string, base: Json, revision: Json): number => this.#value(base, revision);

  #value(base: Json, revision: Json): number {
    if (!isArray(base)) return this.#schemas(base, revision);
    if (!isArray(revision) || base.length !== revision.length) return DIFFERENT;
    let outermost = NOTHING;
    for (const [index, item] of base.entries()) {
      const found = this.#value(item as Json, revision[index] as Json);
      if (found === DIFFERENT) return DIFFERENT;
      outermost = Math.min(outermost, found);
    }
    return outermost;
  }
}

/** Keywords whose members are names and not keywords. */
const NAMED: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "dependentRequired",
  "discriminator",
]);

const DIFFERENT = -1;
/** Deeper than any pair: nothing is taken for granted. */
const NOTHING = Number.POSITIVE_INFINITY;

import { equal, isArray, isJsonString, isObject, joinPointer, setOwn } from "../json/index.ts";
import type { Json, JsonObject, Schema } from "../model/index.ts";
import { type Choice, conjunctions, constantsOf, type TypeName, typesOf } from "./conjunctions.ts";
import type { Dice } from "./dice.ts";
import { isOfType, type Judge } from "./judge.ts";
import { ArrayMaker } from "./make-array.ts";
import { ObjectMaker } from "./make-object.ts";
import { numberCandidates } from "./number-candidates.ts";
import { textCandidates } from "./text-candidates.ts";

/** `minimal`: what is required; `full`: optional properties too, and an item in every list; `random`: some of it. */
export type Mode = "minimal" | "full" | "random";

/** Where in a sample a value is made. */
export interface Place {
  /** JSON pointer; goes on inside a string that holds JSON. */
  readonly pointer: string;
  /** Of the nearest property. */
  readonly name: string;
  readonly depth: number;
  /** How many values of the same schema there are before it, from which it should differ. */
  readonly number: number;
  readonly mode: Mode;
  /** The named schemas that it lies in, outermost first. */
  readonly within: readonly Schema[];
}

/** Values that must stand at places, by pointer: any one of them. */
export type Pins = ReadonlyMap<string, readonly Json[]>;

export interface MakerOptions {
  readonly judge: Judge;
  /** Values that the document has for a schema object, the likeliest first. */
  readonly published: (schema: JsonObject) => readonly Json[];
  readonly pins: Pins;
  readonly dice: Dice | null;
  /** The branches of an alternative that are tried; all, in their order, where it gives null. */
  readonly choose: (place: Place, choice: Choice) => readonly number[] | null;
  /** Told of each place that allows null and something else. */
  readonly onNullable: (place: Place) => void;
}

/** Nothing could be made: why, and where. */
export interface Failure {
  readonly pointer: string;
  readonly depth: number;
}

/** Values made for one sample, those that are thrown away again too. */
const WORK_MAX = 12_000;
/** When so many were made, the rest has only what is required. */
const FULL_WORK_MAX = 4_000;
const DEPTH_MAX = 120;
/** A schema within itself within itself. */
const NESTED_MAX = 3;
const CONJUNCTIONS_MAX = 60;
const CANDIDATES_MAX = 120;

export class TooLarge extends Error {}

/** Makes values that keep to schemas: guesses what is likely, and keeps what the judge accepts. */
export class Maker {
  readonly options: MakerOptions;
  readonly #objects: ObjectMaker;
  readonly #arrays: ArrayMaker;
  #workLeft = WORK_MAX;
  #failure: Failure | null = null;

  constructor(options: MakerOptions) {
    this.options = options;
    this.#objects = new ObjectMaker(this);
    this.#arrays = new ArrayMaker(this);
  }

  /** The innermost place for which nothing could be found. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /**
   * The first value that keeps to all of the schemas.
   * @throws TooLarge
   */
  make(schemas: readonly Schema[], place: Place): Json | undefined {
    for (const value of this.values(schemas, place)) return value;
    if (this.#failure === null || this.#failure.depth < place.depth) this.#failure = place;
    return undefined;
  }

  /** As `make`, where it is no matter if there is none. */
  makeOptional(schemas: readonly Schema[], place: Place): Json | undefined {
    const before = this.#failure;
    const value = this.make(schemas, place);
    this.#failure = before;
    return value;
  }

  /** Values that keep to all of the schemas, the best first. */
  *values(given: readonly Schema[], at: Place): Generator<Json> {
    if (--this.#workLeft < 0) throw new TooLarge();
    if (at.depth > DEPTH_MAX) return;
    const { judge } = this.options;
    const pinned = this.#pinnedAt(at.pointer);
    const schemas = pinned === null ? given : [pinned, ...given];
    const place = this.#placeOf(schemas, at);
    if (place === null) return;
    let conjunctionsLeft = CONJUNCTIONS_MAX;
    for (const parts of conjunctions(schemas, this.#conjunctionOptions(place))) {
      if (--conjunctionsLeft < 0) return;
      let candidatesLeft = CANDIDATES_MAX;
      for (const value of this.#candidates(parts, place)) {
        if (--candidatesLeft < 0) break;
        if (schemas.every((schema) => judge.accepts(schema, value))) yield value;
      }
    }
  }

  accepts(schemas: readonly Schema[], value: Json): boolean {
    return schemas.every((schema) => this.options.judge.accepts(schema, value));
  }

  /** The properties, or indexes, of a place that something is pinned in. */
  pinnedIn(pointer: string): readonly string[] {
    const prefix = `${pointer}/`;
    const inner = [...this.options.pins.keys()].filter((pin) => pin.startsWith(prefix));
    return inner.map((pin) => pin.slice(prefix.length).split("/")[0] ?? "").map(unescaped);
  }

  #pinnedAt(pointer: string): Schema | null {
    const values = this.options.pins.get(pointer);
    return values === undefined ? null : { enum: values };
  }

  #conjunctionOptions(place: Place) {
    const { judge, dice, choose } = this.options;
    return {
      judge,
      wantsMore: place.mode === "full" || (place.mode === "random" && dice?.chance(0.5) === true),
      order: (choice: Choice) => {
        const indexes = choose(place, choice) ?? [...choice.branches.keys()];
        const tried = place.mode === "random" && dice !== null ? dice.shuffled(indexes) : indexes;
        // What leads back into itself comes last, and so does null: it says the least.
        const rank = (index: number) => this.#rankOf(choice.branches[index], place);
        return place.mode === "random" ? tried : [...tried].sort((a, b) => rank(a) - rank(b));
      },
    };
  }

  #rankOf(branch: Schema | undefined, { within }: Place): number {
    if (!isObject(branch)) return 0;
    const target = this.options.judge.lookUp(branch["$ref"]);
    if (target !== undefined && within.includes(target)) return 2;
    return branch["type"] === "null" ? 1 : 0;
  }

  /** Null where a schema lies in itself too often. */
  #placeOf(schemas: readonly Schema[], place: Place): Place | null {
    const targets = this.#targetsOf(schemas);
    const isOver = targets.some((target) => place.within.filter((one) => one === target).length >= NESTED_MAX);
    if (isOver) return null;
    const isNested = targets.some((target) => place.within.includes(target));
    const isLate = this.#workLeft < WORK_MAX - FULL_WORK_MAX;
    const mode = isNested || isLate ? "minimal" : place.mode;
    return { ...place, mode, within: [...place.within, ...targets] };
  }

  /** The named schemas that these are, through references and `allOf`. */
  #targetsOf(schemas: readonly Schema[]): readonly Schema[] {
    const targets = new Set<Schema>();
    const pending = [...schemas];
    for (let schema = pending.pop(); schema !== undefined; schema = pending.pop()) {
      if (!isObject(schema)) continue;
      const target = this.options.judge.lookUp(schema["$ref"]);
      if (target !== undefined && !targets.has(target)) {
        targets.add(target);
        pending.push(target);
      }
      if (isArray(schema["allOf"])) pending.push(...(schema["allOf"] as readonly Schema[]));
    }
    return [...targets].filter(isObject);
  }

  *#candidates(parts: readonly JsonObject[], place: Place): Generator<Json> {
    const { dice, published } = this.options;
    const types = typesOf(parts);
    const constants = constantsOf(parts);
    if (types.includes("null") && types.length > 1 && constants === null) this.options.onNullable(place);
    const fits = (value: Json) => types.some((type) => isOfType(value, type));
    if (constants !== null) {
      const values = [...constants.filter((value) => value !== null), ...constants.filter((value) => value === null)];
      if (values.length > 1 && values.includes(null)) this.options.onNullable(place);
      yield* dice === null ? turned(values, place.number) : dice.shuffled(values);
      return;
    }
    const noted = notedValues(parts, published).filter(fits);
    const scalars = noted.filter((value) => typeof value !== "object");
    if (dice === null || dice.chance(0.2)) yield* turned(scalars, place.number);
    for (const type of this.#typesInOrder(types, parts, place)) yield* this.#ofType(type, parts, place);
    yield* noted.filter((value) => typeof value === "object");
  }

  #ofType(type: TypeName, parts: readonly JsonObject[], place: Place): Iterable<Json> {
    const { dice } = this.options;
    const { name, number } = place;
    switch (type) {
      case "null":
        return [null];
      case "boolean":
        return dice === null ? turned([true, false], number) : dice.shuffled([true, false]);
      case "integer":
      case "number":
        return numberCandidates(parts, { name, number, dice, isWhole: type === "integer" });
      case "string":
        return this.#texts(parts, place);
      case "array":
        return this.#arrays.candidates(parts, place);
      case "object":
        return this.#objects.candidates(parts, place);
      default:
        return type satisfies never;
    }
  }

  *#texts(parts: readonly JsonObject[], place: Place): Generator<Json> {
    const { dice } = this.options;
    const contents = parts.filter(isJsonString).map((part) => part["contentSchema"] as Schema);
    if (contents.length === 0) {
      yield* textCandidates(parts, { name: place.name, number: place.number, dice });
      return;
    }
    for (const content of this.values(contents, { ...place, depth: place.depth + 1 })) yield JSON.stringify(content);
  }

  /** Null last; where nothing says of which type it is, those first that its keywords speak of. */
  #typesInOrder(types: readonly TypeName[], parts: readonly JsonObject[], place: Place): readonly TypeName[] {
    const { dice } = this.options;
    if (dice !== null) return dice.shuffled(types);
    const isSaid = parts.some(({ type }) => type !== undefined);
    const spoken = isSaid ? types : types.filter((type) => SPEAKS_OF[type].some((word) => hasKeyword(parts, word)));
    const likely = place.depth === 0 ? (["object"] as const) : (["string", "object"] as const);
    const usual = isSaid ? [] : likely.filter((type) => types.includes(type));
    const ordered = [...new Set([...spoken, ...usual, ...types])];
    const isNested = place.mode === "minimal" && place.within.length !== new Set(place.within).size;
    const others = ordered.filter((type) => type !== "null");
    if (!types.includes("null")) return others;
    return isNested ? ["null", ...others] : [...others, "null"];
  }
}

const SPEAKS_OF: Readonly<Record<TypeName, readonly string[]>> = {
  object: ["properties", "required", "additionalProperties", "patternProperties", "minProperties", "propertyNames"],
  array: ["items", "prefixItems", "contains", "minItems", "uniqueItems"],
  string: ["minLength", "maxLength", "pattern", "format", "contentSchema", "contentMediaType"],
  integer: [],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  boolean: [],
  null: [],
};

function hasKeyword(parts: readonly JsonObject[], keyword: string): boolean {
  return parts.some((part) => Object.hasOwn(part, keyword));
}

/** What schemas show for themselves, then what stands at their places in the document's examples, then their defaults. */
function notedValues(parts: readonly JsonObject[], published: MakerOptions["published"]): readonly Json[] {
  const own = parts.flatMap(({ examples }) => (isArray(examples) ? examples : []));
  const known = parts.flatMap((part) => [...published(part)]);
  const enums = parts.flatMap((part) => (part["x-open-enum"] === true && isArray(part["enum"]) ? part["enum"] : []));
  const defaults = parts.flatMap((part) => (Object.hasOwn(part, "default") ? [part["default"] as Json] : []));
  const all = [...own, ...known, ...enums, ...defaults];
  return all.filter((value, index) => value !== "" && all.findIndex((one) => equal(one, value)) === index);
}

/** The same in turn, so that the next of several begins with the next. */
function turned<T>(values: readonly T[], number: number): readonly T[] {
  const start = values.length === 0 ? 0 : number % values.length;
  return [...values.slice(start), ...values.slice(0, start)];
}

function unescaped(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** The place of a member. */
export function below(place: Place, token: string | number, number = 0): Place {
  return {
    ...place,
    pointer: joinPointer(place.pointer, token),
    name: typeof token === "number" ? place.name : token,
    depth: place.depth + 1,
    number: typeof token === "number" ? number : place.number,
  };
}

/** An object of these members, in this order. */
export function objectOf(members: Iterable<readonly [string, Json]>): JsonObject {
  const object: Record<string, Json> = {};
  for (const [name, value] of members) setOwn(object, name, value);
  return object;
}

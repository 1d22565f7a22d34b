import { isArray, isObject, isSchema } from "../json/index.ts";
import type { Json, JsonObject, Schema } from "../model/index.ts";
import { usablePattern } from "../patterns/usable-pattern.ts";
import { below, type Maker, objectOf, type Place } from "./maker.ts";
import { numbersOf } from "./numbers-of.ts";
import { textOfPattern } from "./texts-of-pattern.ts";

/** Names tried for what is not described by name. */
const OTHER_NAMES = ["example", "example2", "example3", "a", "b", "c"];
/** Pairs of properties and other values for them that are tried where the first ones do not go together. */
const OTHERS_MAX = 40;
const VALUES_MAX = 3;

/** Makes objects that may keep to schemas. */
export class ObjectMaker {
  readonly #maker: Maker;

  constructor(maker: Maker) {
    this.#maker = maker;
  }

  *candidates(parts: readonly JsonObject[], place: Place): Generator<Json> {
    const names = new MemberNames(parts, this.#maker, place);
    const members = new Members(parts, this.#maker, place);
    const base = new Map<string, Json>();
    for (const name of names.required) {
      const value = members.required(name);
      if (value === undefined) return;
      base.set(name, value);
    }
    const object = (chosen: ReadonlyMap<string, Json>) =>
      objectOf(names.inOrder([...chosen.keys()]).map((name) => [name, chosen.get(name) as Json]));
    const wanted = this.#wantedNames(names, place);
    const more = members.added(base, wanted);
    yield object(more);
    if (place.mode !== "minimal" && more.size > base.size)
      yield* this.#oneByOne(base, wanted, { members, object, parts });
    yield object(base);
    for (const name of names.optional) {
      if (!base.has(name)) yield object(members.added(base, names.closure(name)));
    }
    yield object(members.added(base, names.optional));
    yield* others(base, members, object);
    yield* others(more, members, object);
  }

  /** Whatever of the wanted can be there beside what is there already. */
  *#oneByOne(
    base: ReadonlyMap<string, Json>,
    wanted: readonly string[],
    {
      members,
      object,
      parts,
    }: { members: Members; object: (chosen: ReadonlyMap<string, Json>) => JsonObject; parts: readonly JsonObject[] },
  ): Generator<Json> {
    let chosen = base;
    let holds = this.#maker.accepts(parts, object(base));
    for (const name of wanted) {
      const next = members.added(chosen, [name]);
      if (next.size === chosen.size || !this.#maker.accepts(parts, object(next))) continue;
      chosen = next;
      holds = true;
    }
    if (holds && chosen.size > base.size) yield object(chosen);
  }

  /** The names to add to those that are required. */
  #wantedNames(names: MemberNames, { mode }: Place): readonly string[] {
    const { dice } = this.#maker.options;
    const missing = Math.max(0, names.least - names.required.length);
    const optional = dice === null ? names.optional : dice.shuffled(names.optional);
    const filling = [...optional, ...names.others(missing)];
    switch (mode) {
      case "full":
        return filling.slice(0, Math.max(0, names.most - names.required.length));
      case "random": {
        const count = dice?.integer(missing, Math.max(missing, filling.length)) ?? missing;
        return filling.slice(0, Math.min(count, names.most - names.required.length));
      }
      case "minimal":
        return filling.slice(0, missing);
      default:
        return mode satisfies never;
    }
  }
}

type MemberMap = ReadonlyMap<string, Json>;

/** Objects in which one property has another of its values. */
function* others(base: MemberMap, members: Members, object: (chosen: MemberMap) => JsonObject): Generator<Json> {
  let left = OTHERS_MAX;
  for (const name of base.keys()) {
    for (const value of members.otherValues(name)) {
      if (--left < 0) return;
      yield object(new Map(base).set(name, value));
    }
  }
}

/** The values of one object's properties, each made once. */
class Members {
  readonly #parts: readonly JsonObject[];
  readonly #maker: Maker;
  readonly #place: Place;
  readonly #made = new Map<string, Json | undefined>();

  constructor(parts: readonly JsonObject[], maker: Maker, place: Place) {
    this.#parts = parts;
    this.#maker = maker;
    this.#place = place;
  }

  required(name: string): Json | undefined {
    if (!this.#made.has(name)) this.#made.set(name, this.#maker.make(this.#schemas(name), below(this.#place, name)));
    return this.#made.get(name);
  }

  /** With those of the names that may be there and for which there is a value. */
  added(base: MemberMap, names: readonly string[]): MemberMap {
    const members = new Map(base);
    for (const name of names) {
      if (members.has(name) || !this.#mayBe(name)) continue;
      const value = this.#optional(name);
      if (value !== undefined) members.set(name, value);
    }
    return members;
  }

  *otherValues(name: string): Generator<Json> {
    let left = VALUES_MAX;
    for (const value of this.#maker.values(this.#schemas(name), below(this.#place, name))) {
      if (left-- < 0) return;
      if (left < VALUES_MAX - 1) yield value;
    }
  }

  #optional(name: string): Json | undefined {
    if (!this.#made.has(name)) {
      this.#made.set(name, this.#maker.makeOptional(this.#schemas(name), below(this.#place, name)));
    }
    return this.#made.get(name);
  }

  #mayBe(name: string): boolean {
    const { judge } = this.#maker.options;
    return this.#parts.every(
      ({ propertyNames }) => !isSchema(propertyNames) || judge.accepts(propertyNames as Schema, name),
    );
  }

  /** What the parts say of a property. */
  #schemas(name: string): readonly Schema[] {
    const { judge } = this.#maker.options;
    const found = this.#parts.flatMap((part) => judge.memberSchemas(part, name));
    if (found.length > 0) return found;
    return this.#parts.flatMap(({ unevaluatedProperties }) =>
      isSchema(unevaluatedProperties) ? [unevaluatedProperties as Schema] : [],
    );
  }
}

/** Which properties an object must and may have. */
class MemberNames {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** How many there must be at least, and may be at most. */
  readonly least: number;
  readonly most: number;
  readonly #parts: readonly JsonObject[];
  readonly #maker: Maker;
  readonly #place: Place;
  readonly #declared: readonly string[];

  constructor(parts: readonly JsonObject[], maker: Maker, place: Place) {
    this.#parts = parts;
    this.#maker = maker;
    this.#place = place;
    this.#declared = [
      ...new Set(parts.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : []))),
    ];
    const needed = parts.flatMap(({ required }) =>
      isArray(required) ? required.filter((name) => typeof name === "string") : [],
    );
    this.required = this.inOrder(this.#closed([...needed, ...maker.pinnedIn(place.pointer)]));
    const required = new Set(this.required);
    const optional = this.#declared.filter((name) => !required.has(name));
    this.optional = [...optional, ...this.#undeclared()].filter((name) => !required.has(name));
    this.least = Math.max(0, ...numbersOf(parts, "minProperties"));
    this.most = Math.min(Number.MAX_SAFE_INTEGER, ...numbersOf(parts, "maxProperties"));
  }

  /** In the order of the document, others behind. */
  inOrder(names: readonly string[]): readonly string[] {
    const given = new Set(names);
    return [...new Set([...this.#declared.filter((name) => given.has(name)), ...names])];
  }

  /** A name, and those that must be there with it. */
  closure(name: string): readonly string[] {
    return this.#closed([name]);
  }

  /** Names that nothing describes, for objects that must have more than is described. */
  others(count: number): readonly string[] {
    const missing = count - this.optional.length;
    return missing <= 0
      ? []
      : [...OTHER_NAMES, ...Array.from({ length: Math.min(missing, 100) }, (_, index) => `example${index + 4}`)];
  }

  #closed(names: readonly string[]): readonly string[] {
    const all = new Set(names);
    for (const name of all) {
      for (const { dependentRequired } of this.#parts) {
        const needed =
          isObject(dependentRequired) && Object.hasOwn(dependentRequired, name) ? dependentRequired[name] : [];
        for (const one of isArray(needed) ? needed : []) if (typeof one === "string") all.add(one);
      }
    }
    return [...all];
  }

  /** Names for what is described without a name: one for each pattern, and one for a map. */
  #undeclared(): readonly string[] {
    const { judge } = this.#maker.options;
    const names: string[] = [];
    const patterns = this.#parts.flatMap(({ patternProperties }) =>
      isObject(patternProperties) ? Object.keys(patternProperties) : [],
    );
    for (const pattern of patterns) {
      const source = usablePattern(pattern).source;
      const name = source === null ? null : textOfPattern(source, { extra: 6, turn: 0 });
      if (name !== null && judge.testOf(pattern)?.(name) === true) names.push(name);
    }
    const rules = this.#parts.flatMap(({ propertyNames }) =>
      isSchema(propertyNames) ? [propertyNames as Schema] : [],
    );
    const isMap =
      this.#parts.some(({ additionalProperties }) => isObject(additionalProperties)) && this.#declared.length === 0;
    if (rules.length > 0 && (isMap || names.length === 0)) {
      const name = this.#maker.makeOptional([{ type: "string" }, ...rules], {
        ...below(this.#place, "key"),
        mode: "minimal",
      });
      if (typeof name === "string") names.push(name);
    } else if (isMap && names.length === 0) names.push("example");
    return names;
  }
}

import { isArray, isObject, own, setOwn } from "../../src/json/index.ts";
import type { Json, JsonObject, Schema } from "../../src/model/index.ts";
import { type Mutable, placesOf, removeAt, setAt } from "./places.ts";
import type { Random } from "./random.ts";
import { randomName, randomValue } from "./random-schema.ts";

/** Deeper schemas, and recursive ones, get any value. */
const DEPTH_MAX = 6;

/**
 * A value that a schema is likely to take, or nearly: a value with no regard to the schema fails at its first keyword, and
 * says nothing of the others.
 */
export class ValueMaker {
  readonly #random: Random;
  readonly #lookUp: (ref: string) => Schema | undefined;

  constructor(random: Random, lookUp: (ref: string) => Schema | undefined) {
    this.#random = random;
    this.#lookUp = lookUp;
  }

  /** One in three with no regard to the schema, one in three like it, one in three like it with a fault. */
  make(schema: Schema): Json {
    const random = this.#random;
    if (random.chance(0.25)) return randomValue(random);
    const value = this.#like([schema], 0);
    return random.chance(0.5) ? value : this.#spoilt(value);
  }

  #spoilt(value: Json): Json {
    const random = this.#random;
    const whole: { [key: string]: Mutable } = { "": JSON.parse(JSON.stringify(value)) as Mutable };
    for (let count = random.integer(1, 2); count > 0; count--) {
      const place = random.pick(placesOf(whole));
      if (place === undefined) break;
      const isWhole = place.holder === whole;
      if (!isWhole && random.chance(0.3)) removeAt(place);
      else if (!isWhole && random.chance(0.4) && !Array.isArray(place.holder)) {
        setAt({ holder: place.holder, key: randomName(random) }, randomValue(random, 2) as Mutable);
      } else setAt(place, randomValue(random, 1) as Mutable);
    }
    return whole[""] ?? null;
  }

  /** A value for schemas that must all hold. */
  #like(schemas: readonly Schema[], depth: number): Json {
    const random = this.#random;
    const parts = this.#parts(schemas);
    if (depth > DEPTH_MAX || parts.length === 0) return randomValue(random, depth);
    const constants = parts.flatMap((part) =>
      Object.hasOwn(part, "const") ? [part["const"] as Json] : listOf(part["enum"]),
    );
    if (constants.length > 0 && random.chance(0.9)) return random.pick(constants);
    switch (this.#typeOf(parts)) {
      case "object":
        return this.#object(parts, depth);
      case "array":
        return this.#array(parts, depth);
      case "integer":
        return Math.trunc(this.#number(parts));
      case "number":
        return this.#number(parts);
      case "null":
        return null;
      case "boolean":
        return random.chance(0.5);
      default:
        return this.#string();
    }
  }

  /** The schemas, and those that hold because of them; of alternatives, one. */
  #parts(schemas: readonly Schema[]): readonly JsonObject[] {
    const random = this.#random;
    const parts = new Set<JsonObject>();
    const pending = [...schemas];
    for (let schema = pending.pop(); schema !== undefined && parts.size < 40; schema = pending.pop()) {
      if (!isObject(schema) || parts.has(schema)) continue;
      parts.add(schema);
      const { $ref: ref, allOf, anyOf, oneOf } = schema;
      const target = typeof ref === "string" ? this.#lookUp(ref) : undefined;
      if (target !== undefined) pending.push(target);
      pending.push(...(listOf(allOf) as readonly Schema[]));
      for (const alternatives of [listOf(anyOf), listOf(oneOf)]) {
        if (alternatives.length > 0) pending.push(random.pick(alternatives) as Schema);
      }
      const branch = own(schema, random.chance(0.5) ? "then" : "else");
      if (branch !== undefined) pending.push(branch as Schema);
      if (branch !== undefined && random.chance(0.7)) pending.push((own(schema, "if") ?? true) as Schema);
      const dependent = schema["dependentSchemas"];
      if (isObject(dependent) && random.chance(0.5)) pending.push(...(Object.values(dependent) as Schema[]));
    }
    return [...parts];
  }

  #typeOf(parts: readonly JsonObject[]): string {
    const random = this.#random;
    const types = parts.flatMap(({ type }) => [type ?? []].flat() as string[]);
    if (types.length > 0) return random.pick(types);
    const has = (...words: readonly string[]) => parts.some((part) => words.some((word) => Object.hasOwn(part, word)));
    const likely = [
      ...(has("properties", "required", "additionalProperties", "patternProperties", "propertyNames")
        ? ["object"]
        : []),
      ...(has("unevaluatedProperties", "dependentSchemas", "dependentRequired", "minProperties") ? ["object"] : []),
      ...(has("items", "prefixItems", "contains", "unevaluatedItems", "minItems", "uniqueItems") ? ["array"] : []),
      ...(has("minLength", "maxLength", "pattern", "format") ? ["string"] : []),
      ...(has("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf") ? ["number"] : []),
    ];
    return random.pick(likely.length > 0 ? likely : ["object", "array", "string", "number", "boolean", "null"]);
  }

  #object(parts: readonly JsonObject[], depth: number): JsonObject {
    const random = this.#random;
    const value: Record<string, Json> = {};
    const names = new Set<string>();
    for (const part of parts) {
      for (const name of listOf(part["required"]) as readonly string[]) if (random.chance(0.95)) names.add(name);
      for (const name of keysOf(part["properties"])) if (random.chance(0.6)) names.add(name);
      for (const [name, needed] of Object.entries(
        isObject(part["dependentRequired"]) ? part["dependentRequired"] : {},
      )) {
        if (random.chance(0.4)) for (const one of [name, ...(listOf(needed) as readonly string[])]) names.add(one);
      }
    }
    if (random.chance(0.4)) names.add(randomName(random));
    for (const name of names) {
      const schemas = parts.flatMap((part): Schema[] => {
        const matching = Object.entries(isObject(part["patternProperties"]) ? part["patternProperties"] : {}).filter(
          ([pattern]) => new RegExp(pattern, "u").test(name),
        );
        const properties = isObject(part["properties"]) ? own(part["properties"], name) : undefined;
        const found = [...matching.map(([, schema]) => schema), ...(properties === undefined ? [] : [properties])];
        const other = found.length === 0 ? part["additionalProperties"] : undefined;
        return [...found, ...(other === undefined ? [] : [other])] as Schema[];
      });
      setOwn(value, name, this.#like(schemas, depth + 1));
    }
    return value;
  }

  #array(parts: readonly JsonObject[], depth: number): Json {
    const random = this.#random;
    return random
      .list(0, 4, () => 0)
      .map((_, index) => {
        const schemas = parts.flatMap((part): Schema[] => {
          const contained = part["contains"];
          if (contained !== undefined && random.chance(0.4)) return [contained as Schema];
          const item = listOf(part["prefixItems"])[index] ?? part["items"];
          return item === undefined ? [] : [item as Schema];
        });
        return this.#like(schemas, depth + 1);
      });
  }

  #number(parts: readonly JsonObject[]): number {
    const random = this.#random;
    const bounds = parts.flatMap((part) =>
      ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"].flatMap((word) => {
        const bound = part[word];
        return typeof bound === "number" ? [bound] : [];
      }),
    );
    const near = bounds.length > 0 ? random.pick(bounds) : random.integer(-5, 10);
    return near + random.pick([0, 0, 1, -1, 0.5, near]);
  }

  #string(): string {
    const random = this.#random;
    for (;;) {
      const value = randomValue(random, 9);
      if (typeof value === "string") return value;
    }
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}

function keysOf(value: Json | undefined): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}

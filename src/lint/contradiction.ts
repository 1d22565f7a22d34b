import { quote } from "../diagnostics/index.ts";
import { equal, isArray, isObject, isString, stableStringify } from "../json/index.ts";
import type { Json, JsonObject, Schema } from "../model/index.ts";
import { boundsProblem } from "./bounds.ts";

/** The types of JSON Schema, `integer` being a `number` without a fraction. */
type Type = "null" | "boolean" | "integer" | "fraction" | "string" | "array" | "object";

const TYPES: readonly Type[] = ["null", "boolean", "integer", "fraction", "string", "array", "object"];
const TYPES_OF_NAME: Readonly<Record<string, readonly Type[]>> = {
  null: ["null"],
  boolean: ["boolean"],
  integer: ["integer"],
  number: ["integer", "fraction"],
  string: ["string"],
  array: ["array"],
  object: ["object"],
};

/** Why no value, or no value of one kind, can keep to a schema. */
export interface Contradiction {
  /** `"value"`: none at all. */
  readonly of: "value" | "number" | "string" | "array" | "object";
  /** Goes on from "since": without full stop. */
  readonly reason: string;
  /** It comes from a schema within that contradicts itself, and so is told there. */
  readonly derived: boolean;
}

/** Alternatives within alternatives multiply; deeper ones are taken to be possible. */
const DEPTH_MAX = 4;
/** Schemas that are looked at for the sake of another, one for the next. */
const NESTING_MAX = 200;
/** Parts of schemas looked at for one contract. */
const WORK_MAX = 2_000_000;
/** Schemas that one value must keep to at once; what they are more is not looked at. */
const PARTS_MAX = 500;
/** Pairs of alternatives that are compared for one schema. */
const ALTERNATIVES_MAX = 100;

/**
 * Finds schemas that nothing can keep to. Whatever is not understood (`if`, `pattern`, `unevaluatedProperties`, …) is taken to
 * allow everything, so that what is found is certain.
 */
export class ContradictionFinder {
  readonly #lookUp: (ref: unknown) => Schema | undefined;
  readonly #known = new Map<JsonObject, Contradiction | null>();
  #workLeft = WORK_MAX;
  #nesting = 0;

  constructor(lookUp: (ref: unknown) => Schema | undefined) {
    this.#lookUp = lookUp;
  }

  find(schema: JsonObject): Contradiction | null {
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    if (this.#nesting >= NESTING_MAX) return null;
    // While it is looked at, a schema that contains itself is taken to be possible.
    this.#known.set(schema, null);
    this.#nesting++;
    const { parts, isFalse } = this.#conjunction([schema]);
    const found = isFalse ? nothing("one of the schemas that must all hold is false") : this.#judge(parts, 0);
    const isDerived = found !== null && parts.some((part) => part !== schema && this.find(part) !== null);
    const result = found !== null && isDerived ? { ...found, derived: true } : found;
    this.#nesting--;
    this.#known.set(schema, result);
    return result;
  }

  /** All schemas that a value must keep to because it must keep to these. */
  #conjunction(schemas: readonly Schema[]): { readonly parts: readonly JsonObject[]; readonly isFalse: boolean } {
    const parts = new Set<JsonObject>();
    let isFalse = false;
    const add = (schema: Json | undefined) => {
      if (isObject(schema)) {
        if (parts.size < PARTS_MAX) parts.add(schema);
      } else if (schema === false) isFalse = true;
    };
    for (const schema of schemas) add(schema);
    for (const part of parts) {
      if (part["$ref"] !== undefined) add(this.#lookUp(part["$ref"]));
      if (isArray(part["allOf"])) for (const one of part["allOf"]) add(one);
    }
    return { parts: [...parts], isFalse };
  }

  #isImpossible(schemas: readonly Schema[], depth: number): boolean {
    const [only] = schemas;
    if (schemas.length === 1 && isObject(only)) return this.find(only)?.of === "value";
    const { parts, isFalse } = this.#conjunction(schemas);
    return isFalse || this.#judge(parts, depth)?.of === "value";
  }

  /** @param parts  all that a value must keep to */
  #judge(parts: readonly JsonObject[], depth: number): Contradiction | null {
    this.#workLeft -= parts.length;
    if (depth > DEPTH_MAX || this.#workLeft < 0) return null;
    if (parts.some(({ not }) => not === true || (isObject(not) && Object.keys(not).length === 0))) {
      return nothing("its not refuses everything");
    }
    const allowed = TYPES.filter((type) => parts.every((part) => allowsType(part, type)));
    if (allowed.length === 0) return nothing(`no value is of type ${typesText(parts)}`);
    const values = constantsOf(parts);
    if (values !== null) return judgeConstants(values, parts, allowed);

    // Numbers are one kind: where fractions may be, integers need not.
    const kinds = allowed.filter((type) => type !== "integer" || !allowed.includes("fraction"));
    const found = kinds.map((type) => this.#judgeType(type, parts, depth));
    const [first] = found.filter((one) => one !== null);
    if (first === undefined) return this.#judgeAlternatives(parts, depth);
    return found.includes(null) ? first : { ...first, of: "value" };
  }

  #judgeType(type: Type, parts: readonly JsonObject[], depth: number): Contradiction | null {
    switch (type) {
      case "null":
      case "boolean":
        return null;
      case "integer":
      case "fraction":
        return problem("number", boundsProblem("number", parts, { whole: type === "integer" }));
      case "string":
        return problem("string", boundsProblem("string", parts));
      case "array":
        return this.#judgeArray(parts);
      case "object":
        return this.#judgeObject(parts, depth);
      default:
        return type satisfies never;
    }
  }

  #judgeArray(parts: readonly JsonObject[]): Contradiction | null {
    const reason = boundsProblem("array", parts);
    if (reason !== null) return problem("array", reason);
    if (!parts.some(({ minItems }) => typeof minItems === "number" && minItems > 0)) return null;
    for (const { items, prefixItems } of parts) {
      const first = isArray(prefixItems) ? prefixItems[0] : items;
      if (first === false) return problem("array", "it must have items and may have none");
      if (isObject(first) && this.find(first)?.of === "value") {
        return { of: "array", reason: "it must have items, and nothing can be one", derived: true };
      }
    }
    return null;
  }

  #judgeObject(parts: readonly JsonObject[], depth: number): Contradiction | null {
    const reason = boundsProblem("object", parts);
    if (reason !== null) return problem("object", reason);
    const required = new Set(parts.flatMap((part) => (isArray(part["required"]) ? part["required"] : [])));
    const most = Math.min(...parts.flatMap(({ maxProperties: max }) => (typeof max === "number" ? [max] : [])));
    if (required.size > most) {
      return problem("object", `${required.size} properties are required and at most ${most} allowed`);
    }
    const properties = propertiesOf(parts);
    const closed = parts.filter(
      (part) => part["additionalProperties"] === false && !isObject(part["patternProperties"]),
    );
    for (const name of required) {
      const found = isString(name) ? this.#judgeRequired(name, properties.get(name) ?? [], closed, depth) : null;
      if (found !== null) return found;
    }
    return null;
  }

  #judgeRequired(
    name: string,
    schemas: readonly Schema[],
    closed: readonly JsonObject[],
    depth: number,
  ): Contradiction | null {
    const text = quote(name);
    if (closed.some(({ properties }) => !isObject(properties) || !Object.hasOwn(properties, name))) {
      return problem("object", `${text} is required, and additionalProperties: false forbids it`);
    }
    if (schemas.includes(false)) return problem("object", `${text} is required, and its schema is false`);
    if (schemas.length === 0 || !this.#isImpossible(schemas, depth + 1)) return null;
    const derived = schemas.some((schema) => isObject(schema) && this.find(schema) !== null);
    return { of: "object", reason: `${text} is required, and nothing can be its value`, derived };
  }

  #judgeAlternatives(parts: readonly JsonObject[], depth: number): Contradiction | null {
    for (const part of parts) {
      for (const keyword of ["anyOf", "oneOf"]) {
        const branches = part[keyword];
        if (!isArray(branches) || branches.length === 0) continue;
        const others = parts.map((one) => (one === part ? without(part, keyword) : one));
        const isPossible = (branch: Json) => {
          const { parts: added, isFalse } = this.#conjunction([branch as Schema]);
          return !isFalse && this.#judge([...others, ...added], depth + 1)?.of !== "value";
        };
        if (!branches.some(isPossible)) {
          const derived = branches.every((branch) => isObject(branch) && this.find(branch) !== null);
          return { of: "value", reason: `no schema of its ${keyword} is possible here`, derived };
        }
        if (keyword === "oneOf" && eachIsThereTwice(branches)) {
          return nothing("every schema of its oneOf is there twice, so that never exactly one holds");
        }
      }
    }
    return null;
  }
}

function problem(of: Contradiction["of"], reason: string | null): Contradiction | null {
  return reason === null ? null : { of, reason, derived: false };
}

/** The schemas of each property, of all parts. */
function propertiesOf(parts: readonly JsonObject[]): ReadonlyMap<string, readonly Schema[]> {
  const byName = new Map<string, Schema[]>();
  for (const { properties } of parts) {
    for (const [name, schema] of isObject(properties) ? Object.entries(properties) : []) {
      const schemas = byName.get(name);
      if (schemas === undefined) byName.set(name, [schema as Schema]);
      else schemas.push(schema as Schema);
    }
  }
  return byName;
}

function eachIsThereTwice(branches: readonly Json[]): boolean {
  if (branches.length > ALTERNATIVES_MAX) return false;
  return branches.every((one, index) => branches.some((other, at) => at !== index && equal(one, other)));
}

function nothing(reason: string): Contradiction {
  return { of: "value", reason, derived: false };
}

function without(schema: JsonObject, keyword: string): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== keyword));
}

function typesOf({ type }: JsonObject): readonly string[] | null {
  if (typeof type === "string") return [type];
  return isArray(type) ? type.filter(isString) : null;
}

function allowsType(part: JsonObject, type: Type): boolean {
  // A type that there is not, and a list without any, are violations of the specification, and told as that.
  const names = typesOf(part) ?? [];
  return (
    names.length === 0 ||
    names.some((name) => !Object.hasOwn(TYPES_OF_NAME, name) || TYPES_OF_NAME[name]?.includes(type))
  );
}

function typesText(parts: readonly JsonObject[]): string {
  const lists = parts.flatMap((part) => typesOf(part)?.join(" or ") ?? []);
  return lists.length === 0 ? "none" : [...new Set(lists)].join(" and ");
}

/** The same for equal values. */
function textOf(value: Json): string {
  return stableStringify(value, { indent: 0 });
}

/** The values that every `const` and `enum` leaves; null where there is neither. */
function constantsOf(parts: readonly JsonObject[]): readonly Json[] | null {
  let values: readonly Json[] | null = null;
  for (const part of parts) {
    for (const list of [part["const"] === undefined ? undefined : [part["const"]], part["enum"]]) {
      if (!isArray(list)) continue;
      const allowed = new Set(list.map(textOf));
      values = values === null ? list : values.filter((value) => allowed.has(textOf(value)));
    }
  }
  return values;
}

function judgeConstants(
  values: readonly Json[],
  parts: readonly JsonObject[],
  allowed: readonly Type[],
): Contradiction | null {
  if (values.length === 0) return nothing("its const and enum leave no value");
  const typed = values.filter((value) => allowed.includes(typeOf(value)));
  if (typed.length === 0) {
    return nothing(
      values.length === 1
        ? `its only value is not of type ${typesText(parts)}`
        : `none of its values is of type ${typesText(parts)}`,
    );
  }
  const isPossible = typed.some((value) => keepsToBounds(value, parts));
  return isPossible ? null : nothing("its values are outside its own limits");
}

function keepsToBounds(value: Json, parts: readonly JsonObject[]): boolean {
  if (typeof value === "number")
    return boundsProblem("number", [...parts, { minimum: value, maximum: value }], {}) === null;
  if (typeof value !== "string") return true;
  const length = [...value].length;
  return boundsProblem("string", [...parts, { minLength: length, maxLength: length }]) === null;
}

function typeOf(value: Json): Type {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "fraction";
  if (typeof value === "string") return "string";
  return typeof value === "boolean" ? "boolean" : "object";
}

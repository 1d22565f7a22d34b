import { equal, isArray, isJsonString, isObject, isSchema, own, parseJson } from "../json/index.ts";
import type { Json, JsonObject, Schema } from "../model/index.ts";
import { patternJudge } from "../patterns/usable-pattern.ts";
import { linearExpression } from "../runtime/linear-expression.ts";
import { isMultipleOf } from "../runtime/multiple-of.ts";
import { stringLength } from "../runtime/string-length.ts";
import { fitsFormat } from "./formats.ts";

/** The members of a value that its schemas have looked at, for `unevaluatedProperties` and `unevaluatedItems`. */
interface Seen {
  readonly names: Set<string>;
  readonly indexes: Set<number>;
}

type Test = (text: string) => boolean;

/** References that lead on without a step into the value would go on for ever. */
const NESTING_MAX = 400;

/**
 * Says whether a value as it is on the wire keeps to a schema, as the contract's validators would: an open enum takes every
 * string, a string that holds JSON is judged by what it holds, unknown formats and keywords that cannot be used say nothing.
 * It interprets the schema, since whoever makes values asks about thousands of small schemas, each of which would have to be
 * compiled.
 */
export class Judge {
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #judgePattern = patternJudge();
  readonly #tests = new Map<string, Test | null>();
  #nesting = 0;

  constructor(schemas: Readonly<Record<string, Schema>>) {
    this.#schemas = schemas;
  }

  accepts(schema: Schema, value: Json): boolean {
    return this.#check(schema, value, null);
  }

  /** What a `$ref` of the contract names. */
  lookUp(ref: Json | undefined): Schema | undefined {
    if (typeof ref !== "string" || !ref.startsWith(PREFIX)) return undefined;
    return own(this.#schemas, ref.slice(PREFIX.length)) as Schema | undefined;
  }

  /** Whether a text is one of the pattern; null for a pattern that cannot be used. */
  testOf(pattern: string): Test | null {
    const known = this.#tests.get(pattern);
    if (known !== undefined) return known;
    const test = this.#makeTest(pattern);
    this.#tests.set(pattern, test);
    return test;
  }

  #makeTest(pattern: string): Test | null {
    const judged = this.#judgePattern(pattern);
    if (judged.source === null) return null;
    if (judged.linear !== null) {
      const expression = linearExpression(judged.linear);
      return (text) => expression.test(text);
    }
    const expression = new RegExp(judged.source, "u");
    return (text) => expression.test(text);
  }

  #check(schema: Schema, value: Json, outer: Seen | null): boolean {
    if (!isObject(schema)) return schema !== false;
    if (++this.#nesting > NESTING_MAX) {
      this.#nesting--;
      return false;
    }
    const isTracked =
      outer !== null || isSchema(schema["unevaluatedProperties"]) || isSchema(schema["unevaluatedItems"]);
    const seen = isTracked ? { names: new Set<string>(), indexes: new Set<number>() } : null;
    const holds = this.#checkOwn(schema, value, seen);
    this.#nesting--;
    if (!holds) return false;
    if (outer !== null && seen !== null) merge(outer, seen);
    return true;
  }

  #checkOwn(schema: JsonObject, value: Json, seen: Seen | null): boolean {
    return (
      fitsType(schema, value) &&
      fitsConstants(schema, value) &&
      this.#fitsKind(schema, value, seen) &&
      this.#checkApplied(schema, value, seen) &&
      this.#checkUnevaluated(schema, value, seen)
    );
  }

  #fitsKind(schema: JsonObject, value: Json, seen: Seen | null): boolean {
    if (typeof value === "number") return fitsNumber(schema, value);
    if (typeof value === "string") return this.#fitsString(schema, value);
    if (isArray(value)) return this.#fitsArray(schema, value, seen);
    return !isObject(value) || this.#fitsObject(schema, value, seen);
  }

  #fitsString(schema: JsonObject, value: string): boolean {
    const { minLength, maxLength, pattern, format } = schema;
    if (typeof minLength === "number" || typeof maxLength === "number") {
      const length = stringLength(value);
      if (typeof minLength === "number" && length < minLength) return false;
      if (typeof maxLength === "number" && length > maxLength) return false;
    }
    if (typeof pattern === "string" && this.testOf(pattern)?.(value) === false) return false;
    if (!fitsFormat(format, value)) return false;
    if (!isJsonString(schema)) return true;
    const content = parseJson(value);
    return content !== undefined && this.#check(schema["contentSchema"] as Schema, content, null);
  }

  #fitsArray(schema: JsonObject, value: readonly Json[], seen: Seen | null): boolean {
    const { minItems, maxItems, uniqueItems, prefixItems, items, contains } = schema;
    if (typeof minItems === "number" && value.length < minItems) return false;
    if (typeof maxItems === "number" && value.length > maxItems) return false;
    if (uniqueItems === true && value.some((item, index) => value.slice(0, index).some((one) => equal(one, item)))) {
      return false;
    }
    const first = isArray(prefixItems) ? prefixItems : [];
    for (const [index, item] of value.entries()) {
      const own = index < first.length ? first[index] : items;
      if (!isSchema(own)) continue;
      if (!this.#check(own as Schema, item, null)) return false;
      seen?.indexes.add(index);
    }
    if (!isSchema(contains)) return true;
    return this.#fitsContains(schema, value, seen);
  }

  /** As the validators have it: where at least one item must fit, all items count as looked at, and not only those that do. */
  #fitsContains(schema: JsonObject, value: readonly Json[], seen: Seen | null): boolean {
    const { contains, minContains, maxContains } = schema;
    const least = typeof minContains === "number" ? minContains : 1;
    const most = typeof maxContains === "number" ? maxContains : Number.POSITIVE_INFINITY;
    if (least === 0 && most === Number.POSITIVE_INFINITY) return true;
    const count = value.filter((item) => this.#check(contains as Schema, item, null)).length;
    if (count < least || count > most) return false;
    for (const index of value.keys()) seen?.indexes.add(index);
    return true;
  }

  #fitsObject(schema: JsonObject, value: JsonObject, seen: Seen | null): boolean {
    const names = Object.keys(value);
    const { minProperties, maxProperties, required, propertyNames, dependentRequired } = schema;
    if (typeof minProperties === "number" && names.length < minProperties) return false;
    if (typeof maxProperties === "number" && names.length > maxProperties) return false;
    if (isArray(required) && !required.every((name) => typeof name !== "string" || Object.hasOwn(value, name))) {
      return false;
    }
    if (isSchema(propertyNames) && !names.every((name) => this.#check(propertyNames as Schema, name, null)))
      return false;
    if (isObject(dependentRequired)) {
      for (const [name, needed] of Object.entries(dependentRequired)) {
        if (!Object.hasOwn(value, name) || !isArray(needed)) continue;
        if (!needed.every((one) => typeof one !== "string" || Object.hasOwn(value, one))) return false;
      }
    }
    for (const name of names) {
      const member = value[name] as Json;
      for (const one of this.memberSchemas(schema, name)) {
        if (!this.#check(one, member, null)) return false;
        seen?.names.add(name);
      }
    }
    return true;
  }

  /** What one schema object itself says of a property: by its name, by patterns, or else by what holds for all others. */
  memberSchemas(schema: JsonObject, name: string): readonly Schema[] {
    const { properties, patternProperties, additionalProperties } = schema;
    const found: Schema[] = [];
    const named = isObject(properties) ? own(properties, name) : undefined;
    if (isSchema(named)) found.push(named as Schema);
    if (isObject(patternProperties)) {
      for (const [pattern, one] of Object.entries(patternProperties)) {
        if (isSchema(one) && this.testOf(pattern)?.(name) === true) found.push(one as Schema);
      }
    }
    if (found.length === 0 && isSchema(additionalProperties)) found.push(additionalProperties as Schema);
    return found;
  }

  #checkApplied(schema: JsonObject, value: Json, seen: Seen | null): boolean {
    const { $ref: ref, allOf, anyOf, oneOf, not, dependentSchemas } = schema;
    const target = this.lookUp(ref);
    if (target !== undefined && !this.#check(target, value, seen)) return false;
    if (isArray(allOf) && !allOf.every((one) => !isSchema(one) || this.#check(one as Schema, value, seen)))
      return false;
    const any = schemasOf(anyOf);
    // What a later branch looks at counts as well, so where that matters none is left out.
    const holds = (one: Schema) => this.#check(one, value, seen);
    if (any.length > 0 && !(seen === null ? any.some(holds) : any.filter(holds).length > 0)) return false;
    const one = schemasOf(oneOf);
    if (one.length > 0 && one.filter(holds).length !== 1) return false;
    if (isSchema(not) && this.#check(not as Schema, value, null)) return false;
    if (isObject(dependentSchemas) && isObject(value)) {
      for (const [name, dependent] of Object.entries(dependentSchemas)) {
        if (!Object.hasOwn(value, name) || !isSchema(dependent)) continue;
        if (!this.#check(dependent as Schema, value, seen)) return false;
      }
    }
    if (!isSchema(schema["if"])) return true;
    const branch = schema[this.#check(schema["if"] as Schema, value, seen) ? "then" : "else"];
    return !isSchema(branch) || this.#check(branch as Schema, value, seen);
  }

  #checkUnevaluated(schema: JsonObject, value: Json, seen: Seen | null): boolean {
    const { unevaluatedProperties, unevaluatedItems } = schema;
    if (seen === null) return true;
    if (isSchema(unevaluatedProperties) && isObject(value)) {
      for (const name of Object.keys(value)) {
        if (seen.names.has(name)) continue;
        if (!this.#check(unevaluatedProperties as Schema, value[name] as Json, null)) return false;
        seen.names.add(name);
      }
    }
    if (isSchema(unevaluatedItems) && isArray(value)) {
      for (const [index, item] of value.entries()) {
        if (seen.indexes.has(index)) continue;
        if (!this.#check(unevaluatedItems as Schema, item, null)) return false;
        seen.indexes.add(index);
      }
    }
    return true;
  }
}

const PREFIX = "#/schemas/";

function merge(into: Seen, from: Seen): void {
  for (const name of from.names) into.names.add(name);
  for (const index of from.indexes) into.indexes.add(index);
}

/** The schemas of `anyOf` and the like; none where it is no such list. */
export function schemasOf(value: Json | undefined): readonly Schema[] {
  return isArray(value) ? (value.filter(isSchema) as readonly Schema[]) : [];
}

function fitsType({ type }: JsonObject, value: Json): boolean {
  if (typeof type === "string") return isOfType(value, type);
  return !isArray(type) || type.length === 0 || type.some((one) => typeof one === "string" && isOfType(value, one));
}

/** A type that there is not says nothing. */
export function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return typeof value === "number" && Number.isInteger(value);
    case "boolean":
    case "number":
    case "string":
      return typeof value === type;
    default:
      return true;
  }
}

function fitsConstants(schema: JsonObject, value: Json): boolean {
  const { enum: values } = schema;
  if (Object.hasOwn(schema, "const") && !equal(schema["const"] as Json, value)) return false;
  if (!isArray(values) || values.length === 0 || schema["x-open-enum"] === true) return true;
  return values.some((one) => equal(one, value));
}

function fitsNumber(schema: JsonObject, value: number): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  return (
    !(typeof minimum === "number" && value < minimum) &&
    !(typeof maximum === "number" && value > maximum) &&
    !(typeof exclusiveMinimum === "number" && value <= exclusiveMinimum) &&
    !(typeof exclusiveMaximum === "number" && value >= exclusiveMaximum) &&
    !(typeof multipleOf === "number" && multipleOf > 0 && !isMultipleOf(value, multipleOf)) &&
    fitsFormat(format, value)
  );
}

import { isArray, isObject, isSchema, own } from "../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../model/index.ts";
import type { Alternative, Part } from "./alternatives.ts";
import { arrayFacts, objectFacts } from "./members.ts";
import type { BoundKeyword, Content, Held, Opaque, Shape } from "./shape.ts";
import {
  closedValues,
  FRACTION,
  hasType,
  isTypeExclusion,
  NO_TYPE,
  type TypeName,
  type TypeSet,
  typeOf,
  typesNamed,
} from "./types.ts";
import { distinctValues, sharedValues } from "./values.ts";

/** What an alternative says of values of one type. */
export function makeShape(alternative: Alternative, type: TypeName): Shape {
  const { parts, title, reference, isVariant, isExclusive } = alternative;
  const schemas = parts.map(({ schema }) => schema);
  const isInteger = type === "number" && (alternative.types & FRACTION) === 0;
  const bounds = boundsOf(schemas, type, isInteger);
  const shape: Shape = {
    type,
    types: alternative.types & typesNamed(type),
    schemas,
    ...(title === undefined ? {} : { title }),
    ...(reference === undefined ? {} : { reference }),
    isVariant,
    isExclusive,
    values: null,
    known: type === "string" ? knownStrings(schemas) : null,
    bounds,
    multiples: type === "number" ? multiplesOf(schemas, isInteger) : [],
    patterns: type === "string" ? stringsOf(schemas, "pattern") : new Map(),
    formats: type === "string" || type === "number" ? stringsOf(schemas, "format") : new Map(),
    content: type === "string" ? contentOf(schemas) : null,
    isUnique: type === "array" ? (schemas.find((schema) => own(schema, "uniqueItems") === true) ?? null) : null,
    object: objectFacts(type === "object" ? parts : []),
    array: arrayFacts(type === "array" ? parts : []),
    opaque: opaquesOf(parts, alternative, type),
  };
  const values = valuesOf(schemas, shape, isInteger);
  if (values === null) return shape;
  return { ...shape, values, types: values.value.reduce<TypeSet>((all, value) => all | typeOf(value), NO_TYPE) };
}

/** The values that all enumerations share, without those that another keyword forbids. */
function valuesOf(schemas: readonly JsonObject[], shape: Shape, isInteger: boolean): Held<readonly Json[]> | null {
  const found = schemas.reduce<Held<readonly Json[]> | null>((before, holder) => {
    const values = closedValues(holder);
    if (values === null) return before;
    if (before === null) return { value: distinctValues(values), holder };
    // The place that is shown is that of the smaller list: it decides.
    const smaller = values.length < before.value.length ? holder : before.holder;
    return { value: sharedValues(before.value, values), holder: smaller };
  }, null);
  if (found === null) return null;
  const fitting = found.value.filter(
    (value) =>
      hasType(typeOf(value), shape.type) &&
      !(isInteger && !Number.isInteger(value)) &&
      [...shape.bounds].every(([keyword, { value: bound }]) => keepsToBound(value, keyword, bound)),
  );
  // Both values of a boolean are as good as none.
  if (shape.type === "boolean" && fitting.length === 2) return null;
  if (shape.type === "null") return null;
  return { value: fitting, holder: found.holder };
}

/** Whether a value keeps to a bound; what the bound does not speak of does. */
export function keepsToBound(value: Json, keyword: BoundKeyword, bound: number): boolean {
  switch (keyword) {
    case "minLength":
      return typeof value !== "string" || [...value].length >= bound;
    case "maxLength":
      return typeof value !== "string" || [...value].length <= bound;
    case "minimum":
      return typeof value !== "number" || value >= bound;
    case "exclusiveMinimum":
      return typeof value !== "number" || value > bound;
    case "maximum":
      return typeof value !== "number" || value <= bound;
    case "exclusiveMaximum":
      return typeof value !== "number" || value < bound;
    case "minItems":
      return !isArray(value) || value.length >= bound;
    case "maxItems":
      return !isArray(value) || value.length <= bound;
    case "minProperties":
      return !isObject(value) || Object.keys(value).length >= bound;
    case "maxProperties":
      return !isObject(value) || Object.keys(value).length <= bound;
    default:
      return keyword satisfies never;
  }
}

const BOUNDS: Readonly<Record<TypeName, readonly (readonly [BoundKeyword, "lower" | "upper"])[]>> = {
  null: [],
  boolean: [],
  number: [
    ["minimum", "lower"],
    ["exclusiveMinimum", "lower"],
    ["maximum", "upper"],
    ["exclusiveMaximum", "upper"],
  ],
  string: [
    ["minLength", "lower"],
    ["maxLength", "upper"],
  ],
  array: [
    ["minItems", "lower"],
    ["maxItems", "upper"],
  ],
  object: [
    ["minProperties", "lower"],
    ["maxProperties", "upper"],
  ],
};

function boundsOf(schemas: readonly JsonObject[], type: TypeName, isInteger: boolean): Map<BoundKeyword, Held<number>> {
  const found = new Map<BoundKeyword, Held<number>>();
  for (const [keyword, side] of BOUNDS[type]) {
    for (const holder of schemas) {
      const value = own(holder, keyword);
      if (typeof value !== "number") continue;
      const before = found.get(keyword)?.value;
      const isTighter = before === undefined || (side === "lower" ? value > before : value < before);
      if (isTighter) found.set(keyword, { value, holder });
    }
  }
  for (const keyword of ["minLength", "minItems", "minProperties"] as const) {
    if ((found.get(keyword)?.value ?? 1) <= 0) found.delete(keyword);
  }
  if (type === "number") joinExclusive(found, isInteger);
  return found;
}

/** Of an inclusive and an exclusive bound only the tighter says something; for integers there is always an inclusive one. */
function joinExclusive(found: Map<BoundKeyword, Held<number>>, isInteger: boolean): void {
  for (const [plain, exclusive, sign] of [
    ["minimum", "exclusiveMinimum", 1],
    ["maximum", "exclusiveMaximum", -1],
  ] as const) {
    if (isInteger) {
      const inclusive = found.get(plain);
      const strict = found.get(exclusive);
      const round = (value: number) => (sign === 1 ? Math.ceil(value) : Math.floor(value));
      const candidates: Held<number>[] = [];
      if (inclusive !== undefined) candidates.push({ ...inclusive, value: round(inclusive.value) });
      if (strict !== undefined) {
        const isWhole = Number.isInteger(strict.value);
        candidates.push({ ...strict, value: isWhole ? strict.value + sign : round(strict.value) });
      }
      const [tightest] = candidates.sort((a, b) => (b.value - a.value) * sign);
      found.delete(exclusive);
      if (tightest !== undefined) found.set(plain, tightest);
      continue;
    }
    const inclusive = found.get(plain);
    const strict = found.get(exclusive);
    if (inclusive === undefined || strict === undefined) continue;
    found.delete((strict.value - inclusive.value) * sign >= 0 ? plain : exclusive);
  }
}

function multiplesOf(schemas: readonly JsonObject[], isInteger: boolean): readonly Held<number>[] {
  return schemas.flatMap((holder): Held<number>[] => {
    const value = own(holder, "multipleOf");
    if (typeof value !== "number" || !(value > 0)) return [];
    // Every integer is a multiple of what divides 1.
    return isInteger && Number.isInteger(1 / value) ? [] : [{ value, holder }];
  });
}

function stringsOf(schemas: readonly JsonObject[], keyword: string): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const holder of schemas) {
    const value = own(holder, keyword);
    if (typeof value === "string" && !found.has(value)) found.set(value, holder);
  }
  return found;
}

function knownStrings(schemas: readonly JsonObject[]): Held<readonly Json[]> | null {
  for (const holder of schemas) {
    const values = own(holder, "enum");
    if (own(holder, "x-open-enum") !== true || !isArray(values)) continue;
    const value = distinctValues(values.filter((one) => typeof one === "string"));
    return value.length === 0 ? null : { value, holder };
  }
  return null;
}

function contentOf(schemas: readonly JsonObject[]): Content | null {
  const text = (keyword: string) => {
    const holder = schemas.find((schema) => typeof own(schema, keyword) === "string");
    return holder === undefined ? null : { holder, value: String(own(holder, keyword)).trim().toLowerCase() };
  };
  const mediaType = text("contentMediaType");
  const encoding = text("contentEncoding");
  const withSchema = schemas.filter((schema) => isSchema(own(schema, "contentSchema")));
  const holder = mediaType?.holder ?? encoding?.holder ?? withSchema[0];
  if (holder === undefined) return null;
  const isJson = mediaType !== null && encoding === null && isJsonMediaType(mediaType.value);
  return {
    mediaType: mediaType === null ? null : mediaType.value.replace(/\s*;.*$/, ""),
    encoding: encoding?.value ?? null,
    schemas: withSchema.map((schema) => own(schema, "contentSchema") as Schema),
    isJson,
    holder,
  };
}

function isJsonMediaType(mediaType: string): boolean {
  return /^(?:application|text)\/(?:[\w.-]+\+)?json(?:\s*;|$)/.test(mediaType);
}

function opaquesOf(parts: readonly Part[], alternative: Alternative, type: TypeName): readonly Opaque[] {
  const found: Opaque[] = alternative.unions.map(({ keyword, branches, holder }) => ({
    keyword,
    name: "",
    schemas: branches,
    numbers: [branches.length],
    holder,
  }));
  for (const { schema: holder } of parts) {
    const add = (keyword: string, schemas: readonly Schema[], name = "", numbers: Opaque["numbers"] = []) =>
      found.push({ keyword, name, schemas, numbers, holder });
    const get = (keyword: string): Schema | undefined => {
      const value = own(holder, keyword);
      return value !== undefined && isSchema(value) ? (value as Schema) : undefined;
    };
    const not = get("not");
    if (not !== undefined && !isTypeExclusion(not)) add("not", [not]);
    const condition = get("if");
    const [then = true, otherwise = true] = [get("then"), get("else")];
    if (condition !== undefined && !(then === true && otherwise === true)) add("if", [condition, then, otherwise]);
    if (type === "array") addContains(holder, get("contains"), add);
    const unevaluated = `unevaluated${type === "array" ? "Items" : "Properties"}`;
    const left = type === "array" || type === "object" ? get(unevaluated) : undefined;
    if (left !== undefined && left !== true && isUncertain(holder, parts, alternative))
      add(unevaluated, [left, withoutUnevaluated(holder)]);
    if (type !== "object") continue;
    const names = get("propertyNames");
    if (names !== undefined && names !== true) add("propertyNames", [names]);
    const dependent = own(holder, "dependentSchemas");
    for (const [name, schema] of isObject(dependent) ? Object.entries(dependent) : [])
      if (isSchema(schema) && schema !== true) add("dependentSchemas", [schema as Schema], name);
  }
  return found;
}

/** Whether what `unevaluated…` leaves over depends on the value, so that no list of names or items says it. */
function isUncertain(holder: JsonObject, parts: readonly Part[], alternative: Alternative): boolean {
  if (alternative.unions.length > 0 || (alternative.isVariant && !alternative.isExclusive)) return true;
  return parts.some(
    ({ schema, within }) =>
      within.has(holder) && ["if", "dependentSchemas", "contains"].some((keyword) => Object.hasOwn(schema, keyword)),
  );
}

/** The same copy each time, or a recursive schema would give a new one at every step. */
const copies = new WeakMap<JsonObject, JsonObject>();

function withoutUnevaluated(holder: JsonObject): JsonObject {
  const known = copies.get(holder);
  if (known !== undefined) return known;
  const { unevaluatedProperties, unevaluatedItems, ...copy } = holder;
  copies.set(holder, copy);
  return copy;
}

function addContains(
  holder: JsonObject,
  contains: Schema | undefined,
  add: (keyword: string, schemas: readonly Schema[], name: string, numbers: Opaque["numbers"]) => void,
): void {
  if (contains === undefined) return;
  const min = own(holder, "minContains");
  const max = own(holder, "maxContains");
  const least = typeof min === "number" ? min : 1;
  const most = typeof max === "number" ? max : null;
  if (least > 0 || most !== null) add("contains", [contains], "", [least, most]);
}

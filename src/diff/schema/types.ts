import { isArray, isObject, isSchema, own } from "../../json/index.ts";
import type { Json, JsonObject } from "../../model/index.ts";

/** The kinds of values that keywords of their own constrain; an integer is a number without a fraction. */
export type TypeName = "null" | "boolean" | "number" | "string" | "array" | "object";

export const TYPE_NAMES: readonly TypeName[] = ["null", "boolean", "number", "string", "array", "object"];

/** A set of types, one bit each; numbers are two, so that `integer` is a part of `number`. */
export type TypeSet = number;

export const NO_TYPE: TypeSet = 0;
const NULL = 1;
const BOOLEAN = 2;
const INTEGER = 4;
export const FRACTION = 8;
const STRING = 16;
const ARRAY = 32;
const OBJECT = 64;
export const EVERY_TYPE: TypeSet = 127;

const BITS: Readonly<Record<TypeName, TypeSet>> = {
  null: NULL,
  boolean: BOOLEAN,
  number: INTEGER | FRACTION,
  string: STRING,
  array: ARRAY,
  object: OBJECT,
};

export function typesNamed(name: TypeName): TypeSet {
  return BITS[name];
}

export function hasType(types: TypeSet, name: TypeName): boolean {
  return (types & BITS[name]) !== 0;
}

/** As a document would write them, in a fixed order. */
export function typeNames(types: TypeSet): readonly string[] {
  return TYPE_NAMES.flatMap((name) => {
    if (!hasType(types, name)) return [];
    return name === "number" && (types & FRACTION) === 0 ? ["integer"] : [name];
  });
}

export function typeOf(value: Json): TypeSet {
  if (value === null) return NULL;
  if (isArray(value)) return ARRAY;
  if (isObject(value)) return OBJECT;
  if (typeof value === "number") return Number.isInteger(value) ? INTEGER : FRACTION;
  return typeof value === "string" ? STRING : BOOLEAN;
}

/** The types that the keywords of one schema object allow, not those of the schemas in it. */
export function typesOf(schema: JsonObject): TypeSet {
  let types = ofTypeKeyword(own(schema, "type"));
  const values = closedValues(schema);
  if (values !== null) types &= values.reduce<TypeSet>((all, value) => all | typeOf(value), NO_TYPE);
  const step = own(schema, "multipleOf");
  if (typeof step === "number" && step > 0 && Number.isInteger(step)) types &= ~FRACTION;
  const not = own(schema, "not");
  if (not !== undefined && isSchema(not)) types &= ~whollyExcluded(not);
  return types;
}

/** The only values that the keywords of one schema object allow; null where they list none, or are open to others. */
export function closedValues(schema: JsonObject): readonly Json[] | null {
  const only = own(schema, "const");
  if (only !== undefined) return [only];
  const listed = own(schema, "enum");
  if (!isArray(listed) || own(schema, "x-open-enum") === true) return null;
  return listed as readonly Json[];
}

function ofTypeKeyword(type: Json | undefined): TypeSet {
  if (type === undefined) return EVERY_TYPE;
  const names = isArray(type) ? type : [type];
  let types = NO_TYPE;
  for (const name of names) {
    if (name === "integer") types |= INTEGER;
    else if (typeof name === "string" && Object.hasOwn(BITS, name)) types |= BITS[name as TypeName];
    // What is no type is reported when the document is read, and says nothing here.
    else return EVERY_TYPE;
  }
  return names.length === 0 ? EVERY_TYPE : types;
}

/** The types of which a negated schema leaves no value: it names types and nothing else. */
function whollyExcluded(not: JsonObject | boolean): TypeSet {
  if (typeof not === "boolean") return not ? EVERY_TYPE : NO_TYPE;
  const isOnlyType = Object.keys(not).every((key) => key === "type" || ANNOTATIONS.has(key));
  return isOnlyType ? ofTypeKeyword(own(not, "type")) : NO_TYPE;
}

const ANNOTATIONS: ReadonlySet<string> = new Set(["title", "description", "default", "examples", "deprecated"]);

/** Whether a `not` says no more than what `typesOf` has taken from it. */
export function isTypeExclusion(not: Json | undefined): boolean {
  return not !== undefined && isSchema(not) && (not === false || whollyExcluded(not) !== NO_TYPE);
}

import type { Json, JsonObject, Schema } from "../../model/index.ts";
import type { TypeName, TypeSet } from "./types.ts";

/** Several schemas that a value must keep to at once; none allows everything. Equal ones are the same object. */
export interface Node {
  readonly id: number;
  readonly schemas: readonly JsonObject[];
  /** One of them is `false`. */
  readonly isFalse: boolean;
}

/** What a node says, by the types of values. */
export interface TypedNode {
  readonly types: TypeSet;
  /** For each type the ways to keep to the node; several are variants of a union. */
  readonly shapes: Readonly<Record<TypeName, readonly Shape[]>>;
  /** Some type has variants, or some are of different types. */
  readonly isUnion: boolean;
  readonly deprecated: JsonObject | null;
}

/** A value of a keyword, and the schema that says it. */
export interface Held<Value> {
  readonly value: Value;
  readonly holder: JsonObject;
}

/** One way to keep to a node with values of one type, without references and unions. */
export interface Shape {
  readonly type: TypeName;
  /** Those of this name that it allows: of numbers only the integers, perhaps. */
  readonly types: TypeSet;
  readonly schemas: readonly JsonObject[];
  readonly title?: string;
  readonly reference?: string;
  readonly isVariant: boolean;
  readonly isExclusive: boolean;
  /** The only values; null where others are allowed. */
  readonly values: Held<readonly Json[]> | null;
  /** Values that are named though others are allowed: an open enum. */
  readonly known: Held<readonly Json[]> | null;
  /** `minLength`, `maximum`, … by keyword, those that say something. */
  readonly bounds: ReadonlyMap<BoundKeyword, Held<number>>;
  readonly multiples: readonly Held<number>[];
  readonly patterns: ReadonlyMap<string, JsonObject>;
  readonly formats: ReadonlyMap<string, JsonObject>;
  readonly content: Content | null;
  readonly isUnique: JsonObject | null;
  readonly object: ObjectFacts;
  readonly array: ArrayFacts;
  readonly opaque: readonly Opaque[];
}

export type BoundKeyword =
  | "minLength"
  | "maxLength"
  | "minimum"
  | "exclusiveMinimum"
  | "maximum"
  | "exclusiveMaximum"
  | "minItems"
  | "maxItems"
  | "minProperties"
  | "maxProperties";

/** What a string holds. */
export interface Content {
  readonly mediaType: string | null;
  readonly encoding: string | null;
  /** Of JSON in the string, decoded. */
  readonly schemas: readonly Schema[];
  readonly isJson: boolean;
  readonly holder: JsonObject;
}

/** What one schema says of an object's properties. */
export interface ObjectPart {
  readonly holder: JsonObject;
  readonly properties: JsonObject;
  readonly patterns: readonly (readonly [pattern: string, schema: Schema])[];
  /** Of all others; undefined where it says nothing of them. */
  readonly additional: Schema | undefined;
}

export interface ObjectFacts {
  readonly parts: readonly ObjectPart[];
  readonly required: ReadonlyMap<string, JsonObject>;
  readonly dependentRequired: ReadonlyMap<string, ReadonlyMap<string, JsonObject>>;
}

/** What one schema says of an array's items. */
export interface ArrayPart {
  readonly holder: JsonObject;
  readonly prefix: readonly Schema[];
  readonly rest: Schema | undefined;
}

export interface ArrayFacts {
  readonly parts: readonly ArrayPart[];
}

/** Something that is compared as a whole: `not`, `if`, `contains`, … */
export interface Opaque {
  readonly keyword: string;
  /** What must be equal for two to be compared at all: the name of a `dependentSchemas`. */
  readonly name: string;
  readonly schemas: readonly Schema[];
  /** Numbers beside it: `minContains`, `maxContains`. */
  readonly numbers: readonly (number | null)[];
  readonly holder: JsonObject;
}

/** Whether every value of its type keeps to a shape. */
export function saysNothing(shape: Shape): boolean {
  const { values, known, bounds, multiples, patterns, formats, content, isUnique, object, array, opaque } = shape;
  if (values !== null || known !== null || content !== null || isUnique !== null) return false;
  if (bounds.size + multiples.length + patterns.size + formats.size + opaque.length > 0) return false;
  return object.parts.length + object.required.size + object.dependentRequired.size + array.parts.length === 0;
}

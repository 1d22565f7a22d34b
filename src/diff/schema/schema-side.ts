import { isObject, joinPointer, own, parsePointer } from "../../json/index.ts";
import type { Json, JsonObject, Schema, SourceLocation } from "../../model/index.ts";
import type { DiffSide } from "../side.ts";
import { type Alternative, alternativesOf } from "./alternatives.ts";
import { makeShape } from "./make-shape.ts";
import { matchesPattern } from "./pattern.ts";
import { type Node, type ObjectFacts, type Shape, saysNothing, type TypedNode } from "./shape.ts";
import { hasType, NO_TYPE, TYPE_NAMES, type TypeName, type TypeSet } from "./types.ts";
import { distinctValues, idOfValue } from "./values.ts";

const PREFIX = "#/schemas/";
/** Required properties within required properties that are looked at to see that an object is not possible. */
const DEPTH_MAX = 30;
/** References in a row that are followed to say where something is written. */
const REFERENCES_MAX = 100;
const ANNOTATIONS: ReadonlySet<string> = new Set(["title", "description", "summary", "examples", "default"]);

/** The schemas of one of the two contracts, as the comparison reads them. Everything is worked out once. */
export class SchemaSide {
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #sourceOf: DiffSide["schemaSource"];
  readonly #ids = new WeakMap<JsonObject, number>();
  readonly #nodes = new Map<string, Node>();
  readonly #typed = new Map<Node, TypedNode>();
  readonly #open = new Set<Node>();
  readonly #constants = new WeakMap<Shape, ReadonlyMap<string, string>>();
  #lastId = 0;

  constructor({ contract, schemaSource }: DiffSide) {
    this.#schemas = contract.schemas;
    this.#sourceOf = schemaSource;
  }

  /** The conjunction of some schemas; the same object for the same schemas. */
  node(schemas: readonly Schema[]): Node {
    const distinct = [...new Set(schemas)].filter((schema) => schema !== true && !isEmpty(schema));
    const isFalse = distinct.includes(false);
    const objects = isFalse ? [] : distinct.filter(isObject);
    const key = isFalse
      ? "false"
      : objects
          .map((schema) => this.#idOf(schema))
          .sort((a, b) => a - b)
          .join(" ");
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const node: Node = { id: this.#nodes.size, schemas: objects as readonly JsonObject[], isFalse };
    this.#nodes.set(key, node);
    return node;
  }

  typed(node: Node): TypedNode {
    const known = this.#typed.get(node);
    if (known !== undefined) return known;
    this.#open.add(node);
    const typed = this.#makeTyped(node);
    this.#open.delete(node);
    this.#typed.set(node, typed);
    return typed;
  }

  /** Whether nothing keeps to a node; false also where finding out would take too long. */
  isImpossible(node: Node): boolean {
    if (node.isFalse) return true;
    if (node.schemas.length === 0 || this.#open.has(node)) return false;
    if (!this.#typed.has(node) && this.#open.size > DEPTH_MAX) return false;
    return this.typed(node).types === NO_TYPE;
  }

  /** What a property must keep to, declared or not. */
  property(facts: ObjectFacts, name: string): Node {
    return this.node(
      facts.parts.flatMap(({ properties, patterns, additional }): readonly Schema[] => {
        const declared = own(properties, name);
        const found: Schema[] = declared === undefined ? [] : [asSchema(declared)];
        for (const [pattern, schema] of patterns) if (matchesPattern(pattern, name) !== false) found.push(schema);
        return declared === undefined && found.length === 0 && additional !== undefined ? [additional] : found;
      }),
    );
  }

  /** What properties must keep to that no name and no pattern speaks of. */
  additional(facts: ObjectFacts): Node {
    return this.node(
      facts.parts.flatMap(({ additional }): readonly Schema[] => (additional === undefined ? [] : [additional])),
    );
  }

  /** Whether some schema speaks of a property by its name, or by a pattern of names, and does not forbid it. */
  declares(facts: ObjectFacts, name: string): boolean {
    const isNamed = facts.parts.some(
      ({ properties, patterns }) =>
        Object.hasOwn(properties, name) || patterns.some(([pattern]) => matchesPattern(pattern, name) === true),
    );
    return isNamed && !this.isImpossible(this.property(facts, name));
  }

  /** The properties of an object that have one value, with a text of it. */
  constants(shape: Shape): ReadonlyMap<string, string> {
    const known = this.#constants.get(shape);
    if (known !== undefined) return known;
    const found = new Map<string, string>();
    for (const { properties } of shape.object.parts) {
      for (const name of Object.keys(properties)) {
        const value = this.#onlyValue(this.property(shape.object, name));
        if (value !== null) found.set(name, value);
      }
    }
    this.#constants.set(shape, found);
    return found;
  }

  #onlyValue(node: Node): string | null {
    // A value that stands where it is looked for: deeper ones would be looked for in each other without end.
    if (node.schemas.length === 0 || this.#open.has(node) || this.#open.size > DEPTH_MAX) return null;
    const { shapes } = this.typed(node);
    const all = TYPE_NAMES.flatMap((name) => shapes[name]);
    const [only] = all;
    const values = only?.values?.value;
    return all.length === 1 && values?.length === 1 ? idOfValue(values[0] ?? null) : null;
  }

  /** Where a keyword of a schema was written; null for a schema that was put together when it was read. */
  locate(schemas: readonly JsonObject[], ...tokens: readonly string[]): SourceLocation | null {
    for (const schema of schemas) {
      const source = this.#sourceOf(this.#target(schema));
      if (source !== undefined) return { file: source.file, pointer: joinPointer(source.pointer, ...tokens) };
    }
    return null;
  }

  /** What a schema that only refers to another stands for: what is said there is written there. */
  #target(schema: JsonObject): JsonObject {
    let current = schema;
    for (let steps = 0; steps < REFERENCES_MAX; steps++) {
      if (!Object.keys(current).every((key) => key === "$ref" || ANNOTATIONS.has(key))) return current;
      const next = this.lookUp(own(current, "$ref"));
      if (!isObject(next)) return current;
      current = next as JsonObject;
    }
    return schema;
  }

  lookUp = (ref: unknown): Schema | undefined => {
    if (typeof ref !== "string" || !ref.startsWith(PREFIX)) return undefined;
    const [key] = parsePointer(`/${ref.slice(PREFIX.length)}`) ?? [];
    return key !== undefined && Object.hasOwn(this.#schemas, key) ? this.#schemas[key] : undefined;
  };

  #idOf(schema: JsonObject): number {
    const known = this.#ids.get(schema);
    if (known !== undefined) return known;
    this.#ids.set(schema, ++this.#lastId);
    return this.#lastId;
  }

  #makeTyped(node: Node): TypedNode {
    const alternatives = node.isFalse ? [] : alternativesOf(node.schemas, this.lookUp);
    const shapes = Object.fromEntries(
      TYPE_NAMES.map((name) => [name, this.#shapesOf(alternatives, name)]),
    ) as unknown as TypedNode["shapes"];
    let types: TypeSet = NO_TYPE;
    for (const name of TYPE_NAMES) for (const shape of shapes[name]) types |= shape.types;
    return {
      types,
      shapes,
      isUnion: alternatives.filter(({ isVariant }) => isVariant).length > 1,
      deprecated: deprecatedIn(alternatives),
    };
  }

  #shapesOf(alternatives: readonly Alternative[], name: TypeName): readonly Shape[] {
    const shapes = alternatives
      .filter(({ types }) => hasType(types, name))
      .map((alternative) => makeShape(alternative, name))
      .filter((shape) => !this.#isImpossibleShape(shape));
    if (name === "null")
      return shapes.some(saysNothing) ? shapes.filter(saysNothing).slice(0, 1) : withoutCopies(shapes);
    return joinValues(withoutCopies(shapes));
  }

  #isImpossibleShape(shape: Shape): boolean {
    if (shape.values !== null && shape.values.value.length === 0) return true;
    if (shape.type !== "object") return false;
    return [...shape.object.required.keys()].some((name) => this.isImpossible(this.property(shape.object, name)));
  }
}

/** Only that which every way to keep to the schema says is said of the value. */
function deprecatedIn(alternatives: readonly Alternative[]): JsonObject | null {
  const [first, ...others] = alternatives;
  const found = first?.parts.find(
    ({ schema }) =>
      own(schema, "deprecated") === true && others.every(({ parts }) => parts.some((part) => part.schema === schema)),
  );
  return found?.schema ?? null;
}

/** Two ways that come to the same schemas are one. */
function withoutCopies(shapes: readonly Shape[]): readonly Shape[] {
  return shapes.filter((shape, index) => !shapes.slice(0, index).some((other) => isSame(shape, other)));
}

function isSame(a: Shape, b: Shape): boolean {
  return a.schemas.length === b.schemas.length && a.schemas.every((schema, index) => schema === b.schemas[index]);
}

/**
 * Alternatives that list values are one enumeration (`oneOf: [{ const: "a" }, { const: "b" }]`); with one that allows every
 * string they are an open enumeration.
 */
function joinValues(shapes: readonly Shape[]): readonly Shape[] {
  const listed = shapes.filter(
    ({ values, opaque, type }) => values !== null && opaque.length === 0 && type !== "object" && type !== "array",
  );
  const [first] = listed;
  if (first?.values == null || shapes.length < 2) return shapes;
  const all = distinctValues(listed.flatMap(({ values }): readonly Json[] => values?.value ?? []));
  const others = shapes.filter((shape) => !listed.includes(shape));
  const open = others.find(saysNothing);
  const value = { value: all, holder: first.values.holder };
  if (first.type === "boolean" && all.length === 2) return [{ ...first, values: null }];
  if (open !== undefined) return first.type === "string" ? [{ ...open, known: value }] : [open];
  const types = listed.reduce<TypeSet>((sum, shape) => sum | shape.types, NO_TYPE);
  return [{ ...first, values: value, types, isVariant: others.length > 0 }, ...others];
}

function isEmpty(schema: Schema): boolean {
  return isObject(schema) && Object.keys(schema).length === 0;
}

function asSchema(value: Json): Schema {
  return isObject(value) || typeof value === "boolean" ? value : true;
}

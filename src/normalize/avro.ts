import { diagnose } from "../diagnostics/index.ts";
import { isArray, isObject } from "../json/index.ts";
import type { Json, JsonObject, Schema, SourceLocation } from "../model/index.ts";
import { logicalNote, PRIMITIVES } from "./avro-primitives.ts";
import type { DocumentReader, Node } from "./document-reader.ts";

/** What is needed to give a schema a name in the contract. */
export interface AvroTarget {
  /** A key for what stands at a place, by its name or else its place; `isNew` where its schema is still to be defined. */
  readonly declare: (location: SourceLocation, name?: string) => { readonly key: string; readonly isNew: boolean };
  readonly define: (key: string, schema: Schema) => void;
  readonly notePlace: (schema: Schema, location: SourceLocation) => void;
}

/** A named type of Avro, and the namespace that names in it are in. */
interface Definition {
  readonly node: Node<JsonObject>;
  readonly namespace: string;
}

/** A schema whose conversion waits until its name is known. */
interface Waiting {
  readonly key: string;
  readonly make: () => Schema;
}

const NAMED_TYPES: ReadonlySet<unknown> = new Set(["enum", "error", "fixed", "record"]);

/** Attributes that are read. JSON Schema's words are none of Avro's, but AsyncAPI's documents use them in Avro schemas. */
const READ_ATTRIBUTES: ReadonlySet<string> = new Set(
  "$ref type name namespace doc fields symbols size items values logicalType precision scale default".split(" "),
);
const SCHEMA_ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    "deprecated example examples exclusiveMaximum exclusiveMinimum maxItems maxLength maximum minItems minLength minimum " +
    "multipleOf pattern title uniqueItems"
  ).split(" "),
);

/** Deeper than this no schema is written; one that refers to itself without end stops here. */
const DEPTH_MAX = 500;

/** Names that are listed where something is left out. */
const LISTED_MAX = 5;

/**
 * Makes JSON Schema of an Avro schema: of the plain JSON that most senders write, where a value of a union stands for itself
 * and is not wrapped in its type's name. Every named type becomes a named schema, so that recursion and sharing stay. A field
 * is required unless it has a default or may be null.
 *
 * AsyncAPI's own converter is not used, because it loses types: what a name refers to in an array, in a map or in the record
 * itself comes out as a schema that allows everything.
 * @see https://avro.apache.org/docs/1.12.0/specification/
 */
export function avroSchema(root: Node, reader: DocumentReader, target: AvroTarget): Schema {
  const definitions = new Map<string, Definition>();
  const waiting: Waiting[] = [];
  const ignored = new Set<string>();
  findDefinitions(root, "", new Set(), 0);
  const schema = convert(root, "", 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) target.define(next.key, next.make());
  if (ignored.size > 0) {
    const listed = [...ignored].slice(0, LISTED_MAX).join(", ") + (ignored.size > LISTED_MAX ? ", …" : "");
    reader.omit(root.location, `attributes of Avro that say nothing of the JSON are not read (${listed})`);
  }
  return schema;

  /** First all names: a name may stand before its definition, though Avro does not allow it. */
  function findDefinitions(node: Node, namespace: string, seen: Set<string>, depth: number): void {
    if (depth > DEPTH_MAX) return;
    if (isArray(node.value)) {
      for (const item of reader.items(node)) findDefinitions(item, namespace, seen, depth + 1);
      return;
    }
    if (!isObject(node.value)) return;
    if (typeof node.value["$ref"] === "string") {
      const place = `${node.location.file}#${node.location.pointer}`;
      const referred = seen.has(place) ? undefined : followed(node);
      seen.add(place);
      if (referred !== undefined) findDefinitions(referred, namespace, seen, depth + 1);
      return;
    }
    let inner = namespace;
    if (NAMED_TYPES.has(node.value["type"])) {
      const name = fullName(node.value, namespace);
      inner = namespaceOf(name);
      if (!definitions.has(name)) definitions.set(name, { node: node as Node<JsonObject>, namespace: inner });
      else if (definitions.get(name)?.node.location.pointer !== node.location.pointer) {
        violation(node, `the name ${JSON.stringify(name)} is defined twice; the first definition counts`);
      }
    }
    for (const field of reader.items(reader.child(node, "fields"))) {
      const type = reader.child(field, "type");
      if (type !== undefined) findDefinitions(type, inner, seen, depth + 1);
    }
    for (const token of ["type", "items", "values"]) {
      const child = reader.child(node, token);
      if (child !== undefined) findDefinitions(child, inner, seen, depth + 1);
    }
  }

  function convert(node: Node, namespace: string, depth: number): Schema {
    const made = depth > DEPTH_MAX ? violation(node, "it is nested too deep") : convertValue(node, namespace, depth);
    target.notePlace(made, node.location);
    return made;
  }

  function convertValue(node: Node, namespace: string, depth: number): Schema {
    const { value } = node;
    if (typeof value === "string") return byName(value, node, namespace);
    if (isArray(value)) return union(node, namespace, depth);
    if (!isObject(value)) return violation(node, "a type is a name, an object or a list of types");
    if (typeof value["$ref"] === "string") {
      return byReference(node, namespace, depth);
    }
    noteIgnored(value);
    const type = value["type"];
    if (NAMED_TYPES.has(type)) return named(fullName(value, namespace), node);
    if (type === "array" || type === "map") return container(node as Node<JsonObject>, type, namespace, depth);
    const inner = reader.child(node, "type");
    if (inner === undefined) return violation(node, `it has no "type"`);
    const made = convertValue(inner, namespace, depth + 1);
    return annotated(withLogicalType(made, value), value);
  }

  /** What has no name of its own gets one by its place, so that it may refer to itself. */
  function byReference(node: Node, namespace: string, depth: number): Schema {
    const referred = followed(node);
    if (referred === undefined) return true;
    if (isObject(referred.value) && NAMED_TYPES.has(referred.value["type"]))
      return convert(referred, namespace, depth + 1);
    return refer(referred, undefined, () => convert(referred, namespace, 0));
  }

  /** A component of AsyncAPI says its format around the schema. */
  function followed(node: Node): Node | undefined {
    const referred = reader.follow(node);
    const isAround = isObject(referred?.value) && typeof referred.value["schemaFormat"] === "string";
    return referred && isAround ? (reader.child(referred, "schema") ?? referred) : referred;
  }

  function byName(name: string, node: Node, namespace: string): Schema {
    const primitive = PRIMITIVES.get(name);
    if (primitive !== undefined) return { ...primitive };
    const qualified = name.includes(".") || namespace === "" ? name : `${namespace}.${name}`;
    if (definitions.has(qualified)) return named(qualified, node);
    if (definitions.has(name)) return named(name, node);
    if (/^\s*[{[]/.test(name)) return violation(node, "it is a text; it is read where it is written as JSON or YAML");
    return violation(node, `there is no type ${JSON.stringify(name)}`);
  }

  function named(name: string, from: Node): Schema {
    const definition = definitions.get(name);
    if (definition === undefined) return violation(from, `there is no type ${JSON.stringify(name)}`);
    const { node, namespace } = definition;
    return refer(node, name.slice(name.lastIndexOf(".") + 1), () => convertNamed(node, namespace));
  }

  function refer(node: Node, name: string | undefined, make: () => Schema): Schema {
    const { key, isNew } = target.declare(node.location, name);
    if (isNew) waiting.push({ key, make });
    return { $ref: `#/schemas/${key}` };
  }

  function convertNamed(node: Node<JsonObject>, namespace: string): Schema {
    noteIgnored(node.value);
    const made = convertDefinition(node, namespace);
    const schema = annotated(withLogicalType(made, node.value), node.value);
    target.notePlace(schema, node.location);
    return schema;
  }

  function convertDefinition(node: Node<JsonObject>, namespace: string): Schema {
    const { type, size, symbols } = node.value;
    if (type === "fixed") {
      const length = typeof size === "number" ? { minLength: size, maxLength: size } : {};
      if (typeof size !== "number") violation(node, `a fixed has no "size"`);
      return { ...(PRIMITIVES.get("bytes") as JsonObject), ...length };
    }
    if (type !== "enum") return record(node, namespace);
    if (!isArray(symbols)) return violation(node, `an enum has no list of "symbols"`);
    // Its default is what readers take for a symbol that they do not know, so there may be such.
    const isOpen = node.value["default"] !== undefined && symbols.length > 1;
    return { type: "string", enum: symbols, ...(isOpen ? { "x-open-enum": true } : {}) };
  }

  function record(node: Node<JsonObject>, namespace: string): Schema {
    if (!isArray(node.value["fields"])) return violation(node, `a record has no list of "fields"`);
    const properties: [string, Json][] = [];
    const required: string[] = [];
    for (const field of reader.items(reader.child(node, "fields"))) {
      const name = reader.text(field, "name");
      const type = reader.child(field, "type");
      if (!isObject(field.value) || name === undefined || type === undefined) {
        violation(field, `a field needs a "name" and a "type"`);
        continue;
      }
      noteIgnored(field.value);
      const fallback = field.value["default"];
      const schema = annotated(withLogicalType(convert(type, namespace, 0), field.value), field.value);
      const noted = fallback === undefined || !isObject(schema) ? schema : { ...schema, default: fallback };
      target.notePlace(noted, field.location);
      properties.push([name, noted]);
      if (fallback === undefined && !mayBeNull(type.value)) required.push(name);
    }
    return {
      type: "object",
      properties: Object.fromEntries(properties),
      ...(required.length === 0 ? {} : { required }),
    };
  }

  function container(node: Node<JsonObject>, type: "array" | "map", namespace: string, depth: number): Schema {
    const token = type === "array" ? "items" : "values";
    const child = reader.child(node, token);
    const inner = child === undefined ? violation(node, `it has no "${token}"`) : convert(child, namespace, depth + 1);
    const schema = type === "array" ? { type, items: inner } : { type: "object", additionalProperties: inner };
    return annotated(schema, node.value);
  }

  /** In plain JSON nothing but the value says which of the types it is, and `1` is an int, a long and a double. */
  function union(node: Node, namespace: string, depth: number): Schema {
    const types = reader.items(node);
    const made = types.map((type) => convert(type, namespace, depth + 1));
    const others = made.filter((_, index) => types[index]?.value !== "null");
    const [only] = others;
    if (types.length === 0 || only === undefined)
      return types.length === 0 ? violation(node, "a union is empty") : { type: "null" };
    if (others.length === made.length) return others.length === 1 ? only : { anyOf: made };
    if (others.length > 1) return { anyOf: [...others, { type: "null" }] };
    const isPlain = isObject(only) && typeof only["type"] === "string" && only["enum"] === undefined;
    return isPlain ? { ...only, type: [only["type"] as Json, "null"] } : { anyOf: [only, { type: "null" }] };
  }

  function noteIgnored(value: JsonObject): void {
    for (const name of Object.keys(value)) {
      if (READ_ATTRIBUTES.has(name) || SCHEMA_ATTRIBUTES.has(name) || name.startsWith("x-")) continue;
      ignored.add(name);
    }
  }

  function violation({ location }: Node, problem: string): Schema {
    reader.report(diagnose("avro-violation", { problem }, location));
    reader.omit(location, `is no Avro schema that can be read: ${problem}`);
    return true;
  }
}

/** The name with its namespace: its own, that within the name, or that of what it stands in. */
function fullName(value: JsonObject, namespace: string): string {
  const name = typeof value["name"] === "string" && value["name"] !== "" ? value["name"] : String(value["type"]);
  const own = typeof value["namespace"] === "string" ? value["namespace"] : namespace;
  return name.includes(".") || own === "" ? name : `${own}.${name}`;
}

function namespaceOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(".")));
}

function mayBeNull(type: Json): boolean {
  if (isObject(type) && type["type"] !== undefined) return mayBeNull(type["type"]);
  return isArray(type) ? type.includes("null") : type === "null";
}

/** `doc`, what JSON Schema's words say, and extensions. */
function annotated(schema: Schema, value: JsonObject): Schema {
  if (!isObject(schema)) return schema;
  const doc = typeof value["doc"] === "string" && value["doc"] !== "" ? value["doc"] : undefined;
  const known = schema["description"];
  const description = [doc, known].filter((text) => typeof text === "string").join("\n\n");
  const words = Object.entries(value).filter(([name]) => SCHEMA_ATTRIBUTES.has(name) || name.startsWith("x-"));
  return { ...schema, ...(description === "" ? {} : { description }), ...Object.fromEntries(words) };
}

/** A logical type that does not fit what it stands at is to be ignored, so Avro says. */
function withLogicalType(schema: Schema, value: JsonObject): Schema {
  const logical = value["logicalType"];
  if (typeof logical !== "string" || !isObject(schema)) return schema;
  if (logical === "uuid" && schema["type"] === "string" && schema["minLength"] === undefined) {
    return { ...schema, format: "uuid" };
  }
  const isBytes = schema["pattern"] !== undefined && schema["type"] === "string";
  const note = logicalNote(logical, schema["type"], value);
  if (logical === "decimal" && isBytes && note !== undefined) {
    // The bytes of a number as text are of no use to anybody who has no Avro, so senders write the number.
    const { pattern, minLength, maxLength, ...rest } = schema;
    return { ...rest, type: ["string", "number"], description: note };
  }
  return note === undefined ? schema : { ...schema, description: note };
}

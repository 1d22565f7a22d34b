import { isObject, isSchema, mapSubschemas, parsePointer, setOwn, withoutMisfits } from "../json/index.ts";
import type { Json, JsonObject, Schema, SourceLocation } from "../model/index.ts";
import { avroSchema } from "./avro.ts";
import type { DocumentReader, Node } from "./document-reader.ts";
import { KeyRegistry } from "./safe-key.ts";
import { toDraft2020 } from "./schema-dialect.ts";
import { AVRO_FORMAT, languageOf, notReadReason } from "./schema-format.ts";

/** Keywords that only say where a schema stands: references are rewritten, so they have done their work. */
const IDENTITY_KEYWORDS: ReadonlySet<string> = new Set([
  "$anchor",
  "$defs",
  "$dynamicAnchor",
  "$id",
  "$schema",
  "$vocabulary",
  "definitions",
]);

/** Longer chains of references are followed one by one and not by recursion, which would run out of stack. */
const CHAIN_MAX = 100;

/** Tokens of a pointer that name a place, not a thing: they need what stands before them. */
const PLACE_TOKENS: ReadonlySet<string> = new Set(["payload", "headers", "schema", "items", "contentSchema"]);

/**
 * Copies schemas out of the documents into `Contract.schemas`: whatever a `$ref` names gets one entry, so that
 * recursion and sharing stay, and every `$ref` is rewritten to `#/schemas/<key>`.
 */
export class SchemaCollector {
  readonly #reader: DocumentReader;
  readonly #keys = new KeyRegistry();
  readonly #keyByPlace = new Map<string, string>();
  readonly #documentNames = new Map<string, string>();
  readonly #schemas: Record<string, Schema> = {};
  /** Named schemas that are still to be copied since they stand at the end of a long chain of references. */
  readonly #pending: (readonly [key: string, target: Node])[] = [];
  /** How many named schemas are being copied, each for a reference in the one before. */
  #depth = 0;
  /** Where each named schema came from, by key. */
  readonly sources = new Map<string, SourceLocation>();
  readonly #places = new WeakMap<object, SourceLocation>();

  constructor(reader: DocumentReader) {
    this.#reader = reader;
  }

  get schemas(): Readonly<Record<string, Schema>> {
    return this.#schemas;
  }

  /** The name that the document gives the schema of a key: what a `discriminator` without mapping compares with. */
  documentName(key: string): string {
    return this.#documentNames.get(key) ?? key;
  }

  /** Where a schema object of the contract was written; undefined for one that was put together here. */
  placeOf(schema: object): SourceLocation | undefined {
    return this.#places.get(schema);
  }

  /** Notes where a schema object was written that somebody else has made of one collected here. */
  notePlace(schema: Schema, location: SourceLocation): void {
    if (isObject(schema) && !this.#places.has(schema)) this.#places.set(schema, location);
  }

  /**
   * The schema at a place, as a contract holds it. What is no schema is reported and allows everything.
   * @param format  AsyncAPI's `schemaFormat` where it is not beside the schema; JSON Schema where left out
   */
  collect(node: Node, format?: string): Schema {
    const schema = format === undefined ? this.#copy(node) : this.#ofFormat(node, format);
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) this.#fill(...next);
    return schema;
  }

  #copy(node: Node): Schema {
    if (typeof node.value === "boolean") return node.value;
    if (!isObject(node.value)) {
      this.#reader.omit(node.location, "is not a schema, so anything is allowed here");
      return true;
    }
    // What such a file holds is said by its name as well, and documents leave out to say it again.
    if (/\.avsc$/i.test(node.location.file)) return this.#ofFormat(node, AVRO_FORMAT);
    const { schemaFormat, schema } = node.value;
    if (typeof schemaFormat === "string" && schema !== undefined) {
      return this.#ofFormat({ value: schema, location: below(node, ["schema"]) }, schemaFormat);
    }
    return this.#convert(node as Node<JsonObject>);
  }

  /**
   * The schema of a Multi Format Schema Object.
   * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#multiFormatSchemaObject
   */
  #ofFormat(node: Node, format: string): Schema {
    switch (languageOf(format)) {
      case "json-schema":
        return this.#copy(node);
      case "avro":
        return avroSchema(node, this.#reader, {
          declare: (location, name = nameOf(location)) => this.#declare(`avro ${placeOf(location)}`, name, location),
          define: (key, schema) => setOwn(this.#schemas, key, schema),
          notePlace: (schema, location) => this.notePlace(schema, location),
        });
      case null:
        this.#reader.omit(node.location, notReadReason(format));
        return true;
    }
  }

  /** The key of the schema that a reference names; null where it leads nowhere. */
  #keyOf(ref: string, from: SourceLocation): string | null {
    const target = this.#reader.set.resolve(ref, from);
    return target === null ? null : this.#name(target);
  }

  #convert(node: Node<JsonObject>): JsonObject {
    const converted = toDraft2020(node.value);
    const withoutReference: Record<string, Json> = {};
    for (const [keyword, value] of Object.entries(converted)) {
      if (keyword === "$ref" || keyword === "$dynamicRef" || IDENTITY_KEYWORDS.has(keyword)) continue;
      if (isObject(value) && (keyword === "description" || keyword === "title")) {
        const text = this.#reader.text(node, keyword);
        if (text !== undefined) setOwn(withoutReference, keyword, text);
      } else setOwn(withoutReference, keyword, value);
    }
    const copy: Record<string, Json> = { ...this.#reference(node) };
    // Documents leave names empty (`id:`), and one such must not cost the others their check.
    const fitting = withoutMisfits(withoutReference, (path) => {
      this.#reader.omit(below(node, writtenPath(node.value, path)), "is not a schema, so anything is allowed here");
    });
    const rest = mapSubschemas(fitting, (subschema, path) =>
      typeof subschema === "boolean"
        ? subschema
        : this.#convert({ value: subschema, location: below(node, writtenPath(node.value, path)) }),
    );
    for (const [keyword, value] of Object.entries(rest)) setOwn(copy, keyword, value);
    this.#mapDiscriminator(copy, node);
    this.#places.set(copy, node.location);
    return copy;
  }

  #reference(node: Node<JsonObject>): { $ref?: string } {
    const ref = node.value["$ref"] ?? node.value["$dynamicRef"];
    if (ref === undefined) return {};
    if (typeof ref !== "string") {
      this.#reader.omit(below(node, ["$ref"]), "a $ref must be a string");
      return {};
    }
    const key = this.#keyOf(ref, node.location);
    if (key === null) {
      this.#reader.omit(below(node, ["$ref"]), `the reference ${JSON.stringify(ref)} leads nowhere`);
      return {};
    }
    return { $ref: referenceTo(key) };
  }

  #name(target: Node): string {
    const { location } = target;
    const { key, isNew } = this.#declare(placeOf(location), nameOf(location), location);
    if (!isNew) return key;
    if (this.#depth < CHAIN_MAX) this.#fill(key, target);
    else this.#pending.push([key, target]);
    return key;
  }

  #declare(place: string, name: string, location: SourceLocation): { readonly key: string; readonly isNew: boolean } {
    const known = this.#keyByPlace.get(place);
    if (known !== undefined) return { key: known, isNew: false };
    const key = this.#keys.take(name);
    this.#keyByPlace.set(place, key);
    this.#documentNames.set(key, name);
    this.sources.set(key, location);
    // Set before it is filled: the schema may refer to itself.
    setOwn(this.#schemas, key, true);
    return { key, isNew: true };
  }

  #fill(key: string, target: Node): void {
    this.#depth++;
    setOwn(this.#schemas, key, isSchema(target.value) ? this.#copy(target) : this.#notASchema(target));
    this.#depth--;
  }

  #notASchema(target: Node): Schema {
    this.#reader.omit(target.location, "is referred to as a schema but is none, so anything is allowed");
    return true;
  }

  /** Mapping values are references or schema names; both become `#/schemas/<key>`. */
  #mapDiscriminator(copy: Record<string, Json>, node: Node<JsonObject>): void {
    const discriminator = copy["discriminator"];
    if (!isObject(discriminator) || !isObject(discriminator["mapping"])) return;
    const mapping: Record<string, Json> = {};
    for (const [value, ref] of Object.entries(discriminator["mapping"])) {
      if (typeof ref !== "string") continue;
      const key = this.#mappingKey(ref, node.location);
      if (key === null) this.#reader.omit(below(node, ["discriminator", "mapping", value]), "leads to no schema");
      else setOwn(mapping, value, referenceTo(key));
    }
    setOwn(copy, "discriminator", { ...discriminator, mapping });
  }

  #mappingKey(ref: string, from: SourceLocation): string | null {
    const byName = /^[A-Za-z0-9._-]+$/.test(ref) ? this.#keyOf(`#/components/schemas/${ref}`, from) : null;
    return byName ?? this.#keyOf(ref, from);
  }
}

/** The reference by which schemas of a contract name each other. */
function referenceTo(key: string): string {
  return `#/schemas/${key}`;
}

function placeOf({ file, pointer }: SourceLocation): string {
  return `${file}#${pointer}`;
}

function below(node: Node, path: readonly string[]): SourceLocation {
  const suffix = path.map((token) => `/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return { file: node.location.file, pointer: node.location.pointer + suffix };
}

/** The path of a subschema in the words that the document has: `toDraft2020` has changed some of them. */
function writtenPath(schema: JsonObject, path: readonly string[]): readonly string[] {
  const [keyword, ...rest] = path;
  // What `nullable` has put into an alternative of its own stands in the schema itself.
  if (keyword === "anyOf" && schema["nullable"] === true) return [];
  if (keyword === undefined || Object.hasOwn(schema, keyword)) return keyword === "items" ? itemsPath(schema) : path;
  if (keyword === "prefixItems") return ["items", ...rest];
  return keyword === "dependentSchemas" ? ["dependencies", ...rest] : path;

  /** Beside a list of items, `items` is what was `additionalItems`. */
  function itemsPath({ items }: JsonObject): readonly string[] {
    return Array.isArray(items) ? ["additionalItems", ...rest] : path;
  }
}

/** `/components/schemas/Order` → `Order`; `/components/messages/paid/payload` → `paidPayload`; a whole file → its stem. */
function nameOf({ file, pointer }: SourceLocation): string {
  const tokens = parsePointer(pointer) ?? [];
  const last = tokens.at(-1);
  if (last === undefined) return (file.split("/").at(-1) ?? file).replace(/\.[^.]*$/, "");
  const before = tokens.at(-2);
  if (before === undefined || !PLACE_TOKENS.has(last)) return last;
  return before + last.charAt(0).toUpperCase() + last.slice(1);
}

import { isObject, setOwn } from "../json/index.ts";
import type { Example, Json, Scalar, Schema } from "../model/index.ts";
import { constantsOf } from "./constants.ts";
import type { DocumentReader, ObjectNode } from "./document-reader.ts";
import { type HeaderExamples, readExamples } from "./openapi-examples.ts";
import type { SchemaCollector } from "./schema-collector.ts";
import { lookUp, type Schemas } from "./schema-lookup.ts";

/** Header parameters that OpenAPI says to ignore: other parts of an operation describe them. */
const DESCRIBED_ELSEWHERE: ReadonlySet<string> = new Set(["accept", "authorization", "content-type"]);

/** The parameters of one operation, by where they are. */
export interface Parameters {
  /** Object schema with lower-case names; absent where no header is documented. */
  readonly headers?: Schema;
  readonly headerConstants: ReadonlyMap<string, Scalar>;
  readonly headerExamples: HeaderExamples;
  /** Object schema of the query; absent where none is documented. */
  readonly query?: Schema;
  readonly queryNodes: readonly ObjectNode[];
  /** Of a parameter that is the whole query. */
  readonly queryExamples: readonly Example[];
}

/**
 * Reads the parameters of a path item and of its operation; the operation's win.
 * @see https://spec.openapis.org/oas/v3.1.1.html#parameter-object
 */
export function readParameters(
  reader: DocumentReader,
  schemas: SchemaCollector,
  pathItem: ObjectNode,
  operation: ObjectNode,
): Parameters {
  const byPlace = new Map<string, ObjectNode>();
  for (const owner of [pathItem, operation]) {
    for (const item of reader.items(reader.child(owner, "parameters"))) {
      const parameter = reader.asObject(item);
      const place = parameter && reader.text(parameter, "in");
      const name = parameter && reader.text(parameter, "name");
      if (parameter === undefined || place === undefined || name === undefined) {
        reader.omit(item.location, "a parameter without name or place");
        continue;
      }
      byPlace.set(`${place} ${place === "header" ? name.toLowerCase() : name}`, parameter);
    }
  }
  const headers = new ParameterSchema();
  const query = new ParameterSchema();
  const exploded: { readonly node: ObjectNode; readonly schema: Schema }[] = [];
  const queryNodes: ObjectNode[] = [];
  for (const parameter of byPlace.values()) {
    const place = reader.text(parameter, "in");
    const name = reader.text(parameter, "name") ?? "";
    if (place === "header" && DESCRIBED_ELSEWHERE.has(name.toLowerCase())) {
      reader.omit(parameter.location, `OpenAPI ignores a header parameter named ${name}`);
    } else if (place === "header") {
      headers.add(reader, schemas, name.toLowerCase(), parameter);
    } else if (place === "query") {
      const whole = explodedObject(reader, schemas, parameter);
      if (whole === undefined) query.add(reader, schemas, name, parameter);
      else exploded.push({ node: parameter, schema: whole });
      queryNodes.push(parameter);
    } else {
      reader.omit(parameter.location, `a ${place} parameter is part of the address that the receiver chose`);
    }
  }
  const parts = [...(query.schema === undefined ? [] : [query.schema]), ...exploded.map(({ schema }) => schema)];
  const [part] = parts;
  const headerExamples = { all: headers.examples, named: headers.namedExamples };
  const whole = parts.length === 1 ? exploded[0] : undefined;
  return {
    ...(headers.schema === undefined ? {} : { headers: headers.schema }),
    headerConstants: headers.constants(schemas),
    headerExamples,
    ...(part === undefined ? {} : { query: parts.length === 1 ? part : { allOf: parts } }),
    queryNodes,
    queryExamples: whole === undefined ? [] : readExamples(reader, whole.node, headerExamples),
  };
}

/**
 * The schema of a query parameter that says `explode: true` and is an object: not the object is in the query under the
 * parameter's name, but each of its properties under its own.
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-examples
 */
function explodedObject(reader: DocumentReader, schemas: SchemaCollector, parameter: ObjectNode): Schema | undefined {
  const node = reader.child(parameter, "schema");
  if (node === undefined || reader.flag(parameter, "explode") !== true) return undefined;
  if ((reader.text(parameter, "style") ?? "form") !== "form" || !isObject(node.value)) return undefined;
  const schema = schemas.collect(node);
  return describesObject(schema, schemas.schemas, new Set()) ? schema : undefined;
}

/** By its `type` or, where it has none, by keywords that speak of objects; through `$ref` and `allOf`. */
function describesObject(schema: Schema | undefined, all: Schemas, seen: Set<Schema>): boolean {
  if (!isObject(schema) || seen.has(schema)) return false;
  seen.add(schema);
  if (schema["type"] !== undefined) return schema["type"] === "object";
  if (isObject(schema["properties"])) return true;
  const ref = schema["$ref"];
  if (typeof ref === "string" && describesObject(lookUp(all, ref), all, seen)) return true;
  const parts = Array.isArray(schema["allOf"]) ? (schema["allOf"] as readonly Schema[]) : [];
  return parts.some((part) => describesObject(part, all, seen));
}

/** Gathers parameters, or headers, of one place into an object schema. */
export class ParameterSchema {
  readonly #properties: Record<string, Json> = {};
  readonly #required: string[] = [];
  /** By header: the value that it has in every example. */
  readonly examples: Record<string, Json> = {};
  /** By the name of an example: the headers that only this one has so. */
  readonly namedExamples = new Map<string, Record<string, Json>>();

  add(reader: DocumentReader, schemas: SchemaCollector, name: string, parameter: ObjectNode): void {
    const content = reader.entries(reader.object(parameter, "content"))[0]?.[1];
    const media = content === undefined ? undefined : reader.asObject(content);
    const node = reader.child(parameter, "schema") ?? (media && reader.child(media, "schema"));
    const schema: Schema = node === undefined ? true : schemas.collect(node);
    const description = reader.text(parameter, "description");
    const deprecated = reader.flag(parameter, "deprecated") === true;
    const annotated = annotate(schema, description, deprecated);
    schemas.notePlace(annotated, parameter.location);
    setOwn(this.#properties, name, annotated);
    if (reader.flag(parameter, "required") === true) this.#required.push(name);
    const example = reader.child(parameter, "example")?.value;
    if (example !== undefined) setOwn(this.examples, name, example);
    for (const [exampleName, entry] of reader.entries(reader.object(parameter, "examples"), { extensions: true })) {
      const value = reader.asObject(entry);
      const given = value && reader.child(value, "value");
      if (given === undefined) continue;
      const headers = this.namedExamples.get(exampleName) ?? {};
      setOwn(headers, name, given.value);
      this.namedExamples.set(exampleName, headers);
    }
  }

  get schema(): Schema | undefined {
    if (Object.keys(this.#properties).length === 0) return undefined;
    return {
      type: "object",
      properties: this.#properties,
      ...(this.#required.length === 0 ? {} : { required: this.#required }),
    };
  }

  constants(schemas: SchemaCollector): ReadonlyMap<string, Scalar> {
    return singleValues(this.schema, schemas);
  }
}

/** What a header may be called (RFC 9110 §5.1): another name comes in no delivery. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The headers of an object schema that can hold one value only, by name. */
export function singleValues(schema: Schema | undefined, schemas: SchemaCollector): ReadonlyMap<string, Scalar> {
  const constants = new Map<string, Scalar>();
  if (schema === undefined) return constants;
  for (const [pointer, { values }] of constantsOf(schema, schemas.schemas)) {
    const name = pointer.slice(1).replaceAll("~1", "/").replaceAll("~0", "~");
    const isHeader = pointer.lastIndexOf("/") === 0 && TOKEN.test(name);
    if (values.length === 1 && values[0] !== undefined && isHeader) constants.set(name, values[0]);
  }
  return constants;
}

function annotate(schema: Schema, description: string | undefined, deprecated: boolean): Schema {
  const notes = {
    ...(description === undefined ? {} : { description }),
    ...(deprecated ? { deprecated } : {}),
  };
  if (Object.keys(notes).length === 0 || schema === false) return schema;
  return schema === true ? notes : { ...schema, ...notes };
}

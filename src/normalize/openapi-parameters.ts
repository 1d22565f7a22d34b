import { setOwn } from "../json/index.ts";
import type { Json, JsonObject, Scalar, Schema } from "../model/index.ts";
import { constantsOf } from "./constants.ts";
import type { DocumentReader, ObjectNode } from "./document-reader.ts";
import type { SchemaCollector } from "./schema-collector.ts";

/** Header parameters that OpenAPI says to ignore: other parts of an operation describe them. */
const DESCRIBED_ELSEWHERE: ReadonlySet<string> = new Set(["accept", "authorization", "content-type"]);

/** The parameters of one operation, by where they are. */
export interface Parameters {
  /** Object schema with lower-case names; absent where no header is documented. */
  readonly headers?: Schema;
  readonly headerConstants: ReadonlyMap<string, Scalar>;
  readonly headerExamples: JsonObject;
  /** Object schema of the query; absent where none is documented. */
  readonly query?: Schema;
  readonly queryNodes: readonly ObjectNode[];
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
  const queryNodes: ObjectNode[] = [];
  for (const parameter of byPlace.values()) {
    const place = reader.text(parameter, "in");
    const name = reader.text(parameter, "name") ?? "";
    if (place === "header" && DESCRIBED_ELSEWHERE.has(name.toLowerCase())) {
      reader.omit(parameter.location, `OpenAPI ignores a header parameter named ${name}`);
    } else if (place === "header") {
      headers.add(reader, schemas, name.toLowerCase(), parameter);
    } else if (place === "query") {
      query.add(reader, schemas, name, parameter);
      queryNodes.push(parameter);
    } else {
      reader.omit(parameter.location, `a ${place} parameter is part of the address that the receiver chose`);
    }
  }
  return {
    ...(headers.schema === undefined ? {} : { headers: headers.schema }),
    headerConstants: headers.constants(schemas),
    headerExamples: headers.examples,
    ...(query.schema === undefined ? {} : { query: query.schema }),
    queryNodes,
  };
}

/** Gathers parameters of one place into an object schema. */
class ParameterSchema {
  readonly #properties: Record<string, Json> = {};
  readonly #required: string[] = [];
  readonly examples: Record<string, Json> = {};

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

/** The members of an object schema that can hold one value only, by name. */
export function singleValues(schema: Schema | undefined, schemas: SchemaCollector): ReadonlyMap<string, Scalar> {
  const constants = new Map<string, Scalar>();
  if (schema === undefined) return constants;
  for (const [pointer, { values }] of constantsOf(schema, schemas.schemas)) {
    const name = pointer.slice(1).replaceAll("~1", "/").replaceAll("~0", "~");
    if (values.length === 1 && values[0] !== undefined && pointer.lastIndexOf("/") === 0)
      constants.set(name, values[0]);
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

import { parseJson } from "../json/index.ts";
import type { Example, Json, JsonObject } from "../model/index.ts";
import type { DocumentReader, Node, ObjectNode } from "./document-reader.ts";

/** What the parameters say of the headers in examples. */
export interface HeaderExamples {
  /** In every example. */
  readonly all: JsonObject;
  /** In the example of this name: tools that play examples back pair those of parameters and bodies so. */
  readonly named: ReadonlyMap<string, JsonObject>;
}

/**
 * The examples of a Media Type Object, or of a Parameter Object: its `examples`, its `example`, or else those of its schema. A payload is written
 * as on the wire. Names are unique: an example without one is `example`, `example-2`, ….
 * @see https://spec.openapis.org/oas/v3.1.1.html#media-type-object
 */
export function readExamples(reader: DocumentReader, media: ObjectNode, headers: HeaderExamples): readonly Example[] {
  const named = reader.entries(reader.object(media, "examples"), { extensions: true }).flatMap(([name, entry]) => {
    const node = reader.asObject(entry);
    if (node === undefined) return [];
    const value =
      reader.child(node, "value") ??
      reader.child(node, "dataValue") ??
      serializedValue(reader, node) ??
      externalValue(reader, node);
    if (value === undefined) {
      reader.omit(entry.location, "an example without a value that can be read");
      return [];
    }
    return [toExample(name, value, reader, node)];
  });
  const own = reader.child(media, "example");
  if (named.length > 0) {
    if (own !== undefined) reader.omit(own.location, "beside examples, an example is not read");
    return withHeaders(named, headers);
  }
  const schema = reader.peek(media, "schema");
  const ofSchema = schema === undefined ? [] : schemaExamples(reader, schema);
  return withHeaders(numbered(own === undefined ? ofSchema : [own]), headers);
}

/** The `examples` or `example` of a schema, as nodes. */
export function schemaExamples(reader: DocumentReader, schema: ObjectNode): readonly Node[] {
  const list = reader.items(reader.child(schema, "examples"));
  const one = reader.child(schema, "example");
  return list.length > 0 || one === undefined ? list : [one];
}

export function numbered(nodes: readonly Node[]): readonly Example[] {
  return nodes.map(({ value, location }, index) => ({
    name: index === 0 ? "example" : `example-${index + 1}`,
    payload: value,
    source: location,
  }));
}

function toExample(name: string, value: Node, reader: DocumentReader, node: ObjectNode): Example {
  const summary = reader.text(node, "summary");
  const description = reader.text(node, "description");
  return {
    name,
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    payload: value.value,
    source: value.location,
  };
}

/** OpenAPI 3.2's `serializedValue`: the text of a body. What is no JSON would have to be read as its media type says. */
function serializedValue(reader: DocumentReader, node: ObjectNode): Node | undefined {
  const text = reader.child(node, "serializedValue");
  const value = typeof text?.value === "string" ? parseJson(text.value) : undefined;
  return text === undefined || value === undefined ? undefined : { value: value as Json, location: text.location };
}

/** The file that `externalValue` names, where it was read with the document. */
function externalValue(reader: DocumentReader, node: ObjectNode): Node | undefined {
  const url = reader.text(node, "externalValue");
  if (url === undefined) return undefined;
  return reader.set.resolve(url, node.location) ?? undefined;
}

function withHeaders(examples: readonly Example[], { all, named }: HeaderExamples): readonly Example[] {
  return examples.map((example) => {
    const headers = { ...all, ...named.get(example.name) };
    return Object.keys(headers).length === 0 ? example : { ...example, headers };
  });
}

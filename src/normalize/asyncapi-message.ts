import { isObject, mapSubschemas, parsePointer } from "../json/index.ts";
import type { Example, Form, Json, JsonObject, Reply, Schema, SecurityScheme } from "../model/index.ts";
import { omitBindings } from "./asyncapi-leftovers.ts";
import type { DocumentReader, Node, ObjectNode } from "./document-reader.ts";
import type { WebhookDraft } from "./draft.ts";
import { readExternalDocs } from "./external-docs.ts";
import { encodingOf } from "./media-type.ts";
import { numbered, schemaExamples } from "./openapi-examples.ts";
import { singleValues } from "./openapi-parameters.ts";
import { replyStatus } from "./reply-status.ts";
import type { SchemaCollector } from "./schema-collector.ts";
import { hasOnlyAnnotations, lookUp, type Schemas } from "./schema-lookup.ts";
import { readName, readRoute } from "./vocabulary.ts";

/** What the readers of all AsyncAPI versions work with. */
export interface AsyncApiContext {
  readonly reader: DocumentReader;
  readonly schemas: SchemaCollector;
  /** Filled with the schemes that webhooks ask for. */
  readonly security: Record<string, SecurityScheme>;
}

const MESSAGE_FIELDS: ReadonlySet<string> = new Set([
  "$ref",
  "bindings",
  "contentType",
  "correlationId",
  "deprecated",
  "description",
  "examples",
  "externalDocs",
  "headers",
  "messageId",
  "name",
  "payload",
  "schemaFormat",
  "summary",
  "tags",
  "title",
  "traits",
  "x-webhook-name",
  "x-webhook-route",
]);

/** Everything of a message that does not depend on who delivers it and how. */
export type MessagePart = Omit<WebhookDraft, "documentKey" | "forms" | "security" | "replies">;

/**
 * Reads a Message Object; what it does not say of itself, its operation says.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#messageObject
 */
export function readMessage(context: AsyncApiContext, message: ObjectNode, operation: ObjectNode): MessagePart {
  const { reader, schemas } = context;
  reader.omitUnknown(message, MESSAGE_FIELDS);
  omitBindings(reader, message, { http: ["headers", "statusCode"] });
  const correlation = reader.child(message, "correlationId");
  if (correlation !== undefined) reader.omit(correlation.location, "what pairs a delivery with its cause is not read");
  const headers = readAllHeaders(context, message);
  const text = (field: string) => reader.text(message, field) ?? reader.text(operation, field);
  const summary = text("summary") ?? reader.text(message, "title");
  const description = text("description");
  const externalDocs = readExternalDocs(reader, message) ?? readExternalDocs(reader, operation);
  const wantedName = readName(reader, message) ?? readName(reader, operation);
  const ownRoute = readRoute(reader, message) ?? readRoute(reader, operation);
  return {
    ...(wantedName === undefined ? {} : { wantedName }),
    ...(ownRoute === undefined ? {} : { ownRoute }),
    headerConstants: singleValues(headers, schemas),
    ...(headers === undefined ? {} : { headers }),
    payload: readPayload(context, message),
    examples: readExamples(reader, message),
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    ...(reader.flag(message, "deprecated") === true ? { deprecated: true } : {}),
    tags: readTags(reader, message),
    ...(externalDocs === undefined ? {} : { externalDocs }),
    source: message.location,
  };
}

/**
 * How an operation delivers a message, by its HTTP binding: POST where it says nothing; a method without body carries the
 * fields in the query. Null where the content cannot be decoded, which is reported.
 * @see https://github.com/asyncapi/bindings/blob/master/http/README.md#operation-binding-object
 */
export function readForm(
  { reader }: AsyncApiContext,
  message: ObjectNode,
  operation: ObjectNode,
  address: string | null,
): Form | null {
  const bindings = reader.object(operation, "bindings");
  const http = bindings && reader.object(bindings, "http");
  const method = ((http && reader.text(http, "method")) || "POST").toUpperCase();
  if (method === "GET" || method === "HEAD") {
    return { method, address, contentType: "application/x-www-form-urlencoded", encoding: "query" };
  }
  const contentType =
    reader.text(message, "contentType") ?? reader.text(reader.root, "defaultContentType") ?? "application/json";
  const encoding = encodingOf(contentType);
  if (encoding === null) {
    reader.omit(message.location, `a body of type ${contentType} has no fields that could be decoded`);
    return null;
  }
  return { method, address, contentType, encoding };
}

/** A message as a reply: its HTTP binding says the status, or its name where that is a range such as `4XX` or `default`. */
export function readReply(context: AsyncApiContext, message: ObjectNode): Reply {
  const { reader } = context;
  const bindings = reader.object(message, "bindings");
  const http = bindings && reader.object(bindings, "http");
  const statusNode = http && reader.child(http, "statusCode");
  const code = statusNode?.value;
  const status = typeof code === "number" || typeof code === "string" ? replyStatus(String(code)) : null;
  if (statusNode !== undefined && status === null) {
    reader.omit(statusNode.location, "is neither a status, a range such as 4XX, nor default");
  }
  const description = reader.text(message, "description") ?? reader.text(message, "summary");
  const contentType = reader.text(message, "contentType");
  const payload = reader.child(message, "payload");
  // An HTTP binding can say a single number only; a name such as `404` is no more than a name.
  const name = reader.text(message, "name") ?? "";
  const range = /^(?:.XX|default)$/i.test(name) ? replyStatus(name) : null;
  const headersNode = reader.child(message, "headers");
  const headers = headersNode === undefined ? undefined : readHeaders(context, headersNode);
  return {
    status: status ?? range ?? "2XX",
    ...(description === undefined ? {} : { description }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(payload === undefined ? {} : { payload: readPayload(context, message) }),
    ...(headers === undefined ? {} : { headers }),
  };
}

/**
 * What a message says of its headers, itself and in its HTTP binding, which speaks of the HTTP headers where the message
 * speaks of those of the application: in a webhook they are the same.
 * @see https://github.com/asyncapi/bindings/blob/master/http/README.md#message-binding-object
 */
function readAllHeaders(context: AsyncApiContext, message: ObjectNode): Schema | undefined {
  const { reader } = context;
  const bindings = reader.object(message, "bindings");
  const http = bindings && reader.object(bindings, "http");
  const nodes = [http && reader.child(http, "headers"), reader.child(message, "headers")];
  const [first, second] = nodes.flatMap((node) => (node === undefined ? [] : [readHeaders(context, node)]));
  if (first === undefined || second === undefined) return first;
  const isList = isObject(first) && isObject(second) && [first, second].every(hasOnlyProperties);
  if (!isList) return { allOf: [first, second] };
  const required = [...new Set([first, second].flatMap((part) => (part["required"] ?? []) as readonly string[]))];
  return {
    type: "object",
    properties: { ...(first["properties"] as JsonObject), ...(second["properties"] as JsonObject) },
    ...(required.length === 0 ? {} : { required }),
  };
}

/** Whether a schema is a list of properties and nothing else. */
function hasOnlyProperties(schema: JsonObject): boolean {
  const { type, properties, required = [], ...rest } = schema;
  return type === "object" && isObject(properties) && Array.isArray(required) && Object.keys(rest).length === 0;
}

function readHeaders(context: AsyncApiContext, node: Node): Schema {
  return lowerCaseHeaders(context.schemas.collect(node), context.schemas.schemas);
}

/** In version 2 the message says the format of its payload; in version 3 the schema does, which the collector sees. */
function readPayload(context: AsyncApiContext, message: ObjectNode): Schema {
  const { reader } = context;
  const payload = reader.child(message, "payload");
  if (payload === undefined) {
    reader.omit(message.location, "has no payload, so anything is allowed as its body");
    return true;
  }
  return context.schemas.collect(payload, reader.text(message, "schemaFormat"));
}

function readExamples(reader: DocumentReader, message: ObjectNode): readonly Example[] {
  const names = new Set<string>();
  const examples = reader.items(reader.child(message, "examples")).flatMap((item, index): Example[] => {
    const node = reader.asObject(item);
    const payload = node && reader.child(node, "payload");
    if (node === undefined || payload === undefined) {
      reader.omit(item.location, "an example without a payload");
      return [];
    }
    const wanted = reader.text(node, "name") ?? (index === 0 ? "example" : `example-${index + 1}`);
    let name = wanted;
    for (let count = 2; names.has(name); count++) name = `${wanted}-${count}`;
    names.add(name);
    const summary = reader.text(node, "summary");
    const headers = reader.child(node, "headers")?.value;
    return [
      {
        name,
        ...(summary === undefined ? {} : { summary }),
        payload: payload.value,
        ...(isObject(headers) ? { headers: lowerCaseKeys(headers) } : {}),
        source: payload.location,
      },
    ];
  });
  const payload = reader.peek(message, "payload");
  const schema = payload && (reader.peek(payload, "schema") ?? payload);
  return examples.length > 0 || schema === undefined ? examples : numbered(schemaExamples(reader, schema));
}

function readTags(reader: DocumentReader, message: ObjectNode): readonly string[] {
  return reader.items(reader.child(message, "tags")).flatMap((item) => {
    const tag = reader.asObject(item);
    return (tag && reader.text(tag, "name")) ?? [];
  });
}

/**
 * Header names compare without regard to case; the model writes them in lower case, which a schema that others refer to as
 * well cannot have, so that of a reference is copied.
 */
function lowerCaseHeaders(schema: Schema, schemas: Schemas, seen: readonly string[] = []): Schema {
  if (!isObject(schema)) return schema;
  const { $ref: ref, ...rest } = schema;
  if (typeof ref === "string" && !seen.includes(ref)) {
    const target = lowerCaseHeaders(lookUp(schemas, ref) ?? true, schemas, [...seen, ref]);
    const own = lowerCaseHeaders(rest, schemas, seen);
    if (Object.keys(rest).length === 0) return target;
    return isObject(target) && hasOnlyAnnotations(rest) ? { ...target, ...rest } : { allOf: [target, own] };
  }
  const copy: Record<string, Json> = {
    ...mapSubschemas(schema, (part, path) => (path[0] === "allOf" ? lowerCaseHeaders(part, schemas, seen) : part)),
  };
  if (isObject(copy["properties"])) copy["properties"] = lowerCaseKeys(copy["properties"]);
  if (Array.isArray(copy["required"])) {
    copy["required"] = copy["required"].map((name: Json) => (typeof name === "string" ? name.toLowerCase() : name));
  }
  return copy;
}

function lowerCaseKeys(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The last token of the reference at a place: the key under which the document keeps what it refers to. */
export function lastToken({ value }: Node): string | undefined {
  const ref = isObject(value) ? value["$ref"] : undefined;
  return typeof ref === "string" ? (parsePointer(ref.slice(ref.indexOf("#") + 1))?.at(-1) ?? undefined) : undefined;
}

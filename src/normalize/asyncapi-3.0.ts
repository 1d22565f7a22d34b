import { diagnose } from "../diagnostics/index.ts";
import { isObject, mapSubschemas, parsePointer } from "../json/index.ts";
import type {
  Example,
  Form,
  Json,
  JsonObject,
  Reply,
  Schema,
  SecurityRequirement,
  SecurityScheme,
} from "../model/index.ts";
import { withTraits } from "./asyncapi-traits.ts";
import type { DocumentReader, Node, ObjectNode } from "./document-reader.ts";
import type { DocumentDraft, WebhookDraft } from "./draft.ts";
import { readExternalDocs } from "./external-docs.ts";
import { encodingOf } from "./media-type.ts";
import { numbered, schemaExamples } from "./openapi-examples.ts";
import { singleValues } from "./openapi-parameters.ts";
import type { SchemaCollector } from "./schema-collector.ts";
import { readSecurityScheme } from "./security-scheme.ts";
import { readName, readRoute } from "./vocabulary.ts";

export type Role = "sender" | "receiver";

const OPERATION_FIELDS: ReadonlySet<string> = new Set([
  "$ref",
  "action",
  "bindings",
  "channel",
  "description",
  "externalDocs",
  "messages",
  "reply",
  "security",
  "summary",
  "tags",
  "title",
  "traits",
  "x-webhook-name",
  "x-webhook-route",
]);
const MESSAGE_FIELDS: ReadonlySet<string> = new Set([
  "$ref",
  "bindings",
  "contentType",
  "deprecated",
  "description",
  "examples",
  "externalDocs",
  "headers",
  "name",
  "payload",
  "summary",
  "tags",
  "title",
  "traits",
  "x-webhook-name",
  "x-webhook-route",
]);

/** Schema formats that are JSON Schema in words this toolkit reads. */
const READ_SCHEMA_FORMATS = /^application\/(?:vnd\.aai\.asyncapi|schema)(?:\+(?:json|yaml))?(?:;|$)/i;

/**
 * Reads the webhooks of an AsyncAPI 3.0 document: the messages of its operations, each message once, with one form for
 * every operation that sends it.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#operationObject
 * @param role  which side the document describes; left out, it is the sender's where any operation sends
 */
export function readAsyncApi30(
  reader: DocumentReader,
  schemas: SchemaCollector,
  security: Record<string, SecurityScheme>,
  role: Role | undefined,
): DocumentDraft {
  const { root } = reader;
  const drafts = new Map<string, WebhookDraft>();
  const operations = reader.entries(reader.object(root, "operations")).flatMap(([key, node]) => {
    const operation = reader.asObject(node);
    return operation === undefined ? [] : [{ key, operation: withTraits(reader, operation) }];
  });
  const action = deliveringAction();
  for (const { key, operation } of operations) {
    if (reader.text(operation, "action") === action) readOperation(key, operation);
    else reader.omit(operation.location, `its action is not ${JSON.stringify(action)}, so it delivers no webhook`);
  }
  omitTheRest();

  const info = reader.object(root, "info");
  const description = info && reader.text(info, "description");
  const commonRoute = readRoute(reader, root);
  return {
    title: (info && reader.text(info, "title")) ?? "",
    version: (info && reader.text(info, "version")) ?? "",
    ...(description === undefined ? {} : { description }),
    ...(commonRoute === undefined ? {} : { commonRoute }),
    drafts: [...drafts.values()],
  };

  /** The action by which the described application delivers (sender's document) or is delivered to (receiver's). */
  function deliveringAction(): "send" | "receive" {
    if (role !== undefined) return role === "sender" ? "send" : "receive";
    const actions = operations.map(({ operation }) => reader.text(operation, "action"));
    if (actions.includes("send") || !actions.includes("receive")) return "send";
    reader.report(diagnose("role-guessed", { role: "receiver" }, root.location));
    return "receive";
  }

  function readOperation(key: string, operation: ObjectNode): void {
    reader.omitUnknown(operation, OPERATION_FIELDS);
    const channel = reader.object(operation, "channel");
    const listed = reader.child(operation, "messages");
    const nodes: (readonly [string, Node])[] =
      listed === undefined
        ? [...reader.entries(channel && reader.object(channel, "messages"))]
        : reader.items(listed).map((node) => [messageKey(node, key), node] as const);
    if (nodes.length === 0) reader.omit(operation.location, "names no message, so nothing says what is delivered");
    for (const [documentKey, node] of nodes) {
      const message = reader.asObject(node);
      if (message !== undefined) readMessage(documentKey, withTraits(reader, message), operation, channel);
    }
  }

  /** An operation names its messages by reference into the channel: the key is the reference's last token. */
  function messageKey(node: Node, fallback: string): string {
    const ref = isObject(node.value) ? node.value["$ref"] : undefined;
    const pointer = typeof ref === "string" ? ref.slice(ref.indexOf("#") + 1) : "";
    return parsePointer(pointer)?.at(-1) ?? fallback;
  }

  function readMessage(
    documentKey: string,
    message: ObjectNode,
    operation: ObjectNode,
    channel: ObjectNode | undefined,
  ): void {
    const form = readForm(message, operation, channel);
    if (form === null) return;
    const place = `${message.location.file}#${message.location.pointer}`;
    const known = drafts.get(place);
    if (known !== undefined) {
      drafts.set(place, {
        ...known,
        forms: [...known.forms, form],
        security: distinct([...known.security, ...readRequirements(operation, channel)]),
        replies: distinct([...known.replies, ...readReplies(operation)]),
      });
      return;
    }
    reader.omitUnknown(message, MESSAGE_FIELDS);
    const headersNode = reader.child(message, "headers");
    const headers = headersNode === undefined ? undefined : lowerCaseHeaders(collectSchema(headersNode));
    const text = (field: string) => reader.text(message, field) ?? reader.text(operation, field);
    const summary = text("summary") ?? reader.text(message, "title");
    const description = text("description");
    const externalDocs = readExternalDocs(reader, message) ?? readExternalDocs(reader, operation);
    const wantedName = readName(reader, message) ?? readName(reader, operation);
    const ownRoute = readRoute(reader, message) ?? readRoute(reader, operation);
    const payloadNode = reader.child(message, "payload");
    if (payloadNode === undefined) reader.omit(message.location, "has no payload, so anything is allowed as its body");
    drafts.set(place, {
      documentKey,
      ...(wantedName === undefined ? {} : { wantedName }),
      ...(ownRoute === undefined ? {} : { ownRoute }),
      headerConstants: singleValues(headers, schemas),
      forms: [form],
      ...(headers === undefined ? {} : { headers }),
      payload: payloadNode === undefined ? true : collectSchema(payloadNode),
      examples: readMessageExamples(message),
      security: readRequirements(operation, channel),
      replies: readReplies(operation),
      ...(summary === undefined ? {} : { summary }),
      ...(description === undefined ? {} : { description }),
      ...(reader.flag(message, "deprecated") === true ? { deprecated: true } : {}),
      tags: readTags(message),
      ...(externalDocs === undefined ? {} : { externalDocs }),
      source: message.location,
    });
  }

  /** How the operation delivers the message, by its HTTP binding; null where the content cannot be decoded. */
  function readForm(message: ObjectNode, operation: ObjectNode, channel: ObjectNode | undefined): Form | null {
    const bindings = reader.object(operation, "bindings");
    const http = bindings && reader.object(bindings, "http");
    const method = ((http && reader.text(http, "method")) ?? "POST").toUpperCase();
    const address = channel === undefined ? null : (reader.text(channel, "address") ?? null);
    if (method === "GET" || method === "HEAD") {
      return { method, address, contentType: "application/x-www-form-urlencoded", encoding: "query" };
    }
    const contentType =
      reader.text(message, "contentType") ?? reader.text(root, "defaultContentType") ?? "application/json";
    const encoding = encodingOf(contentType);
    if (encoding === null) {
      reader.omit(message.location, `a body of type ${contentType} has no fields that could be decoded`);
      return null;
    }
    return { method, address, contentType, encoding };
  }

  /** A Schema Object, or a Multi Format Schema Object whose format is JSON Schema. */
  function collectSchema(node: Node): Schema {
    const target = reader.follow(node);
    const value = target?.value;
    if (target === undefined || !isObject(value) || typeof value["schemaFormat"] !== "string") {
      return schemas.collect(node);
    }
    const inner = reader.child(target, "schema");
    if (inner !== undefined && READ_SCHEMA_FORMATS.test(value["schemaFormat"])) return schemas.collect(inner);
    reader.omit(target.location, `a schema of format ${JSON.stringify(value["schemaFormat"])} is not read`);
    return true;
  }

  function readMessageExamples(message: ObjectNode): readonly Example[] {
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
    const schema = reader.object(message, "payload");
    return examples.length > 0 || schema === undefined ? examples : numbered(schemaExamples(reader, schema));
  }

  function readTags(message: ObjectNode): readonly string[] {
    return reader.items(reader.child(message, "tags")).flatMap((item) => {
      const tag = reader.asObject(item);
      return (tag && reader.text(tag, "name")) ?? [];
    });
  }

  /** The operation's security, else that of the channel's servers, or of all servers. Each entry is an alternative. */
  function readRequirements(operation: ObjectNode, channel: ObjectNode | undefined): readonly SecurityRequirement[] {
    const own = reader.child(operation, "security");
    if (own !== undefined) return reader.items(own).flatMap(readRequirement);
    const named = reader.items(channel && reader.child(channel, "servers"));
    const nodes = named.length > 0 ? named : reader.entries(reader.object(root, "servers")).map(([, node]) => node);
    const servers = nodes.flatMap((node) => reader.asObject(node) ?? []);
    return distinct(
      servers.flatMap((server) => reader.items(reader.child(server, "security")).flatMap(readRequirement)),
    );
  }

  function readRequirement(node: Node): readonly SecurityRequirement[] {
    const scheme = reader.asObject(node);
    if (scheme === undefined) return [];
    const read = readSecurityScheme(reader, scheme);
    const ref = isObject(node.value) ? node.value["$ref"] : undefined;
    const name = typeof ref === "string" ? (parsePointer(ref.slice(ref.indexOf("#") + 1))?.at(-1) ?? ref) : read.type;
    security[name] ??= read;
    const scopes = reader
      .items(reader.child(scheme, "scopes"))
      .flatMap(({ value }) => (typeof value === "string" ? value : []));
    return [{ [name]: scopes }];
  }

  /** The messages of the operation's reply, with the status of their HTTP binding. */
  function readReplies(operation: ObjectNode): readonly Reply[] {
    const reply = reader.object(operation, "reply");
    if (reply === undefined) return [];
    const channel = reader.object(reply, "channel");
    const listed = reader.items(reader.child(reply, "messages"));
    const nodes =
      listed.length > 0
        ? listed
        : reader.entries(channel && reader.object(channel, "messages")).map(([, node]) => node);
    return nodes.flatMap((node): Reply[] => {
      const found = reader.asObject(node);
      if (found === undefined) return [];
      const message = withTraits(reader, found);
      const bindings = reader.object(message, "bindings");
      const http = bindings && reader.object(bindings, "http");
      const status = http && reader.child(http, "statusCode")?.value;
      const description = reader.text(message, "description") ?? reader.text(message, "summary");
      const contentType = reader.text(message, "contentType");
      const payload = reader.child(message, "payload");
      return [
        {
          status: typeof status === "number" || typeof status === "string" ? String(status).toUpperCase() : "2XX",
          ...(description === undefined ? {} : { description }),
          ...(contentType === undefined ? {} : { contentType }),
          ...(payload === undefined ? {} : { payload: collectSchema(payload) }),
        },
      ];
    });
  }

  function omitTheRest(): void {
    const delivered = new Set(drafts.keys());
    for (const [, channelNode] of reader.entries(reader.object(root, "channels"))) {
      const channel = reader.asObject(channelNode);
      for (const [, node] of reader.entries(channel && reader.object(channel, "messages"))) {
        const message = reader.asObject(node);
        if (message === undefined) continue;
        const place = `${message.location.file}#${message.location.pointer}`;
        if (!delivered.has(place) && !isReply(place)) reader.omit(node.location, "no operation delivers this message");
      }
    }
  }

  function isReply(place: string): boolean {
    return operations.some(({ operation }) => {
      const reply = reader.object(operation, "reply");
      const channel = reply && reader.object(reply, "channel");
      const nodes = [
        ...reader.items(reply && reader.child(reply, "messages")),
        ...reader.entries(channel && reader.object(channel, "messages")).map(([, node]) => node),
      ];
      return nodes.some((node) => {
        const message = reader.asObject(node);
        return message !== undefined && `${message.location.file}#${message.location.pointer}` === place;
      });
    });
  }
}

/** Header names compare without regard to case; the model writes them in lower case. */
function lowerCaseHeaders(schema: Schema): Schema {
  if (!isObject(schema)) return schema;
  const copy: Record<string, Json> = {
    ...mapSubschemas(schema, (part, path) => (path[0] === "allOf" ? lowerCaseHeaders(part) : part)),
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

function distinct<T>(items: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const id = JSON.stringify(item);
    return seen.has(id) ? false : Boolean(seen.add(id));
  });
}

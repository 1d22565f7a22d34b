import { diagnose } from "../diagnostics/index.ts";
import { setOwn } from "../json/index.ts";
import type { Form, Reply, Schema, SecurityRequirement, SecurityScheme } from "../model/index.ts";
import type { DocumentReader, Node, ObjectNode } from "./document-reader.ts";
import type { DocumentDraft, WebhookDraft } from "./draft.ts";
import { readExternalDocs } from "./external-docs.ts";
import { readInfo } from "./info.ts";
import { encodingOf, isJson } from "./media-type.ts";
import { omitEncodings } from "./openapi-encoding.ts";
import { readExamples } from "./openapi-examples.ts";
import { ParameterSchema, type Parameters, readParameters } from "./openapi-parameters.ts";
import { replyStatus } from "./reply-status.ts";
import type { SchemaCollector } from "./schema-collector.ts";
import { readSecurityScheme } from "./security-scheme.ts";
import { readName, readRoute } from "./vocabulary.ts";

/** In a map from free names, one that begins with `x-` is a name like any other. */
const NAMES = { extensions: true };

/** The methods that are fields of a Path Item Object; `query` since OpenAPI 3.2. */
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"] as const;

const PATH_ITEM_FIELDS: ReadonlySet<string> = new Set([
  "$ref",
  "additionalOperations",
  "description",
  "parameters",
  "summary",
  "x-webhook-name",
  "x-webhook-route",
  ...METHODS,
]);
/** The fields of which a Path Item Object has one at least, which nothing else has that may stand in its place. */
const OPERATION_HOLDERS: readonly string[] = [...METHODS, "additionalOperations"];

const ROOT_FIELDS: ReadonlySet<string> = new Set([
  "$self",
  "components",
  "externalDocs",
  "info",
  "jsonSchemaDialect",
  "openapi",
  "paths",
  "security",
  "servers",
  "tags",
  "webhooks",
  "x-webhook-route",
  "x-webhooks",
]);
const OPERATION_FIELDS: ReadonlySet<string> = new Set([
  "callbacks",
  "deprecated",
  "description",
  "externalDocs",
  "operationId",
  "parameters",
  "requestBody",
  "responses",
  "security",
  "summary",
  "tags",
  "x-webhook-name",
  "x-webhook-route",
]);

/** Where a document has a webhook, of which there may be several: an operation may be described once for many. */
interface WebhookPlace {
  readonly key: string;
  /** Operations that are one in place and identity are one webhook, delivered to each one's address. */
  readonly identity: string;
  readonly address: string | null;
}

/** What the readers of all OpenAPI versions work with. */
export interface OpenApiContext {
  readonly reader: DocumentReader;
  readonly schemas: SchemaCollector;
  /** Filled with the schemes that webhooks ask for. */
  readonly security: Record<string, SecurityScheme>;
}

/** Where a version keeps webhooks beside the callbacks of its operations. */
export interface OpenApiPlaces {
  /** Fields of the root: maps of path items, or of callbacks. */
  readonly webhookFields: readonly string[];
}

/**
 * Reads the webhooks of an OpenAPI 3 document: those of the root, and the `callbacks` of its operations.
 * @see https://spec.openapis.org/oas/v3.1.1.html#callback-object
 */
export function readOpenApi(
  { reader, schemas, security }: OpenApiContext,
  { webhookFields }: OpenApiPlaces,
): DocumentDraft {
  const { root } = reader;
  const components = reader.object(root, "components");
  const drafts = new Map<string, WebhookDraft>();
  const readPathItems = new Set<string>();

  for (const field of webhookFields) {
    for (const [key, node] of reader.entries(reader.object(root, field), NAMES)) readWebhook(key, node);
  }
  readCallbacksOfPaths();
  readCallbackComponents();
  readSecuritySchemes();
  omitTheRest();

  const commonRoute = readRoute(reader, root);
  return { ...readInfo(reader), ...(commonRoute === undefined ? {} : { commonRoute }), drafts: [...drafts.values()] };

  /** A path item; in `x-webhooks` also a map of expressions to path items, as a callback is one. */
  function readWebhook(key: string, node: Node): void {
    const target = objectAt(node);
    if (target === undefined) return;
    const entries = hasOperation(target) ? [] : reader.entries(target, NAMES);
    if (!entries.some(([expression]) => hasOperation(reader.peek(target, expression)))) {
      readPathItem({ key, identity: key, address: null }, node);
      return;
    }
    for (const [expression, item] of entries) {
      if (reader.peek(target, expression) === undefined) reader.omit(item.location, "not read");
      else readPathItem({ key, identity: key, address: expression }, item);
    }
  }

  function hasOperation(node: ObjectNode | undefined): boolean {
    return node !== undefined && OPERATION_HOLDERS.some((field) => Object.hasOwn(node.value, field));
  }

  /** The object where a webhook should be; what is none, or nothing, is reported. */
  function objectAt(node: Node): ObjectNode | undefined {
    if (node.value === null) reader.omit(node.location, "is empty, so nothing says what is delivered");
    return reader.asObject(node);
  }

  /** Callbacks that no operation of this document refers to: other documents may, and their events are described. */
  function readCallbackComponents(): void {
    for (const [key, node] of reader.entries(components && reader.object(components, "callbacks"), NAMES)) {
      readCallback(key, node);
    }
  }

  function readCallbacksOfPaths(): void {
    for (const [, pathNode] of reader.entries(reader.object(root, "paths"))) {
      const pathItem = reader.asObject(pathNode);
      if (pathItem === undefined) continue;
      readPathItems.add(placeOf(pathItem));
      for (const [, operation] of operationsOf(pathItem)) readCallbacks(operation);
    }
  }

  function readCallbacks(operation: ObjectNode): void {
    for (const [key, node] of reader.entries(reader.object(operation, "callbacks"), NAMES)) readCallback(key, node);
  }

  function readCallback(key: string, node: Node): void {
    const callback = objectAt(node);
    if (callback === undefined) return;
    for (const [expression, item] of reader.entries(callback)) {
      const identity = nameAt(reader.asObject(item)) ?? nameAt(callback) ?? key;
      readPathItem({ key, identity, address: expression }, item);
    }
  }

  /** What a webhook, or a callback of the components, is called where it stands: the same, whatever refers to it. */
  function nameAt(node: ObjectNode | undefined): string | undefined {
    return node && /^\/(?:x-)?(?:webhooks|components\/callbacks)\/([^/]*)$/.exec(node.location.pointer)?.[1];
  }

  /**
   * The operations of a path item by method, in the document's order; OpenAPI 3.2 has a map for methods that no field is
   * named after. Of a path item that is named as a whole they are the ways to deliver one webhook, the first the usual one;
   * of any other they are webhooks, POST the first.
   */
  function operationsOf(pathItem: ObjectNode): readonly (readonly [string, ObjectNode])[] {
    const additional = reader.entries(reader.object(pathItem, "additionalOperations"), NAMES);
    const keys = Object.keys(pathItem.value);
    const isNamed = readName(reader, pathItem) !== undefined;
    // The name, which only one of several webhooks can have, is for the one that is meant.
    const rank = (method: string) => (!isNamed && method === "post" ? -1 : keys.indexOf(method));
    const methods = [...METHODS].sort((a, b) => rank(a) - rank(b));
    const nodes = [...methods.map((method) => [method, reader.child(pathItem, method)] as const), ...additional];
    return nodes.flatMap(([method, node]) => {
      const operation = node && reader.asObject(node);
      return operation === undefined ? [] : [[method, operation] as const];
    });
  }

  function readPathItem(webhook: WebhookPlace, node: Node): void {
    const pathItem = objectAt(node);
    if (pathItem === undefined) return;
    readPathItems.add(placeOf(pathItem));
    reader.omitUnknown(pathItem, PATH_ITEM_FIELDS);
    for (const method of METHODS) {
      const operation = reader.child(pathItem, method);
      if (operation?.value === null) reader.omit(operation.location, "is empty, so nothing says what is delivered");
    }
    const operations = operationsOf(pathItem);
    if (operations.length === 0) reader.omit(node.location, "has no operation, so nothing says what is delivered");
    for (const [method, operation] of operations) readOperation(webhook, method, pathItem, operation);
  }

  function readOperation(
    { key, identity, address }: WebhookPlace,
    method: string,
    pathItem: ObjectNode,
    operation: ObjectNode,
  ): void {
    const place = `${placeOf(operation)} ${identity}`;
    const known = drafts.get(place);
    if (known !== undefined) {
      // One callback that several operations refer to: the same webhook, delivered to each one's address.
      const forms = known.forms.map((form) => ({ ...form, address }));
      drafts.set(place, { ...known, forms: distinctForms([...known.forms, ...forms]) });
      return;
    }
    reader.omitUnknown(operation, OPERATION_FIELDS);
    const parameters = readParameters(reader, schemas, pathItem, operation);
    const body = readBody(operation, method, address, parameters);
    if (body === null) return;
    if (parameters.query !== undefined && body.forms[0]?.encoding !== "query") {
      for (const query of parameters.queryNodes) {
        reader.omit(query.location, "a query parameter beside a body is not part of the payload");
      }
    }
    const text = (field: string) => reader.text(operation, field) ?? reader.text(pathItem, field);
    const summary = text("summary");
    const description = text("description");
    const externalDocs = readExternalDocs(reader, operation);
    const wantedName = readName(reader, operation) ?? readName(reader, pathItem);
    const ownRoute = readRoute(reader, operation) ?? readRoute(reader, pathItem);
    drafts.set(place, {
      documentKey: key,
      ...(wantedName === undefined ? {} : { wantedName }),
      ...(ownRoute === undefined ? {} : { ownRoute }),
      headerConstants: parameters.headerConstants,
      forms: body.forms,
      ...(parameters.headers === undefined ? {} : { headers: parameters.headers }),
      payload: body.payload,
      examples: body.examples,
      security: readRequirements(operation),
      replies: readReplies(operation),
      ...(summary === undefined ? {} : { summary }),
      ...(description === undefined ? {} : { description }),
      ...(reader.flag(operation, "deprecated") === true ? { deprecated: true } : {}),
      tags: reader
        .items(reader.child(operation, "tags"))
        .flatMap(({ value }) => (typeof value === "string" ? value : [])),
      ...(externalDocs === undefined ? {} : { externalDocs }),
      source: operation.location,
    });
    // A webhook's operation may itself have callbacks; they are webhooks like any other.
    readCallbacks(operation);
  }

  function readBody(
    operation: ObjectNode,
    method: string,
    address: string | null,
    { query, queryExamples, headerExamples }: Parameters,
  ): Pick<WebhookDraft, "forms" | "payload" | "examples"> | null {
    const requestBody = reader.object(operation, "requestBody");
    const medias = reader
      .entries(requestBody && reader.object(requestBody, "content"))
      .flatMap(([mediaType, node]) => {
        const media = reader.asObject(node);
        return media === undefined ? [] : [{ mediaType, media, encoding: encodingOf(mediaType) }];
      })
      // JSON first: it is what the payload's schema describes best.
      .sort((a, b) => Number(isJson(b.mediaType)) - Number(isJson(a.mediaType)));
    const upper = method.toUpperCase();
    for (const { media, mediaType, encoding } of medias) {
      if (encoding === null)
        reader.omit(media.location, `a body of type ${mediaType} has no fields that could be decoded`);
    }
    const readable = medias.filter((entry) => entry.encoding !== null);
    const [first] = readable;
    // Nothing that could be decoded into fields, which was said of each: no webhook that a receiver could be helped with.
    if (first === undefined && medias.length > 0) return null;
    if (first === undefined) {
      const inQuery = query !== undefined || upper === "GET" || upper === "HEAD";
      const encoding = inQuery ? ("query" as const) : ("json" as const);
      if (query === undefined) reportNoBody(operation, inQuery);
      const contentType = inQuery ? "application/x-www-form-urlencoded" : "application/json";
      return {
        forms: [{ method: upper, address, contentType, encoding }],
        payload: query ?? true,
        examples: queryExamples,
      };
    }
    const schemaNode = reader.child(first.media, "schema");
    const same = readable.filter(({ media }) => {
      const node = reader.child(media, "schema");
      const equal = JSON.stringify(node?.value) === JSON.stringify(schemaNode?.value);
      if (!equal) reader.omit(media.location, `its schema differs from that of ${first.mediaType}, which is used`);
      return equal;
    });
    for (const { media, encoding } of same) {
      if (encoding === "form" || encoding === "multipart") omitEncodings(reader, media);
    }
    return {
      forms: same.map(
        ({ mediaType, encoding }): Form => ({
          method: upper,
          address,
          contentType: mediaType.includes("*") ? "application/json" : mediaType,
          encoding: encoding ?? "json",
        }),
      ),
      payload: schemaNode === undefined ? true : schemas.collect(schemaNode),
      examples: readExamples(reader, first.media, headerExamples),
    };
  }

  /** What is delivered is the request; some documents describe it as the response, the receiver's answer. */
  function reportNoBody(operation: ObjectNode, hasNoBody: boolean): void {
    const answered = reader.entries(reader.object(operation, "responses"), NAMES).find(([, node]) => {
      const response = reader.asObject(node);
      return reader.entries(response && reader.object(response, "content")).length > 0;
    });
    if (answered === undefined) {
      const lacking = hasNoBody ? "query parameter" : "request body";
      reader.omit(operation.location, `documents no ${lacking}, so nothing is known of its payload`);
      return;
    }
    reader.omit(answered[1].location, "describes what the receiver answers; no request body says what it is sent");
    reader.report(diagnose("payload-in-response", { status: answered[0] }, answered[1].location));
  }

  function readRequirements(operation: ObjectNode): readonly SecurityRequirement[] {
    return reader
      .items(reader.child(operation, "security"))
      .map((item) =>
        Object.fromEntries(
          reader
            .entries(item, { extensions: true })
            .map(([name, scopes]) => [
              name,
              reader.items(scopes).flatMap(({ value }) => (typeof value === "string" ? value : [])),
            ]),
        ),
      );
  }

  function readReplies(operation: ObjectNode): readonly Reply[] {
    return reader.entries(reader.object(operation, "responses")).flatMap(([key, node]): Reply[] => {
      const status = replyStatus(key);
      if (status === null) {
        reader.omit(node.location, "a reply under what is neither a status, a range such as 4XX, nor default");
        return [];
      }
      const response = reader.asObject(node);
      if (response === undefined) return [];
      const description = reader.text(response, "description");
      const headers = readReplyHeaders(response);
      const reply = {
        status,
        // It must be there; empty, it says nothing.
        ...(description === undefined || description === "" ? {} : { description }),
        ...(headers === undefined ? {} : { headers }),
      };
      const contents = reader.entries(reader.object(response, "content"));
      if (contents.length === 0) return [reply];
      return contents.map(([contentType, content]) => {
        const media = reader.asObject(content);
        const schema = media && reader.child(media, "schema");
        return { ...reply, contentType, ...(schema === undefined ? {} : { payload: schemas.collect(schema) }) };
      });
    });
  }

  function readReplyHeaders(response: ObjectNode): Schema | undefined {
    const headers = new ParameterSchema();
    for (const [name, node] of reader.entries(reader.object(response, "headers"), NAMES)) {
      const header = reader.asObject(node);
      if (header !== undefined) headers.add(reader, schemas, name.toLowerCase(), header);
    }
    return headers.schema;
  }

  function readSecuritySchemes(): void {
    const used = new Set([...drafts.values()].flatMap((draft) => draft.security.flatMap(Object.keys)));
    const schemes = components && reader.object(components, "securitySchemes");
    for (const [name, node] of reader.entries(schemes, NAMES)) {
      const scheme = reader.asObject(node);
      if (scheme === undefined) continue;
      if (used.has(name)) setOwn(security, name, readSecurityScheme(reader, scheme));
      else reader.omit(node.location, "a security scheme that no webhook asks for");
    }
  }

  function omitTheRest(): void {
    reader.omitUnknown(root, ROOT_FIELDS);
    for (const [, node] of reader.entries(components && reader.object(components, "pathItems"), NAMES)) {
      const pathItem = reader.asObject(node);
      if (pathItem === undefined || readPathItems.has(placeOf(pathItem))) continue;
      reader.omit(node.location, "nothing refers to it, so nothing says whether it is delivered");
    }
    const paths = reader.child(root, "paths");
    const count = reader.entries(reader.object(root, "paths")).length;
    if (paths !== undefined && count > 0) {
      reader.omit(paths.location, `${count} ${count === 1 ? "path" : "paths"} of the sender's own API: no webhooks`);
    }
    const rootSecurity = reader.child(root, "security");
    if (rootSecurity !== undefined) {
      reader.omit(
        rootSecurity.location,
        "the root's security speaks of the sender's own API; webhooks state their own",
      );
    }
    const servers = reader.child(root, "servers");
    if (servers !== undefined) reader.omit(servers.location, "servers of the sender's own API");
  }
}

function placeOf({ location }: ObjectNode): string {
  return `${location.file}#${location.pointer}`;
}

function distinctForms(forms: readonly Form[]): readonly Form[] {
  return forms.filter((form, index) => forms.findIndex((other) => sameForm(form, other)) === index);
}

function sameForm(a: Form, b: Form): boolean {
  return (
    a.method === b.method && a.address === b.address && a.contentType === b.contentType && a.encoding === b.encoding
  );
}

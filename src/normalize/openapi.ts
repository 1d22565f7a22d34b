import { diagnose } from "../diagnostics/index.ts";
import { isObject, setOwn } from "../json/index.ts";
import type { Form, Reply, Schema, SecurityRequirement, SecurityScheme } from "../model/index.ts";
import type { DocumentReader, Node, ObjectNode } from "./document-reader.ts";
import type { DocumentDraft, WebhookDraft } from "./draft.ts";
import { readExternalDocs } from "./external-docs.ts";
import { readInfo } from "./info.ts";
import { encodingOf, isJson } from "./media-type.ts";
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
    const target = reader.asObject(node);
    if (target === undefined) return;
    const isPathItem = Object.keys(target.value).some((field) => PATH_ITEM_FIELDS.has(field));
    const expressions = isPathItem ? [] : reader.entries(target, NAMES).filter(([, item]) => isObject(item.value));
    if (expressions.length === 0) readPathItem(key, null, node);
    for (const [expression, item] of expressions) readPathItem(key, expression, item);
  }

  /** Callbacks that no operation of this document refers to: other documents may, and their events are described. */
  function readCallbackComponents(): void {
    for (const [key, node] of reader.entries(components && reader.object(components, "callbacks"), NAMES)) {
      const callback = reader.asObject(node);
      for (const [expression, item] of reader.entries(callback)) {
        readPathItem(key, expression, item);
      }
    }
  }

  function readCallbacksOfPaths(): void {
    for (const [, pathNode] of reader.entries(reader.object(root, "paths"))) {
      const pathItem = reader.asObject(pathNode);
      if (pathItem === undefined) continue;
      for (const [, operation] of operationsOf(pathItem)) readCallbacks(operation);
    }
  }

  function readCallbacks(operation: ObjectNode): void {
    for (const [key, node] of reader.entries(reader.object(operation, "callbacks"), NAMES)) {
      const callback = reader.asObject(node);
      for (const [expression, item] of reader.entries(callback)) readPathItem(key, expression, item);
    }
  }

  /**
   * The operations of a path item by method; OpenAPI 3.2 has a map for methods that no field is named after. Of a path item
   * that is named as a whole they are the ways to deliver one webhook, the first the usual one: there the order is the
   * document's.
   */
  function operationsOf(pathItem: ObjectNode): readonly (readonly [string, ObjectNode])[] {
    const additional = reader.entries(reader.object(pathItem, "additionalOperations"), NAMES);
    const keys = Object.keys(pathItem.value);
    const methods =
      readName(reader, pathItem) === undefined
        ? METHODS
        : [...METHODS].sort((a, b) => keys.indexOf(a) - keys.indexOf(b));
    const nodes = [...methods.map((method) => [method, reader.child(pathItem, method)] as const), ...additional];
    return nodes.flatMap(([method, node]) => {
      const operation = node && reader.asObject(node);
      return operation === undefined ? [] : [[method, operation] as const];
    });
  }

  function readPathItem(key: string, address: string | null, node: Node): void {
    const pathItem = reader.asObject(node);
    if (pathItem === undefined) return;
    reader.omitUnknown(pathItem, PATH_ITEM_FIELDS);
    const operations = operationsOf(pathItem);
    if (operations.length === 0) reader.omit(node.location, "has no operation, so nothing says what is delivered");
    for (const [method, operation] of operations) readOperation(key, address, method, pathItem, operation);
  }

  function readOperation(
    key: string,
    address: string | null,
    method: string,
    pathItem: ObjectNode,
    operation: ObjectNode,
  ): void {
    const place = `${operation.location.file}#${operation.location.pointer}`;
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
      if (!inQuery && medias.length === 0) reportNoBody(operation);
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
  function reportNoBody(operation: ObjectNode): void {
    const answered = reader.entries(reader.object(operation, "responses"), NAMES).find(([, node]) => {
      const response = reader.asObject(node);
      return reader.entries(response && reader.object(response, "content")).length > 0;
    });
    if (answered === undefined) {
      reader.omit(operation.location, "documents no request body, so nothing is known of its payload");
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

function distinctForms(forms: readonly Form[]): readonly Form[] {
  return forms.filter((form, index) => forms.findIndex((other) => sameForm(form, other)) === index);
}

function sameForm(a: Form, b: Form): boolean {
  return (
    a.method === b.method && a.address === b.address && a.contentType === b.contentType && a.encoding === b.encoding
  );
}

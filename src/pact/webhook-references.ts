import { isArray, isObject, joinPointer } from "../json/index.ts";
import type { Contract, DocumentSet, Json, JsonObject, SourceLocation, Webhook } from "../model/index.ts";

/** What `comments.references` of an interaction says to name a webhook. */
export interface WebhookReference {
  /** `AsyncAPI`, as other tools write and read it. OpenAPI's operations have such a name as well. */
  readonly operationId?: string;
  /** `OpenAPI`, of our own. */
  readonly openApi?: OpenApiReference;
}

/** A webhook by its key, or a callback by the operation that it belongs to. */
export interface OpenApiReference {
  readonly webhook?: string;
  readonly path?: string;
  /** Lower case: of the webhook's operation, or of the operation that has the callback. */
  readonly method?: string;
  readonly callback?: string;
  readonly expression?: string;
}

/** How the webhooks of a document are named from outside it. */
export interface WebhookReferences {
  /** The webhooks of an operation; undefined where the document has no such operation. */
  readonly ofOperation: (operationId: string) => readonly Webhook[] | undefined;
  /** The webhooks that a reference fits; what it leaves out may be anything. */
  readonly ofOpenApi: (reference: JsonObject) => readonly Webhook[];
  /** The webhooks that the document describes under a key of its own: a webhook's, a callback's, an operation's. */
  readonly byKey: ReadonlyMap<string, ReadonlySet<Webhook>>;
  /** The operations of OpenAPI's `paths`, which are calls and no webhooks. */
  readonly isCall: (method: string, path: string) => boolean;
  /** How a webhook is best named; undefined where its operation has no name. */
  readonly of: (webhook: Webhook) => WebhookReference | undefined;
}

/** What a contract is made of, as far as names are concerned. */
export interface NamedContract {
  readonly contract: Contract;
  readonly set: DocumentSet;
  readonly webhookOrigin: (webhook: Webhook) => SourceLocation;
}

/** A contract whose webhooks say how pacts refer to them: whoever has only the contract cannot find out. */
export function withReferences(named: NamedContract): Contract {
  const references = webhookReferences(named);
  const webhooks = named.contract.webhooks.map((webhook): Webhook => {
    const { operationId, openApi } = references.of(webhook) ?? {};
    if (operationId !== undefined) return { ...webhook, references: { AsyncAPI: { operationId } } };
    return openApi === undefined ? webhook : { ...webhook, references: { OpenAPI: { ...openApi } } };
  });
  return { ...named.contract, webhooks };
}

const METHODS: ReadonlySet<string> = new Set("get put post delete options head patch trace query".split(" "));

interface Node {
  readonly value: JsonObject;
  readonly location: SourceLocation;
}

/** Finds out which operation each webhook of a contract belongs to. */
export function webhookReferences({ contract, set, webhookOrigin }: NamedContract): WebhookReferences {
  const byOrigin = new Map<string, Webhook[]>();
  for (const webhook of contract.webhooks) {
    const place = placeOf(webhookOrigin(webhook));
    byOrigin.set(place, [...(byOrigin.get(place) ?? []), webhook]);
  }
  const operations = new Map<string, Set<Webhook>>();
  const byKey = new Map<string, Set<Webhook>>();
  const openApi: (readonly [OpenApiReference, readonly Webhook[]])[] = [];
  const calls: { readonly method: string; readonly path: RegExp }[] = [];
  const names = new Map<Webhook, WebhookReference>();

  /** Operations of the other side: what they name is the same message, and no delivery. */
  const others = new Set(
    contract.omissions.flatMap(({ reason, source }) => (/delivers no webhook$/.test(reason) ? [placeOf(source)] : [])),
  );

  const root: Node = {
    value: isObject(set.entry.value) ? set.entry.value : {},
    location: { file: set.entry.file, pointer: "" },
  };
  if (set.format.startsWith("asyncapi-2")) readAsyncApi2();
  else if (set.format.startsWith("asyncapi-")) readAsyncApi3();
  else readOpenApi();

  return {
    ofOperation: (operationId) => {
      const found = operations.get(operationId);
      return found === undefined ? undefined : [...found];
    },
    ofOpenApi: (reference) => {
      const wanted = Object.entries(reference).flatMap(([key, value]) =>
        typeof value === "string" && REFERENCE_KEYS.has(key) ? [[key as keyof OpenApiReference, value] as const] : [],
      );
      if (wanted.length === 0) return described(reference["pointer"]);
      const fits = (one: OpenApiReference) => wanted.every(([key, value]) => isSame(key, one[key], value));
      const found = new Set(openApi.flatMap(([one, webhooks]) => (fits(one) ? webhooks : [])));
      const ofDocument = [...found];
      if (ofDocument.length > 0 || typeof reference["webhook"] !== "string") return ofDocument;
      // A payload that was split has webhooks of other names than the document's key.
      return contract.webhooks.filter(({ name, key }) => name === reference["webhook"] || key === reference["webhook"]);
    },
    byKey,
    isCall: (method, path) => calls.some((call) => call.method === method.toLowerCase() && call.path.test(path)),
    of: (webhook) => names.get(webhook),
  };

  /** What stands in the document at a pointer: an operation, or one of the payloads that it was split into. */
  function described(pointer: Json | undefined): readonly Webhook[] {
    return contract.webhooks.filter(
      (webhook) => webhook.source.pointer === pointer || webhookOrigin(webhook).pointer === pointer,
    );
  }

  function readAsyncApi3(): void {
    for (const [id, operation] of members(root, "operations")) {
      if (others.has(placeOf(operation.location))) continue;
      const listed = operation.value["messages"];
      const channel = at(operation, "channel");
      const messages = isArray(listed)
        ? listed.flatMap((_, index) => at(at(operation, "messages"), String(index)) ?? [])
        : members(channel, "messages").map(([, message]) => message);
      addOperation(id, messages);
    }
  }

  function readAsyncApi2(): void {
    for (const [, channel] of members(root, "channels")) {
      for (const word of ["subscribe", "publish"]) {
        const operation = at(channel, word);
        const id = operation?.value["operationId"];
        if (operation === undefined || typeof id !== "string" || others.has(placeOf(operation.location))) continue;
        const message = at(operation, "message");
        const alternatives = message?.value["oneOf"];
        const messages = isArray(alternatives)
          ? alternatives.flatMap((_, index) => at(at(message, "oneOf"), String(index)) ?? [])
          : [message ?? []].flat();
        addOperation(id, messages);
      }
    }
  }

  function addOperation(id: string, nodes: readonly Node[]): void {
    const webhooks = operations.get(id) ?? new Set();
    operations.set(id, webhooks);
    for (const { location } of nodes) {
      for (const webhook of byOrigin.get(placeOf(location)) ?? []) {
        webhooks.add(webhook);
        addKey(id, webhook);
        if (!names.has(webhook)) names.set(webhook, { operationId: id });
      }
    }
  }

  function addKey(key: string, webhook: Webhook): void {
    byKey.set(key, (byKey.get(key) ?? new Set()).add(webhook));
  }

  function readOpenApi(): void {
    for (const field of ["webhooks", "x-webhooks"]) {
      for (const [key, item] of members(root, field)) readPathItem(item, { webhook: key }, "method");
    }
    for (const [path, item] of members(root, "paths")) {
      for (const [method, operation] of operationsOf(item)) {
        calls.push({ method, path: templateOf(path) });
        readCallbacks(operation, { path, method });
      }
    }
    const components = at(root, "components");
    for (const [callback, node] of members(components, "callbacks")) readCallback(node, { callback });
  }

  function readCallbacks(operation: Node, owner: OpenApiReference): void {
    for (const [callback, node] of members(operation, "callbacks")) readCallback(node, { ...owner, callback });
  }

  function readCallback(node: Node, reference: OpenApiReference): void {
    for (const [expression, item] of Object.keys(node.value).flatMap((key) => {
      const found = at(node, key);
      return found === undefined ? [] : [[key, found] as const];
    })) {
      readPathItem(item, { ...reference, expression }, null);
    }
  }

  /** @param methodKey  what the reference says of the method of the webhook itself */
  function readPathItem(item: Node, reference: OpenApiReference, methodKey: "method" | null): void {
    for (const [method, operation] of operationsOf(item)) {
      const webhooks = byOrigin.get(placeOf(operation.location)) ?? [];
      const complete = methodKey === null ? reference : { ...reference, method };
      if (webhooks.length > 0) openApi.push([complete, webhooks]);
      const id = operation.value["operationId"];
      for (const webhook of webhooks) {
        for (const key of [reference.webhook, reference.callback]) if (key !== undefined) addKey(key, webhook);
        if (!names.has(webhook)) names.set(webhook, { openApi: complete });
        if (typeof id === "string") operations.set(id, (operations.get(id) ?? new Set()).add(webhook));
      }
      if (typeof id === "string" && !operations.has(id)) operations.set(id, new Set());
      if (webhooks.length > 0 && methodKey !== null) readCallbacks(operation, {});
    }
  }

  function operationsOf(item: Node): readonly (readonly [string, Node])[] {
    const own = Object.keys(item.value).filter((key) => METHODS.has(key));
    const additional = members(item, "additionalOperations").map(([key, node]) => [key.toLowerCase(), node] as const);
    return [
      ...own.flatMap((method) => {
        const operation = at(item, method);
        return operation === undefined ? [] : [[method, operation] as const];
      }),
      ...additional,
    ];
  }

  function members(node: Node | undefined, field: string): readonly (readonly [string, Node])[] {
    const map = at(node, field);
    if (map === undefined) return [];
    return Object.keys(map.value).flatMap((key) => {
      const member = at(map, key);
      return member === undefined ? [] : [[key, member] as const];
    });
  }

  /** A member with its references followed, if it is an object or a list. */
  function at(node: Node | undefined, token: string): Node | undefined {
    if (node === undefined || !Object.hasOwn(node.value, token)) return undefined;
    const { file, pointer } = node.location;
    let value: Json | undefined = node.value[token];
    let location: SourceLocation = { file, pointer: joinPointer(pointer, token) };
    for (let steps = 0; isObject(value) && typeof value["$ref"] === "string" && steps < 50; steps++) {
      const target = set.resolve(value["$ref"], location);
      if (target === null) return undefined;
      ({ value, location } = target);
    }
    return isObject(value) || isArray(value) ? { value: value as JsonObject, location } : undefined;
  }
}

const REFERENCE_KEYS: ReadonlySet<string> = new Set(["webhook", "path", "method", "callback", "expression"]);

function isSame(key: keyof OpenApiReference, own: string | undefined, wanted: string): boolean {
  if (own === undefined) return key === "method";
  return key === "method" ? own.toLowerCase() === wanted.toLowerCase() : own === wanted;
}

function placeOf({ file, pointer }: SourceLocation): string {
  return `${file}#${pointer}`;
}

/** A path of `paths`: `{name}` is one segment. */
function templateOf(path: string): RegExp {
  const parts = path.split(/\{[^}]*\}/).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return new RegExp(`^(?:/[^?]*)?${parts.join("[^/]+")}/?$`);
}

import { isObject, type RawDocuments, type RawNode } from "./raw-documents.ts";

/** Something in a document that says that something is delivered, whether or not it can be read. */
export interface WebhookNode {
  readonly kind: "operation" | "message" | "broken" | "empty" | "other side" | "unused";
  /** Where it is described, references followed; where one leads nowhere, the place that holds it. */
  readonly at: RawNode;
  /** How it is said to be delivered. `address` undefined: nothing says where. */
  readonly method?: string;
  readonly address?: string | null;
  /** The name by which the document has it there: two names are two webhooks, though one description serves both. */
  readonly key?: string;
  /** The bodies that it may have: the key and the description of each media type. */
  readonly contents?: readonly (readonly [string, RawNode])[];
  /** Where the examples of its bodies stand. */
  readonly examples?: readonly RawNode[];
}

const METHODS: readonly string[] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/** Every webhook-like node of a description. */
export function webhookNodes(raw: RawDocuments, entry: string): readonly WebhookNode[] {
  const root = raw.root(entry);
  if (!isObject(root.value)) return [];
  if (root.value["openapi"] !== undefined) return openApiNodes(raw, root);
  return String(root.value["asyncapi"]).startsWith("2") ? asyncApi2Nodes(raw, root) : asyncApi3Nodes(raw, root);
}

function openApiNodes(raw: RawDocuments, root: RawNode): readonly WebhookNode[] {
  const nodes: WebhookNode[] = [];
  const visited = new Set<string>();
  const components = raw.get(root, "components");

  for (const field of ["webhooks", "x-webhooks"]) {
    for (const [key, entry] of raw.members(raw.get(root, field))) {
      const item = object(entry);
      if (item === undefined) continue;
      const expressions = raw.members(item).filter(([, value]) => hasOperation(raw.follow(value)));
      if (hasOperation(item) || expressions.length === 0) pathItem(item, key, null);
      else for (const [expression, value] of expressions) pathItem(value, key, expression);
    }
  }
  for (const [, entry] of raw.members(raw.get(root, "paths"))) operations(raw.follow(entry), undefined);
  for (const [, entry] of raw.members(raw.get(components, "callbacks"))) callback(entry, undefined);
  for (const [, entry] of raw.members(raw.get(components, "pathItems"))) {
    const item = raw.follow(entry);
    if (item !== undefined && !visited.has(idOf(item))) nodes.push({ kind: "unused", at: entry });
  }
  return nodes;

  /** What is there, if it is an object; noted as broken otherwise. */
  function object(entry: RawNode): RawNode | undefined {
    const target = raw.follow(entry);
    if (target !== undefined && isObject(target.value)) return target;
    nodes.push({ kind: "broken", at: entry });
    return undefined;
  }

  function hasOperation(item: RawNode | undefined): boolean {
    const names = [...METHODS, "additionalOperations", "$ref"];
    return isObject(item?.value) && Object.keys(item.value).some((name) => names.includes(name));
  }

  function pathItem(entry: RawNode, key: string | undefined, address: string | null): void {
    const item = object(entry);
    const webhook = { ...(key === undefined ? {} : { key }), address };
    if (item !== undefined && operations(item, webhook) === 0) nodes.push({ kind: "empty", at: entry });
  }

  /** How many a path item has. Those of the sender's own paths deliver nothing, but their callbacks do. */
  function operations(
    item: RawNode | undefined,
    webhook: { key?: string; address: string | null } | undefined,
  ): number {
    if (item === undefined) return 0;
    const isKnown = visited.has(idOf(item));
    visited.add(idOf(item));
    const found = [
      ...raw.members(item).filter(([name]) => METHODS.includes(name)),
      ...raw.members(raw.get(item, "additionalOperations")),
    ].filter(([, operation]) => isObject(operation.value));
    for (const [method, operation] of found) {
      if (webhook !== undefined) nodes.push(operationNode(operation, method, webhook));
      if (isKnown) continue;
      for (const [key, entry] of raw.members(raw.get(operation, "callbacks"))) callback(entry, key);
    }
    return found.length;
  }

  function callback(entry: RawNode, key: string | undefined): void {
    for (const [expression, item] of raw.members(object(entry))) {
      if (!expression.startsWith("x-")) pathItem(item, key, expression);
    }
  }

  function operationNode(
    at: RawNode,
    method: string,
    { key, address }: { key?: string; address: string | null },
  ): WebhookNode {
    const contents = raw.members(raw.get(raw.get(at, "requestBody"), "content"));
    const examples = contents.flatMap(([, entry]) => {
      const media = raw.follow(entry);
      const one = media && raw.child(media, "example");
      return [
        ...(one === undefined ? [] : [one]),
        ...raw.members(raw.get(media, "examples")).map(([, value]) => raw.follow(value) ?? value),
      ];
    });
    return {
      kind: "operation",
      at,
      method: method.toUpperCase(),
      address,
      ...(key === undefined ? {} : { key }),
      contents: contents.map(([type, entry]) => [type, raw.follow(entry) ?? entry] as const),
      examples,
    };
  }
}

function asyncApi2Nodes(raw: RawDocuments, root: RawNode): readonly WebhookNode[] {
  const nodes: WebhookNode[] = [];
  const visited = new Set<string>();
  const channels = raw.members(raw.get(root, "channels")).map(([address, entry]) => ({
    address,
    channel: raw.follow(entry),
  }));
  const side = channels.some(({ channel }) => raw.get(channel, "subscribe") !== undefined) ? "subscribe" : "publish";
  for (const { address, channel } of channels) {
    if (channel !== undefined) visited.add(idOf(channel));
    for (const field of ["subscribe", "publish"]) {
      const operation = raw.get(channel, field);
      if (operation === undefined) continue;
      const messages = messagesOf(operation);
      for (const message of messages) visited.add(idOf(message));
      if (field !== side) nodes.push({ kind: "other side", at: operation });
      else nodes.push(...messages.map((at): WebhookNode => messageNode(raw, at, address)));
    }
  }
  nodes.push(...unusedComponents(raw, root, ["channels", "messages"], visited));
  return nodes;

  function messagesOf(operation: RawNode): readonly RawNode[] {
    const message = raw.get(operation, "message");
    const several = raw.members(raw.get(message, "oneOf")).map(([, entry]) => entry);
    const entries = several.length > 0 ? several : message === undefined ? [] : [message];
    return entries.map((entry) => raw.follow(entry) ?? entry);
  }
}

function asyncApi3Nodes(raw: RawDocuments, root: RawNode): readonly WebhookNode[] {
  const nodes: WebhookNode[] = [];
  const visited = new Set<string>();
  const channels = raw.members(raw.get(root, "channels")).map(([, entry]) => raw.follow(entry) ?? entry);
  const operations = raw.members(raw.get(root, "operations")).map(([, entry]) => raw.follow(entry) ?? entry);
  const actionOf = (operation: RawNode) => raw.get(operation, "action")?.value;
  const side = operations.some((operation) => actionOf(operation) === "send") ? "send" : "receive";
  for (const operation of operations) {
    visited.add(idOf(operation));
    const channel = raw.get(operation, "channel");
    const messages = messagesOf(operation, channel);
    for (const place of ["messages", "channel"]) {
      const reply = raw.get(operation, "reply");
      const replies = place === "messages" ? raw.get(reply, place) : raw.get(raw.get(reply, place), "messages");
      for (const [, entry] of raw.members(replies)) visited.add(idOf(raw.follow(entry) ?? entry));
    }
    if (actionOf(operation) !== side) {
      nodes.push({ kind: "other side", at: operation });
      for (const message of messages) visited.add(idOf(message));
    } else if (messages.length === 0) nodes.push({ kind: "empty", at: operation });
    else nodes.push(...messages.map((at) => messageNode(raw, at, addressOf(channel))));
  }
  for (const channel of channels) {
    visited.add(idOf(channel));
    const entries = raw.members(raw.get(channel, "messages")).map(([, entry]) => entry);
    const messages = entries.map((entry) => raw.follow(entry) ?? entry);
    if (operations.length === 0) nodes.push(...messages.map((at) => messageNode(raw, at, addressOf(channel))));
    if (operations.length === 0 && messages.length === 0) nodes.push({ kind: "empty", at: channel });
    const read = new Set(nodes.map(({ at }) => idOf(at)));
    entries.forEach((at, index) => {
      const id = idOf(messages[index] ?? at);
      if (!read.has(id) && !visited.has(id)) nodes.push({ kind: "unused", at });
      visited.add(id);
    });
  }
  for (const { at } of nodes) visited.add(idOf(at));
  nodes.push(...unusedComponents(raw, root, ["channels", "operations", "messages"], visited));
  return nodes;

  function messagesOf(operation: RawNode, channel: RawNode | undefined): readonly RawNode[] {
    const listed = raw.get(operation, "messages") ?? raw.get(channel, "messages");
    return raw.members(listed).map(([, entry]) => raw.follow(entry) ?? entry);
  }

  function addressOf(channel: RawNode | undefined): string | null {
    return (raw.get(channel, "address")?.value ?? null) as string | null;
  }
}

function messageNode(raw: RawDocuments, at: RawNode, address: string | null): WebhookNode {
  const examples = raw.members(raw.get(at, "examples")).map(([, entry]) => entry);
  return { kind: "message", at, address, examples };
}

function unusedComponents(
  raw: RawDocuments,
  root: RawNode,
  sections: readonly string[],
  visited: ReadonlySet<string>,
): readonly WebhookNode[] {
  const components = raw.get(root, "components");
  return sections.flatMap((section) =>
    raw
      .members(raw.get(components, section))
      .filter(([, entry]) => !visited.has(idOf(raw.follow(entry) ?? entry)))
      .map(([, at]): WebhookNode => ({ kind: "unused", at })),
  );
}

function idOf({ file, pointer }: RawNode): string {
  return `${file}#${pointer}`;
}

import { diagnose } from "../diagnostics/index.ts";
import { setOwn } from "../json/index.ts";
import type { Reply, SecurityRequirement } from "../model/index.ts";
import { type AsyncApiContext, lastToken, readForm, readMessage, readReply } from "./asyncapi-message.ts";
import { withTraits } from "./asyncapi-traits.ts";
import { distinct } from "./distinct.ts";
import type { Node, ObjectNode } from "./document-reader.ts";
import type { DocumentDraft, WebhookDraft } from "./draft.ts";
import { readInfo } from "./info.ts";
import { readSecurityScheme } from "./security-scheme.ts";
import { readRoute } from "./vocabulary.ts";

/** Which side of a webhook a document describes. */
export type Role = "sender" | "receiver";

/** In a map from free names, one that begins with `x-` is a name like any other. */
const NAMES = { extensions: true };

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

/**
 * Reads the webhooks of an AsyncAPI 3.0 document: the messages of its operations, each message once, with one form for
 * every operation that sends it.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#operationObject
 * @param role  which side the document describes; left out, it is the sender's where any operation sends
 */
export function readAsyncApi30(context: AsyncApiContext, role: Role | undefined): DocumentDraft {
  const { reader } = context;
  const { root } = reader;
  const drafts = new Map<string, WebhookDraft>();
  const operations = reader.entries(reader.object(root, "operations"), NAMES).flatMap(([key, node]) => {
    const operation = reader.asObject(node);
    return operation === undefined ? [] : [{ key, operation: withTraits(reader, operation) }];
  });
  const action = deliveringAction();
  for (const { key, operation } of operations) {
    if (reader.text(operation, "action") === action) readOperation(key, operation);
    else reader.omit(operation.location, `its action is not ${JSON.stringify(action)}, so it delivers no webhook`);
  }
  if (operations.length === 0) readChannels();
  omitTheRest();
  const commonRoute = readRoute(reader, root);
  return { ...readInfo(reader), ...(commonRoute === undefined ? {} : { commonRoute }), drafts: [...drafts.values()] };

  /** The action by which the described application delivers (sender's document) or is delivered to (receiver's). */
  function deliveringAction(): "send" | "receive" {
    if (role !== undefined) return role === "sender" ? "send" : "receive";
    const actions = operations.map(({ operation }) => reader.text(operation, "action"));
    if (actions.includes("send") || !actions.includes("receive")) return "send";
    reader.report(diagnose("role-guessed", { role: "receiver" }, root.location));
    return "receive";
  }

  /** A document without operations says what is sent and not by whom: every message is taken for a webhook. */
  function readChannels(): void {
    for (const [key, node] of reader.entries(reader.object(root, "channels"), { extensions: true })) {
      const channel = reader.asObject(node);
      if (channel === undefined) continue;
      const operation: ObjectNode = { value: { channel: channel.value }, location: channel.location };
      const messages = reader.entries(reader.object(channel, "messages"), { extensions: true });
      if (messages.length === 0) reader.omit(channel.location, "names no message, so nothing says what is delivered");
      for (const [documentKey, item] of messages) {
        const message = reader.asObject(item);
        if (message !== undefined) addMessage(documentKey, withTraits(reader, message), operation, channel);
      }
      reader.report(diagnose("no-operation", { channel: key }, channel.location));
    }
  }

  function readOperation(key: string, operation: ObjectNode): void {
    reader.omitUnknown(operation, OPERATION_FIELDS);
    const channel = reader.object(operation, "channel");
    const listed = reader.child(operation, "messages");
    const nodes: (readonly [string, Node])[] =
      listed === undefined
        ? [...reader.entries(channel && reader.object(channel, "messages"), NAMES)]
        : reader.items(listed).map((node) => [lastToken(node) ?? key, node] as const);
    if (nodes.length === 0) reader.omit(operation.location, "names no message, so nothing says what is delivered");
    for (const [documentKey, node] of nodes) {
      const message = reader.asObject(node);
      if (message !== undefined) addMessage(documentKey, withTraits(reader, message), operation, channel);
    }
  }

  function addMessage(
    documentKey: string,
    message: ObjectNode,
    operation: ObjectNode,
    channel: ObjectNode | undefined,
  ): void {
    const address = channel === undefined ? null : (reader.text(channel, "address") ?? null);
    const form = readForm(context, message, operation, address);
    if (form === null) return;
    const place = placeOf(message);
    const known = drafts.get(place);
    const security = readRequirements(operation, channel);
    const replies = readReplies(operation);
    if (known === undefined) {
      const part = readMessage(context, message, operation);
      drafts.set(place, { ...part, documentKey, forms: [form], security, replies });
      return;
    }
    drafts.set(place, {
      ...known,
      forms: distinct([...known.forms, form]),
      security: distinct([...known.security, ...security]),
      replies: distinct([...known.replies, ...replies]),
    });
  }

  /** The operation's security, else that of the channel's servers, or of all servers. Each entry is an alternative. */
  function readRequirements(operation: ObjectNode, channel: ObjectNode | undefined): readonly SecurityRequirement[] {
    const own = reader.child(operation, "security");
    if (own !== undefined) return reader.items(own).flatMap(readRequirement);
    const named = reader.items(channel && reader.child(channel, "servers"));
    const nodes =
      named.length > 0 ? named : reader.entries(reader.object(root, "servers"), NAMES).map(([, node]) => node);
    const servers = nodes.flatMap((node) => reader.asObject(node) ?? []);
    return distinct(
      servers.flatMap((server) => reader.items(reader.child(server, "security")).flatMap(readRequirement)),
    );
  }

  function readRequirement(node: Node): readonly SecurityRequirement[] {
    const scheme = reader.asObject(node);
    if (scheme === undefined) return [];
    const read = readSecurityScheme(reader, scheme);
    const name = lastToken(node) ?? read.type;
    if (!Object.hasOwn(context.security, name)) setOwn(context.security, name, read);
    const scopes = reader.items(reader.child(scheme, "scopes"));
    return [{ [name]: scopes.flatMap(({ value }) => (typeof value === "string" ? value : [])) }];
  }

  function readReplies(operation: ObjectNode): readonly Reply[] {
    return replyMessages(operation).map((message) => readReply(context, message));
  }

  /** The messages of the operation's reply: those it names, else all of the reply's channel. */
  function replyMessages(operation: ObjectNode): readonly ObjectNode[] {
    const reply = reader.object(operation, "reply");
    if (reply === undefined) return [];
    const channel = reader.object(reply, "channel");
    const listed = reader.items(reader.child(reply, "messages"));
    const ofChannel = reader.entries(channel && reader.object(channel, "messages"), NAMES).map(([, node]) => node);
    return (listed.length > 0 ? listed : ofChannel).flatMap((node) => {
      const message = reader.asObject(node);
      return message === undefined ? [] : [withTraits(reader, message)];
    });
  }

  function omitTheRest(): void {
    const read = new Set(drafts.keys());
    for (const { operation } of operations) for (const message of replyMessages(operation)) read.add(placeOf(message));
    for (const [, channelNode] of reader.entries(reader.object(root, "channels"), NAMES)) {
      const channel = reader.asObject(channelNode);
      for (const [, node] of reader.entries(channel && reader.object(channel, "messages"), NAMES)) {
        const message = reader.asObject(node);
        if (message !== undefined && !read.has(placeOf(message))) {
          reader.omit(node.location, "no operation delivers this message");
        }
      }
    }
  }
}

function placeOf({ location }: ObjectNode): string {
  return `${location.file}#${location.pointer}`;
}

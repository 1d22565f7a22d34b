import { diagnose } from "../diagnostics/index.ts";
import { setOwn } from "../json/index.ts";
import type { Reply, SecurityRequirement } from "../model/index.ts";
import {
  omitBindings,
  omitParameters,
  omitUnknownOfRoot,
  omitUnusedComponents,
  placeOf,
} from "./asyncapi-leftovers.ts";
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

const CHANNEL_FIELDS: ReadonlySet<string> = new Set([
  "$ref",
  "address",
  "bindings",
  "description",
  "externalDocs",
  "messages",
  "parameters",
  "servers",
  "summary",
  "tags",
  "title",
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
  /** Messages and channels that something was said of, in the contract or in its omissions. */
  const seen = new Set<string>();
  for (const { key, operation } of operations) {
    if (reader.text(operation, "action") === action) readOperation(key, operation);
    else omitOperation(operation);
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

  /** What the described application does with these messages is not ours, and that was said of the operation. */
  function omitOperation(operation: ObjectNode): void {
    reader.omit(operation.location, `its action is not ${JSON.stringify(action)}, so it delivers no webhook`);
    for (const [, node] of messagesOf(operation)) {
      const message = reader.asObject(node);
      if (message !== undefined) seen.add(placeOf(message));
    }
  }

  /** The messages that an operation names, else all of its channel, each with its key. */
  function messagesOf(operation: ObjectNode): readonly (readonly [string | undefined, Node])[] {
    const listed = reader.child(operation, "messages");
    if (listed !== undefined) return reader.items(listed).map((node) => [lastToken(node), node] as const);
    const channel = reader.object(operation, "channel");
    return reader.entries(channel && reader.object(channel, "messages"), NAMES);
  }

  /** A document without operations says what is sent and not by whom: every message is taken for a webhook. */
  function readChannels(): void {
    const taken: string[] = [];
    for (const [key, node] of reader.entries(reader.object(root, "channels"), { extensions: true })) {
      const channel = reader.asObject(node);
      if (channel === undefined) continue;
      const operation: ObjectNode = { value: { channel: channel.value }, location: channel.location };
      const messages = reader.entries(reader.object(channel, "messages"), { extensions: true });
      if (messages.length === 0) reader.omit(channel.location, "names no message, so nothing says what is delivered");
      else taken.push(key);
      for (const [documentKey, item] of messages) {
        const message = reader.asObject(item);
        if (message !== undefined) addMessage(documentKey, withTraits(reader, message), operation, channel);
      }
    }
    if (taken.length > 0) reader.report(diagnose("no-operation", { channels: taken }, reader.root.location));
  }

  function readOperation(key: string, operation: ObjectNode): void {
    reader.omitUnknown(operation, OPERATION_FIELDS);
    omitBindings(reader, operation, { http: ["method", "query", "type"] });
    const channel = reader.object(operation, "channel");
    const nodes = messagesOf(operation);
    if (nodes.length === 0) reader.omit(operation.location, "names no message, so nothing says what is delivered");
    for (const [documentKey, node] of nodes) {
      const message = reader.asObject(node);
      if (message !== undefined) addMessage(documentKey ?? key, withTraits(reader, message), operation, channel);
    }
  }

  function addMessage(
    documentKey: string,
    message: ObjectNode,
    operation: ObjectNode,
    channel: ObjectNode | undefined,
  ): void {
    const address = channel === undefined ? null : (reader.text(channel, "address") ?? null);
    const place = placeOf(message);
    seen.add(place);
    const form = readForm(context, message, operation, address);
    if (form === null) return;
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
    const reply = reader.object(operation, "reply");
    const address = reply && reader.child(reply, "address");
    if (address !== undefined) reader.omit(address.location, "a delivery is answered where it came from");
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
    omitUnknownOfRoot(reader);
    for (const { operation } of operations) {
      seen.add(placeOf(operation));
      for (const message of replyMessages(operation)) seen.add(placeOf(message));
    }
    for (const [, channelNode] of reader.entries(reader.object(root, "channels"), NAMES)) {
      const channel = reader.asObject(channelNode);
      if (channel === undefined) continue;
      seen.add(placeOf(channel));
      reader.omitUnknown(channel, CHANNEL_FIELDS);
      omitParameters(reader, channel);
      omitBindings(reader, channel, { http: [] });
      for (const [, node] of reader.entries(reader.object(channel, "messages"), NAMES)) {
        const message = reader.asObject(node);
        if (message === undefined || seen.has(placeOf(message))) continue;
        reader.omit(node.location, "no operation delivers this message");
        seen.add(placeOf(message));
      }
    }
    omitUnusedComponents(reader, ["channels", "operations", "messages"], seen);
  }
}

import { diagnose } from "../diagnostics/index.ts";
import { setOwn } from "../json/index.ts";
import type { SecurityRequirement } from "../model/index.ts";
import type { Role } from "./asyncapi-3.0.ts";
import {
  omitBindings,
  omitParameters,
  omitUnknownOfRoot,
  omitUnusedComponents,
  placeOf,
} from "./asyncapi-leftovers.ts";
import { type AsyncApiContext, lastToken, readForm, readMessage } from "./asyncapi-message.ts";
import { withTraits } from "./asyncapi-traits.ts";
import { distinct } from "./distinct.ts";
import type { Node, ObjectNode } from "./document-reader.ts";
import type { DocumentDraft, WebhookDraft } from "./draft.ts";
import { readInfo } from "./info.ts";
import { readSecurityScheme } from "./security-scheme.ts";
import { readRoute } from "./vocabulary.ts";

/**
 * The two operations of a Channel Item Object. They say what *others* do: who subscribes is sent messages by the described
 * application, who publishes sends to it.
 */
const OPERATION_OF_ROLE = { sender: "subscribe", receiver: "publish" } as const satisfies Record<Role, string>;

const OPERATION_FIELDS: ReadonlySet<string> = new Set([
  "bindings",
  "description",
  "externalDocs",
  "message",
  "operationId",
  "security",
  "summary",
  "tags",
  "traits",
  "x-webhook-name",
  "x-webhook-route",
]);

const CHANNEL_FIELDS: ReadonlySet<string> = new Set([
  "$ref",
  "bindings",
  "description",
  "parameters",
  "publish",
  "servers",
  "subscribe",
]);

interface Channel {
  readonly address: string;
  readonly item: ObjectNode;
}

/**
 * Reads the webhooks of an AsyncAPI 2.x document: the messages of its channels' operations, each message once.
 * @see https://www.asyncapi.com/docs/reference/specification/v2.6.0#channelItemObject
 * @param role  which side the document describes; left out, it is the sender's where anybody may subscribe
 */
export function readAsyncApi2(context: AsyncApiContext, role: Role | undefined): DocumentDraft {
  const { reader } = context;
  const { root } = reader;
  const drafts = new Map<string, WebhookDraft>();
  const channels = reader.entries(reader.object(root, "channels")).flatMap(([address, node]): Channel[] => {
    const item = reader.asObject(node);
    return item === undefined ? [] : [{ address, item }];
  });
  const side = role ?? guessRole();
  /** Messages and channels that something was said of, in the contract or in its omissions. */
  const seen = new Set<string>();
  for (const channel of channels) readChannel(channel);
  omitUnknownOfRoot(reader);
  omitUnusedComponents(reader, ["channels", "messages"], seen);
  const commonRoute = readRoute(reader, root);
  return { ...readInfo(reader), ...(commonRoute === undefined ? {} : { commonRoute }), drafts: [...drafts.values()] };

  function guessRole(): Role {
    const has = (field: string) => channels.some(({ item }) => reader.child(item, field) !== undefined);
    if (has("subscribe") || !has("publish")) return "sender";
    reader.report(diagnose("role-guessed", { role: "receiver" }, root.location));
    return "receiver";
  }

  function readChannel(channel: Channel): void {
    seen.add(placeOf(channel.item));
    reader.omitUnknown(channel.item, CHANNEL_FIELDS);
    omitParameters(reader, channel.item);
    omitBindings(reader, channel.item, { http: [] });
    const wanted = OPERATION_OF_ROLE[side];
    for (const field of Object.values(OPERATION_OF_ROLE)) {
      const found = reader.object(channel.item, field);
      if (found === undefined) continue;
      if (field === wanted) readOperation(channel, withTraits(reader, found));
      else omitOperation(found, field);
    }
  }

  /** What the described application does with these messages is not ours, and that was said of the operation. */
  function omitOperation(operation: ObjectNode, field: string): void {
    reader.omit(operation.location, `in a ${side}'s document a ${field} operation delivers no webhook`);
    for (const node of messagesOf(operation)) {
      const message = reader.asObject(node);
      if (message !== undefined) seen.add(placeOf(message));
    }
  }

  function readOperation(channel: Channel, operation: ObjectNode): void {
    reader.omitUnknown(operation, OPERATION_FIELDS);
    omitBindings(reader, operation, { http: ["method", "query", "type"] });
    const fallback = reader.text(operation, "operationId") ?? channel.address;
    const messages = messagesOf(operation);
    if (messages.length === 0) reader.omit(operation.location, "names no message, so nothing says what is delivered");
    for (const node of messages) {
      const found = reader.asObject(node);
      if (found === undefined) continue;
      const message = withTraits(reader, found);
      const named = reader.text(message, "messageId") ?? reader.text(message, "name");
      addMessage(lastToken(node) ?? named ?? fallback, message, operation, channel);
    }
  }

  /** One message, or the alternatives of a `oneOf`. */
  function messagesOf(operation: ObjectNode): readonly Node[] {
    const node = reader.child(operation, "message");
    if (node === undefined) return [];
    const message = reader.asObject(node);
    const alternatives = message && reader.child(message, "oneOf");
    return alternatives === undefined ? [node] : reader.items(alternatives);
  }

  function addMessage(documentKey: string, message: ObjectNode, operation: ObjectNode, channel: Channel): void {
    const place = placeOf(message);
    seen.add(place);
    const form = readForm(context, message, operation, channel.address);
    if (form === null) return;
    const known = drafts.get(place);
    const security = readRequirements(operation, channel.item);
    if (known === undefined) {
      const part = readMessage(context, message, operation);
      drafts.set(place, { ...part, documentKey, forms: [form], security, replies: [] });
      return;
    }
    drafts.set(place, {
      ...known,
      forms: distinct([...known.forms, form]),
      security: distinct([...known.security, ...security]),
    });
  }

  /** The operation's security, else that of the channel's servers, or of all servers. Each entry is an alternative. */
  function readRequirements(operation: ObjectNode, channel: ObjectNode): readonly SecurityRequirement[] {
    const own = reader.child(operation, "security");
    if (own !== undefined) return reader.items(own).map(readRequirement);
    const servers = reader.object(root, "servers");
    const names = reader.items(reader.child(channel, "servers")).map(({ value }) => value);
    const used = reader.entries(servers).filter(([name]) => names.length === 0 || names.includes(name));
    return distinct(
      used.flatMap(([, node]) => {
        const server = reader.asObject(node);
        return reader.items(server && reader.child(server, "security")).map(readRequirement);
      }),
    );
  }

  /** A Security Requirement Object names schemes, as OpenAPI's does. */
  function readRequirement(node: Node): SecurityRequirement {
    const components = reader.object(root, "components");
    const schemes = components && reader.object(components, "securitySchemes");
    return Object.fromEntries(
      reader.entries(node, { extensions: true }).map(([name, scopes]) => {
        const scheme = schemes && reader.object(schemes, name);
        if (scheme === undefined) reader.omit(scopes.location, `there is no security scheme ${JSON.stringify(name)}`);
        else setOwn(context.security, name, readSecurityScheme(reader, scheme));
        return [name, reader.items(scopes).flatMap(({ value }) => (typeof value === "string" ? value : []))];
      }),
    );
  }
}

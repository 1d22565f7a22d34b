import { equal, setOwn } from "../../json/index.ts";
import type { Json, JsonObject, Reply, Schema, Webhook } from "../../model/index.ts";
import { asObject, HTTP_BINDING_VERSION } from "./asyncapi-parts.ts";
import { Keys } from "./keys.ts";
import type { Loss } from "./loss.ts";
import { refTo } from "./references.ts";

export interface AsyncApiReplies {
  /** Of the channel of all answers; null where no webhook has any. Equal answers are one message. */
  readonly messages: JsonObject | null;
  /** The Operation Reply Object of a webhook, by its index, under `reply`. */
  readonly referencesOf: (index: number) => JsonObject;
  readonly losses: readonly Loss[];
}

/**
 * Writes what receivers answer as messages.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#operationReplyObject
 */
export function writeAsyncApiReplies(webhooks: readonly Webhook[], schema: (of: Schema) => Schema): AsyncApiReplies {
  const keys = new Keys();
  const known: { readonly key: string; readonly message: JsonObject }[] = [];
  const losses: Loss[] = [];
  const keysOf = webhooks.map((webhook) =>
    webhook.replies.map((reply) => {
      const message = replyMessage(reply, schema);
      if (!isSayable(reply.status)) {
        const what = `the status ${JSON.stringify(reply.status)} of a reply`;
        losses.push({ webhook, part: "replies", what });
      }
      const same = known.find((other) => equal(other.message, message));
      if (same !== undefined) return same.key;
      const key = keys.take(`reply-${reply.status.replace(/[^A-Za-z0-9]+/g, "")}`);
      known.push({ key, message });
      return key;
    }),
  );
  const messages: Record<string, Json> = {};
  for (const { key, message } of known) setOwn(messages, key, message);
  return {
    messages: known.length === 0 ? null : messages,
    referencesOf: (index) => {
      const of = keysOf[index] ?? [];
      if (of.length === 0) return {};
      const references = [...new Set(of)].map((key) => ({ $ref: refTo("channels", "replies", "messages", key) }));
      return { reply: { channel: { $ref: refTo("channels", "replies") }, messages: references } };
    },
    losses,
  };
}

/** The HTTP binding says a number; a range is the message's name, and 2XX what is meant where nothing is said. */
function replyMessage({ status, description, contentType, payload, headers }: Reply, schema: (of: Schema) => Schema) {
  const isNumber = /^[0-9]+$/.test(status);
  return {
    ...(isNumber ? {} : { name: status }),
    ...(description === undefined ? {} : { description }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(headers === undefined ? {} : { headers: asObject(schema(headers)) }),
    ...(payload === undefined ? {} : { payload: asObject(schema(payload)) }),
    ...(isNumber ? { bindings: { http: { statusCode: Number(status), bindingVersion: HTTP_BINDING_VERSION } } } : {}),
  };
}

function isSayable(status: string): boolean {
  return /^(?:[0-9]+|[1-5]XX|default)$/.test(status) && (!/^[0-9]+$/.test(status) || String(Number(status)) === status);
}

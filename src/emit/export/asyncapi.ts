import { formatPointer, setOwn } from "../../json/index.ts";
import type { Contract, Form, Json, JsonObject, Schema, Webhook } from "../../model/index.ts";
import { asObject, HTTP_BINDING_VERSION } from "./asyncapi-parts.ts";
import { writeAsyncApiReplies } from "./asyncapi-replies.ts";
import { lostInAsyncApi, toAsyncApiSchema } from "./asyncapi-schema.ts";
import { writeAsyncApiSecurity } from "./asyncapi-security.ts";
import { componentKeys, Keys } from "./keys.ts";
import { enumerated, type Loss, quoted } from "./loss.ts";
import { refTo, section } from "./references.ts";
import { copySchema, reachableSchemas, schemaNames, schemaOf, schemasOfWebhooks } from "./schemas.ts";
import { vocabularyOf } from "./vocabulary.ts";
import type { WriteOptions, Written } from "./written.ts";

/** Sent without a body: AsyncAPI's payload is then what the query spells. */
const METHODS_WITHOUT_BODY: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Writes a contract as an AsyncAPI 3.0.0 document of the sender: one message for each webhook, one operation that sends it
 * for each of its forms, one channel for each address, and one for all answers of the receivers.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function writeAsyncApi(contract: Contract, { explicit }: WriteOptions): Written {
  const losses: Loss[] = [];
  const schemaKeys = reachableSchemas(contract, schemasOfWebhooks(contract));
  const names = schemaNames(schemaKeys);
  const schema = (of: Schema): Schema =>
    copySchema(of, (key) => refTo("components", "schemas", names.get(key) ?? key), toAsyncApiSchema);
  const security = writeAsyncApiSecurity(contract);
  const replies = writeAsyncApiReplies(contract.webhooks, schema);
  const channels = new Channels();
  const operations: Record<string, Json> = {};
  const messages: Record<string, Json> = {};
  const operationKeys = new Keys();
  const keys = componentKeys(contract.webhooks);
  const messageKeys = new Keys(keys);
  losses.push(...security.losses, ...replies.losses);

  contract.webhooks.forEach((webhook, index) => {
    const key = keys[index] ?? webhook.key;
    const variants = contentVariants(webhook.forms);
    const securityOf = security.requirements[index] ?? [];
    for (const [number, variant] of variants.entries()) {
      const messageKey = number === 0 ? key : messageKeys.take(`${key}-${variant.forms[0]?.encoding ?? "body"}`);
      const own = vocabularyOf(webhook, index, explicit, { named: variants.length > 1 });
      setOwn(messages, messageKey, { ...messageOf(webhook, variant.contentType), ...own });
      for (const form of variant.forms) {
        const channel = channels.add(form.address, number, key, messageKey);
        const operationKey = operationKeys.take(
          operationKeys.has(key) ? `${key}-${form.method.toLowerCase().replace(/[^a-z]/g, "")}` : key,
        );
        setOwn(operations, operationKey, {
          action: "send",
          channel: { $ref: refTo("channels", channel) },
          messages: [{ $ref: refTo("channels", channel, "messages", key) }],
          bindings: { http: bindingOf(webhook, form) },
          ...(securityOf.length === 0 ? {} : { security: securityOf }),
          ...replies.referencesOf(index),
        });
      }
    }
    losses.push(...lossesOf(webhook));
  });

  const schemas: Record<string, Json> = {};
  for (const key of schemaKeys)
    setOwn(schemas, names.get(key) ?? key, asObject(schema(schemaOf(contract, key) ?? true)));
  if (replies.messages !== null) channels.addReplies(replies.messages);
  const components = {
    ...section("messages", messages),
    ...section("schemas", schemas),
    ...section("securitySchemes", security.schemes),
  };
  const { title, version, description } = contract;
  const value = {
    asyncapi: "3.0.0",
    info: { title, version, ...(description === undefined ? {} : { description }) },
    channels: channels.value,
    operations,
    ...(Object.keys(components).length === 0 ? {} : { components }),
  };
  return { value, losses, places: keys.map((key) => [formatPointer(["components", "messages", key])]) };

  function messageOf(webhook: Webhook, contentType: string | null): JsonObject {
    const { name, headers, payload, summary, description: text, deprecated, externalDocs } = webhook;
    const tags = [...new Set(webhook.tags)].map((tag) => ({ name: tag }));
    return {
      ...(name === "" ? {} : { name }),
      ...(summary === undefined ? {} : { summary }),
      ...(text === undefined ? {} : { description: text }),
      ...(deprecated === true ? { deprecated } : {}),
      ...(contentType === null ? {} : { contentType }),
      ...(tags.length === 0 ? {} : { tags }),
      ...(externalDocs === undefined ? {} : { externalDocs: { ...externalDocs } }),
      ...(headers === undefined ? {} : { headers: asObject(schema(headers)) }),
      // A message without payload: anything may be its body.
      ...(payload === true ? {} : { payload: asObject(schema(payload)) }),
      ...examplesOf(webhook),
    };
  }

  function bindingOf({ payload }: Webhook, { method, encoding }: Form): JsonObject {
    const query = encoding === "query" ? { query: asObject(schema(payload)) } : {};
    return { method, ...query, bindingVersion: HTTP_BINDING_VERSION };
  }

  function lossesOf(webhook: Webhook): readonly Loss[] {
    const found: Loss[] = [];
    for (const form of webhook.forms) {
      const isQuery = form.encoding === "query";
      if (isQuery === METHODS_WITHOUT_BODY.has(form.method)) continue;
      const what = isQuery
        ? `that the fields of its ${form.method} form are in the query: a ${form.method} operation has a body`
        : `the body of its ${form.method} form: a ${form.method} operation has its fields in the query`;
      found.push({ webhook, part: "forms", what });
    }
    for (const { name, description: text } of webhook.examples) {
      if (text === undefined) continue;
      const what = `the description of its example ${quoted(name)}: a Message Example Object has none`;
      found.push({ webhook, part: "examples", what });
    }
    const { headers, payload, tags } = webhook;
    const repeated = new Set(tags.filter((tag, index) => tags.indexOf(tag) < index));
    for (const tag of repeated) found.push({ webhook, part: "tags", what: `that it has the tag ${quoted(tag)} twice` });
    const own = [...discriminators(payload), ...(headers === undefined ? [] : discriminators(headers))];
    const named = reachableSchemas(contract, headers === undefined ? [payload] : [payload, headers]).flatMap((key) =>
      discriminators(schemaOf(contract, key) ?? true).map((what) => `${what} in ${quoted(key)}`),
    );
    const all = [...new Set([...own, ...named])];
    if (all.length > 0) {
      const what = `${enumerated(all)}: in a Schema Object it is the name of a property`;
      found.push({ webhook, part: "payload", what });
    }
    return found;
  }
}

/** The forms of a webhook by the content type of their message; those without a body go with the first. */
function contentVariants(
  forms: readonly Form[],
): readonly { readonly contentType: string | null; readonly forms: readonly Form[] }[] {
  const withBody = forms.filter(({ method }) => !METHODS_WITHOUT_BODY.has(method));
  const types = [...new Set(withBody.map(({ contentType }) => contentType))];
  if (types.length < 2) return [{ contentType: types[0] ?? null, forms }];
  return types.map((contentType, index) => ({
    contentType,
    forms: forms.filter((form) => (withBody.includes(form) ? form.contentType === contentType : index === 0)),
  }));
}

/** @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#messageExampleObject */
function examplesOf({ examples }: Webhook): JsonObject {
  if (examples.length === 0) return {};
  return {
    examples: examples.map(({ name, summary, payload, headers }) => ({
      name,
      ...(summary === undefined ? {} : { summary }),
      ...(headers === undefined ? {} : { headers }),
      payload,
    })),
  };
}

function discriminators(schema: Schema): readonly string[] {
  const found = new Set<string>();
  copySchema(
    schema,
    (key) => key,
    (part) => {
      const lost = lostInAsyncApi(part);
      if (lost !== null) found.add(lost);
      return part;
    },
  );
  return [...found];
}

/** One channel for each address; further ones where a webhook has messages of several content types at one address. */
class Channels {
  readonly value: Record<string, Json> = {};
  readonly #keys = new Keys(["replies"]);
  readonly #byAddress = new Map<string, { readonly key: string; readonly messages: Record<string, Json> }>();

  /** @returns the key of the channel. */
  add(address: string | null, variant: number, messageName: string, messageKey: string): string {
    const id = JSON.stringify([address, variant]);
    let channel = this.#byAddress.get(id);
    if (channel === undefined) {
      channel = { key: this.#keys.take(channelKey(address)), messages: {} };
      this.#byAddress.set(id, channel);
      setOwn(this.value, channel.key, { address, ...describeAddress(address), messages: channel.messages });
    }
    setOwn(channel.messages, messageName, { $ref: refTo("components", "messages", messageKey) });
    return channel.key;
  }

  addReplies(messages: JsonObject): void {
    this.value["replies"] = { address: null, title: "What the receiver answers", messages };
  }
}

/** `{$request.body#/callbackUrl}` → `request-body-callbackUrl`. */
function channelKey(address: string | null): string {
  if (address === null) return "receiver";
  const words = address.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/[^A-Za-z0-9]+/g, "-");
  return words.slice(0, 60).replace(/^-+|-+$/g, "") || "address";
}

/**
 * Parameters are described all or none: a runtime expression is none, though it is in braces as well.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0#channelAddressExpressions
 */
function describeAddress(address: string | null): JsonObject {
  if (address === null) return { title: "The address that the receiver has chosen" };
  const names = [...address.matchAll(/\{(.+?)\}/g)].map(([, name]) => name ?? "");
  if (names.length === 0 || !names.every((name) => /^[A-Za-z][A-Za-z0-9_-]*$/.test(name))) return {};
  return { parameters: Object.fromEntries(names.map((name) => [name, {}])) };
}

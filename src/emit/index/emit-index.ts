import { isObject } from "../../json/index.ts";
import type { Contract, Json, OutputFile, Webhook } from "../../model/index.ts";
import type { Plans } from "../plans.ts";
import { banner, docComment, literal, propertyKey, stringLiteral } from "../source-text.ts";
import type { TypeNames } from "../type-names.ts";

export interface IndexOptions {
  readonly plans: Plans;
  readonly names: TypeNames;
  readonly runtimeModule: string;
  readonly documentName: string;
}

/** `index.js` and `index.d.ts`: what a receiver imports. Validators are loaded when their webhook first comes. */
export function emitIndex(contract: Contract, options: IndexOptions): OutputFile[] {
  return [
    { path: "index.js", text: moduleText(contract, options) },
    { path: "index.d.ts", text: declarationText(contract, options) },
  ];
}

function moduleText(contract: Contract, { plans, runtimeModule, documentName }: IndexOptions): string {
  const { id, title, version, format, webhooks } = contract;
  // Written out and not computed from one list: it runs whenever a receiver starts.
  const definitions = webhooks.map(
    (webhook) => `  {
    name: ${stringLiteral(webhook.name)},
    route: ${literal(webhook.route as unknown as Json, 4)},
    forms: ${literal(webhook.forms as unknown as Json, 4)},
    headers: ${literal(headerNames(webhook))},
    unwrap: ${literal((plans.unwrap.get(webhook.name) as Json | undefined) ?? null, 4)},
    coerce: ${literal((plans.coerce.get(webhook.name) as Json | undefined) ?? null, 4)},
    load: () => import("./validators/${webhook.key}.js").then(validateOf),
  },\n`,
  );
  const infos = webhooks.map(
    (webhook, index) => `  ${propertyKey(webhook.name)}: {
    name: ${stringLiteral(webhook.name)},
    key: ${stringLiteral(webhook.key)},
${webhook.summary === undefined ? "" : `    summary: ${stringLiteral(webhook.summary)},\n`}\
${webhook.deprecated === undefined ? "" : `    deprecated: ${webhook.deprecated},\n`}\
    route: definitions[${index}].route,
    forms: definitions[${index}].forms,
    security: ${literal(webhook.security as unknown as Json, 4)},
    replies: ${literal(webhook.replies.map(({ status }) => status))},
  },\n`,
  );
  return `${banner(documentName)}import { createDecoder, createEncoder } from ${JSON.stringify(runtimeModule)};

export { InvalidEventError } from ${JSON.stringify(runtimeModule)};

const validateOf = (module) => module.validate;

const definitions = [
${definitions.join("")}];

const definition = { webhooks: definitions, sharedPlans: ${literal(plans.shared as unknown as Json)} };

export const contract = ${literal({ id, title, version, format })};

export const webhookNames = ${literal(webhooks.map(({ name }) => name))};

export const webhooks = {
${infos.join("")}};

export const decode = createDecoder(definition);

export const encode = createEncoder(definition);

export async function loadValidator(webhook) {
  const found = definitions.find(({ name }) => name === webhook);
  if (found === undefined) throw new TypeError(\`There is no webhook \${JSON.stringify(webhook)}.\`);
  return found.load();
}
`;
}

function headerNames({ headers }: Webhook): readonly string[] {
  return isObject(headers) && isObject(headers["properties"]) ? Object.keys(headers["properties"]) : [];
}

function declarationText(contract: Contract, { names, runtimeModule, documentName }: IndexOptions): string {
  const { webhooks } = contract;
  const eventType = ({ name }: Webhook) => `types.${names.events.get(name)}`;
  const headersType = ({ name, headers }: Webhook) =>
    headers === undefined ? "Readonly<Record<never, string>>" : `types.${names.headers.get(name)}`;
  const members = (typeOf: (webhook: Webhook) => string) =>
    webhooks
      .map((webhook) => `  ${docOf(webhook)}readonly ${propertyKey(webhook.name)}: ${typeOf(webhook)};\n`)
      .join("");
  const union = webhooks.map(
    (webhook) => `  | DecodeSuccess<${stringLiteral(webhook.name)}, ${eventType(webhook)}, ${headersType(webhook)}>\n`,
  );
  const literalNames = webhooks.map(({ name }) => stringLiteral(name)).join(", ");
  const module = JSON.stringify(runtimeModule);
  return `${banner(documentName)}import type { Contract, DecodeFailure, DecodeSuccess, Delivery, EncodedDelivery, EncodeOptions, Validator, WebhookInfo } from ${module};
import type * as types from "./types.js";

export { InvalidEventError } from ${module};
export type { Condition, DecodeFailure, DecodeFailureReason, DecodeSuccess, Delivery, EncodedDelivery, EncodeOptions, Form, HeadersLike, JsonString, ValidationError, Validator, WebhookInfo } from ${module};
export type * from "./types.js";

/** The decoded event of each webhook, by its name. */
export interface Events {
${members(eventType)}}

/** A webhook's name, as this contract says it. */
export type WebhookName = keyof Events;

/** A delivery that was recognised, decoded and found valid: \`switch\` on \`webhook\`. */
export type DecodedEvent =
${union.length === 0 ? "  never;\n" : `${union.join("").trimEnd()};\n`}
/** What \`decode\` gives: an event, or why there is none. */
export type Decoded = DecodedEvent | DecodeFailure<WebhookName>;

/** Which contract this is. */
export declare const contract: Contract;

/** All webhooks of the contract, in the document's order. */
export declare const webhookNames: readonly [${literalNames}];

/** How each webhook is recognised, written, secured and answered. */
export declare const webhooks: { readonly [Name in WebhookName]: WebhookInfo<Name> };

/**
 * Decodes one delivery: finds out which webhook it is, replaces JSON in strings by its value, and validates it.
 * Never rejects for what a delivery holds: see \`ok\`.
 */
export declare function decode(delivery: Delivery): Promise<Decoded>;

/**
 * Writes an event as its sender does; the other way round of \`decode\`.
 * @throws {InvalidEventError} the event breaks its schema
 */
export declare function encode<Name extends WebhookName>(webhook: Name, event: Events[Name], options?: EncodeOptions): Promise<EncodedDelivery>;

/** Loads the check of one webhook's decoded event. */
export declare function loadValidator<Name extends WebhookName>(webhook: Name): Promise<Validator<Events[Name]>>;
`;
}

function docOf({ summary, deprecated }: Webhook): string {
  const text = [summary, deprecated === true ? "@deprecated" : undefined]
    .filter((part) => part !== undefined)
    .join(" ");
  return docComment(text, 2).trimStart().replace(/\n$/, "\n  ");
}

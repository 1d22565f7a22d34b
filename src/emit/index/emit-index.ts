import { equal, isObject } from "../../json/index.ts";
import type { Contract, Json, OutputFile, Webhook } from "../../model/index.ts";
import type { Plans } from "../plans.ts";
import { banner, docComment, literal, propertyKey, stringLiteral } from "../source-text.ts";
import type { TypeNames } from "../type-names.ts";
import { type SecurityParts, secretsType } from "./secrets-type.ts";

export interface IndexOptions {
  readonly plans: Plans;
  readonly names: TypeNames;
  readonly runtimeModule: string;
  readonly documentName: string;
  readonly security: SecurityParts;
}

/** `index.js` and `index.d.ts`: what a receiver imports. Validators are loaded when their webhook first comes. */
export function emitIndex(contract: Contract, options: IndexOptions): OutputFile[] {
  return [
    { path: "index.js", text: moduleText(contract, options) },
    { path: "index.d.ts", text: declarationText(contract, options) },
  ];
}

/** Characters. */
const SUMMARY_MAX = 120;

function moduleText(contract: Contract, { plans, runtimeModule, documentName, security }: IndexOptions): string {
  const { id, title, version, format, webhooks } = contract;
  // Parsed and not written as a literal, which a receiver would wait longer for; literal imports, which bundlers need.
  const common = new CommonParts();
  const definitions = webhooks.map((webhook) => jsonText(definitionOf(webhook, plans, common)));
  const loaders = webhooks.map(({ key }) => `  () => import("./validators/${key}.js").then(validateOf),\n`);
  return `${banner(documentName)}import * as runtime from ${JSON.stringify(runtimeModule)};

export { InvalidEventError } from ${JSON.stringify(runtimeModule)};

const common = JSON.parse(\`${jsonText(common.values)}\`);

const definitions = JSON.parse(\`[
${definitions.join(",\n")}
]\`);

const validateOf = (module) => module.validate;

const loaders = [
${loaders.join("")}];

definitions.forEach((definition, index) => {
  for (const part in common) definition[part] = common[part][definition[part]];
  definition.load = loaders[index];
});

export const contract = {
  id: ${literal(id)},
  title: ${literal(title)},
  version: ${literal(version)},
  format: ${literal(format)},
  security: ${literal(security.definitions, 2)},
  webhooks: definitions,
  sharedPlans: ${literal(plans.shared as unknown as Json, 2)},
  routedBy: ${literal(plans.routedBy)},
};

export const webhookNames = definitions.map(({ name }) => name);

export const webhooks = Object.fromEntries(definitions.map((webhook) => [webhook.name, webhook]));

export const decode = runtime.createDecoder(contract);

export const encode = runtime.createEncoder(contract);

export const createReceiver = (options) => runtime.createReceiver(contract, options);

export const verify = (delivery, options) => runtime.verify(contract, delivery, options);

export const verifyAndDecode = (delivery, options) => runtime.verifyAndDecode(contract, delivery, options);

export const sign = (webhook, delivery, options) => runtime.sign(contract, webhook, delivery, options);

export async function loadValidator(webhook) {
  if (!Object.hasOwn(webhooks, webhook)) throw new TypeError(\`There is no webhook \${JSON.stringify(webhook)}.\`);
  return webhooks[webhook].load();
}
`;
}

function definitionOf(webhook: Webhook, plans: Plans, common: CommonParts): Json {
  const { name, key, summary, deprecated, route, forms, security, replies } = webhook;
  return {
    name,
    key,
    ...(summary === undefined ? {} : { summary: shortened(summary) }),
    ...(deprecated === undefined ? {} : { deprecated }),
    route: route as unknown as Json,
    forms: common.indexOf("forms", forms as unknown as Json),
    security: common.indexOf("security", security as unknown as Json),
    replies: common.indexOf("replies", [...new Set(replies.map(({ status }) => status))]),
    headers: common.indexOf("headers", headerNames(webhook)),
    unwrap: common.indexOf("unwrap", (plans.unwrap.get(name) as Json | undefined) ?? null),
    coerce: common.indexOf("coerce", (plans.coerce.get(name) as Json | undefined) ?? null),
    ...(plans.lists.has(name) ? { isList: true } : {}),
  };
}

/** What is the same for most webhooks of a contract, written once: a receiver reads all of it when it starts. */
class CommonParts {
  readonly values: Record<string, Json[]> = {};

  /** Where the value stands among those of its part. */
  indexOf(part: string, value: Json): number {
    this.values[part] ??= [];
    const values = this.values[part];
    const index = values.findIndex((known) => equal(known, value));
    return index === -1 ? values.push(value) - 1 : index;
  }
}

/** Some documents write whole pages there, which every receiver would read when it starts; the declarations have them all. */
function shortened(summary: string): string {
  const [line = ""] = summary.split("\n", 1);
  return line.length > SUMMARY_MAX ? `${line.slice(0, SUMMARY_MAX - 1).trimEnd()}…` : line;
}

/**
 * JSON that may stand in a template literal: what would end it or begin a substitution is written as an escape of JSON, and
 * every backslash twice, once for the literal.
 */
function jsonText(value: Json): string {
  return JSON.stringify(value)
    .replace(/`|\$(?=\{)|[\u2028\u2029\u007f-\u009f<]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
    })
    .replaceAll("\\", "\\\\");
}

function headerNames({ headers }: Webhook): readonly string[] {
  return isObject(headers) && isObject(headers["properties"]) ? Object.keys(headers["properties"]) : [];
}

function declarationText(contract: Contract, { names, runtimeModule, documentName, security }: IndexOptions): string {
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
  return `${banner(documentName)}import type { Authentication, BasicSecret, DecodeFailure, DecodeSuccess, Delivery, EncodedDelivery, EncodeOptions, InvalidPayloadPolicy, OwnSecret, RawDelivery, Receiver, ReceiverContract, ReceiverOptions, Schemes, SendableDelivery, SignedDelivery, SignOptions, TokenSecret, Validator, VerifiedAndDecoded, VerifyOptions, WebhookInfo } from ${module};
import type * as types from "./types.js";

export { InvalidEventError } from ${module};
export type { Condition, DecodeFailure, DecodeFailureReason, DecodeSuccess, Delivery, EncodedDelivery, EncodeOptions, Form, FormFile, HeadersLike, JsonString, ValidationError, Validator, WebhookInfo } from ${module};
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

/** The documented headers of each webhook, by lower-case name. */
export interface EventHeaders {
${members(headersType)}}

/** What deliveries are checked with and signed with, by security scheme. */
export type Secrets = ${secretsType(contract, security.kinds)};

/** Which contract this is; for the functions that take one. */
export declare const contract: ReceiverContract<Events, EventHeaders, Secrets>;

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

/**
 * Makes a receiver: it checks who sent a delivery, recognises, decodes and validates it, hands it to its handler, and answers.
 * It is a function from the Fetch standard's \`Request\` to its \`Response\`; the runtime's adapters fit it to other servers.
 * @throws {TypeError} at once, and says all that is to be mended: secrets that are missing, empty or too short, unknown names
 */
export declare function createReceiver<const Policy extends InvalidPayloadPolicy = "reject", const PolicyOf extends { readonly [Name in WebhookName]?: InvalidPayloadPolicy } = Record<never, never>, const Added extends Schemes = Record<never, never>>(options: ReceiverOptions<Events, EventHeaders, Secrets, Policy, PolicyOf, Added>): Receiver;

/** Whether a delivery is from its sender. */
export declare function verify<const Added extends Schemes = Record<never, never>>(delivery: RawDelivery, options: VerifyOptions<Secrets, Added>): Promise<Authentication>;

/** \`verify\` and \`decode\` in one: what is not from its sender is not looked into. */
export declare function verifyAndDecode<const Added extends Schemes = Record<never, never>>(delivery: RawDelivery, options: VerifyOptions<Secrets, Added>): Promise<VerifiedAndDecoded<Decoded>>;

/** The sender's side: adds to a delivery, as \`encode\` writes it, what its webhook's security asks for. */
export declare function sign<const Added extends Schemes = Record<never, never>>(webhook: WebhookName, delivery: SendableDelivery, options: SignOptions<Secrets, Added>): Promise<SignedDelivery>;

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

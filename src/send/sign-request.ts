import { nearest, quote } from "../diagnostics/index.ts";
import type { Contract, SecurityScheme, Webhook } from "../model/index.ts";
import { presets } from "../receiver/authenticity/presets.ts";
import {
  completeSecurity,
  createDeliverySigner,
  type DeclaredScheme,
  describeScheme,
  kindOf,
  type SchemeDefinition,
} from "../receiver/index.ts";
import { Refusal, someOf } from "./refusal.ts";
import type { OutgoingRequest } from "./request.ts";

export interface SignOptions {
  readonly contract: Contract;
  readonly webhook: Webhook;
  /** By scheme, or by preset of `x-webhook-signature` where the document has no such scheme. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `user:password` that the address had in it. */
  readonly credentials: string | null;
}

/** A request with its sender's credentials, and the schemes that they are of. */
export interface SignedRequest {
  readonly request: OutgoingRequest;
  readonly schemes: readonly string[];
}

/** Reads `NAME=VALUE`; a value may hold `=`. */
export function parseSecret(text: string): readonly [name: string, value: string] | Refusal {
  const equals = text.indexOf("=");
  // A secret without its name must not end up in a message.
  if (equals < 1) return new Refusal("--secret needs a name and a value.", "write --secret NAME=VALUE");
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/** The environment variable that a scheme's secret is taken from: `signingToken` is `HOOKBOOK_SECRET_SIGNING_TOKEN`. */
function secretVariable(scheme: string): string {
  const words = scheme.replace(/([a-z\d])([A-Z])/g, "$1_$2").replace(/[^A-Za-z\d]+/g, "_");
  return `HOOKBOOK_SECRET_${words.toUpperCase()}`;
}

/** Adds what the document says that the webhook is sent with. */
export async function signRequest(request: OutgoingRequest, options: SignOptions): Promise<SignedRequest | Refusal> {
  const { webhook, contract, credentials } = options;
  const definitions = definitionsOf(contract, options.secrets);
  if (definitions instanceof Refusal) return definitions;
  const secrets = secretsOf(options, definitions);
  // Who names a preset says how it is signed, whatever the document says of it.
  const isNamed = [...options.secrets.keys()].some((name) => !Object.hasOwn(contract.security, name));
  const security = isNamed ? [] : webhook.security;
  const missing = missingSecret(webhook, security, { secrets, definitions });
  if (missing !== null) return missing;
  const { name } = webhook;
  try {
    const sign = createDeliverySigner({ webhooks: [{ name, security }], security: definitions }, secrets);
    const signed = await sign(name, request);
    const headers: Record<string, string> = { ...signed.headers };
    if (credentials !== null) headers["authorization"] ??= `Basic ${Buffer.from(credentials).toString("base64")}`;
    return { request: { ...request, url: signed.url, headers }, schemes: schemesUsed(security, secrets) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [, scheme, problem] = /^secrets\.(.+?): (.*)$/s.exec(error.message) ?? [];
    return new Refusal(
      scheme === undefined ? error.message : `The secret of ${quote(scheme)} cannot be used. ${problem}`,
    );
  }
}

type Definitions = Readonly<Record<string, SchemeDefinition>>;
type Secrets = Readonly<Record<string, string>>;

function definitionsOf({ id, security }: Contract, given: ReadonlyMap<string, string>): Definitions | Refusal {
  const declared: Record<string, DeclaredScheme> = {};
  for (const [name, scheme] of Object.entries(security)) declared[name] = sendable(scheme);
  for (const name of given.keys()) {
    if (Object.hasOwn(declared, name)) continue;
    if (!Object.hasOwn(presets, name)) return unknownScheme(id, name, Object.keys(security));
    declared[name] = { type: "apiKey", signature: name };
  }
  return completeSecurity(declared);
}

/** A sender that has got its token by OAuth sends it as any other bearer token. */
function sendable(scheme: SecurityScheme): DeclaredScheme {
  const isToken = scheme.type === "oauth2" || scheme.type === "openIdConnect";
  return isToken && scheme.signature === undefined ? { type: "http", scheme: "bearer" } : scheme;
}

function unknownScheme(contract: string, name: string, names: readonly string[]): Refusal {
  const known = Object.keys(presets);
  const near = nearest(name, [...names, ...known]);
  const has = names.length === 0 ? "it has none" : `it has ${someOf(names)}`;
  const hint =
    near === undefined ? `${has}; a preset's name signs as that: ${known.join(", ")}` : `did you mean ${quote(near)}`;
  return new Refusal(`The contract ${quote(contract)} has no security scheme ${quote(name)}.`, hint);
}

function secretsOf({ webhook, secrets, environment, credentials }: SignOptions, definitions: Definitions): Secrets {
  const found: Record<string, string> = {};
  for (const name of new Set(webhook.security.flatMap((one) => Object.keys(one)))) {
    const definition = definitions[name];
    if (definition === undefined) continue;
    const value = environment[secretVariable(name)];
    if (value !== undefined && value !== "") found[name] = value;
    else if (credentials !== null && kindOf(definition) === "basic") found[name] = credentials;
  }
  return { ...found, ...Object.fromEntries(secrets) };
}

function missingSecret(
  { name }: Webhook,
  security: Webhook["security"],
  { secrets, definitions }: { secrets: Secrets; definitions: Definitions },
): Refusal | null {
  const alternatives = security.map((one) => Object.keys(one));
  if (alternatives.length === 0 || alternatives.some((names) => names.every((one) => Object.hasOwn(secrets, one))))
    return null;
  const described = (scheme: string) => {
    const definition = definitions[scheme];
    return definition === undefined ? scheme : `${scheme} (${describeScheme(definition)})`;
  };
  const wanted = alternatives.map((names) => names.map(described).join(" and ")).join(", or ");
  const [first = []] = alternatives;
  const lacking = first.filter((one) => !Object.hasOwn(secrets, one));
  const isPossible = lacking.every((one) => definitions[one] !== undefined && kindOf(definitions[one]) !== null);
  const shown = lacking.map(
    (one) => `--secret ${one}=${definitions[one] && kindOf(definitions[one]) === "basic" ? "username:password" : "…"}`,
  );
  const variables = lacking.map(secretVariable).join(" and ");
  const give = isPossible ? `give it by ${shown.join(" ")}, or in ${variables}; ` : "";
  return new Refusal(
    isPossible
      ? `${quote(name)} is sent with ${wanted}, and its secret is not given.`
      : `${quote(name)} is sent with ${wanted}, which takes more than a secret.`,
    `${give}--unsigned sends it without`,
  );
}

function schemesUsed(security: Webhook["security"], secrets: Secrets): readonly string[] {
  if (security.length === 0) return Object.keys(secrets);
  const usable = security
    .map((one) => Object.keys(one))
    .filter((names) => names.every((name) => Object.hasOwn(secrets, name)));
  return usable.find((names) => names.length > 0) ?? [];
}

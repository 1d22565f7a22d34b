import { headerOf } from "../../runtime/headers.ts";
import type { Delivery } from "../../runtime/types.ts";
import { queryOf } from "../../runtime/url.ts";
import { concatenate, toText, utf8 } from "../authenticity/bytes.ts";
import { sha256 } from "../authenticity/crypto.ts";
import { isFormType } from "../authenticity/signed-content.ts";
import { signatureWriter } from "../authenticity/write-signature.ts";
import type { AuthenticatorOptions } from "./authenticator.ts";
import { describeScheme, kindOf } from "./schemes.ts";
import { basicCredentials, basicTexts, tokenTexts } from "./secret-texts.ts";
import type {
  BasicCredentials,
  SchemeDefinition,
  Secret,
  Secrets,
  SecuredContract,
  SendableDelivery,
  SignedDelivery,
} from "./types.ts";

export type DeliverySigner = (webhook: string, delivery: SendableDelivery) => Promise<SignedDelivery>;

interface Draft {
  url: string;
  readonly headers: Record<string, string>;
}

type Write = (draft: Draft, delivery: SendableDelivery) => void | Promise<void>;

/**
 * Makes the sender's side of `createAuthenticator`: adds to a delivery what its webhook asks for. Of alternatives it takes the
 * first that all secrets are given for; of several secrets the first. A webhook without documented security is sent with the
 * schemes of all secrets that are given.
 * @throws TypeError for secrets that are none; the signer, for a webhook that cannot be sent with these
 */
export function createDeliverySigner(
  contract: SecuredContract,
  secrets: Secrets,
  { schemes = {} }: Pick<AuthenticatorOptions, "schemes"> = {},
): DeliverySigner {
  const definitions = { ...contract.security, ...schemes };
  const writers = new Map<string, Write>();
  for (const [name, secret] of Object.entries(secrets)) {
    const scheme = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    if (scheme === undefined) throw new TypeError(`The contract has no security scheme ${JSON.stringify(name)}.`);
    try {
      const write = schemeWriter(scheme, secret);
      if (write !== null) writers.set(name, write);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new TypeError(`secrets.${name}: ${error.message}`);
    }
  }
  return async function sign(webhook, delivery) {
    const { method, url, headers = {}, body } = delivery;
    const draft: Draft = { url, headers: lowerCase(headers) };
    const names = schemesFor(webhook);
    // What is signed may be the whole URL, so what goes into it goes first.
    const isSigned = (name: string) => definitions[name]?.signature !== undefined;
    for (const name of names.toSorted((a, b) => Number(isSigned(a)) - Number(isSigned(b)))) {
      await writers.get(name)?.(draft, delivery);
    }
    return { method, url: draft.url, headers: draft.headers, body };
  };

  function schemesFor(webhook: string): readonly string[] {
    const found = contract.webhooks.find(({ name }) => name === webhook);
    if (found === undefined) throw new TypeError(`There is no webhook ${JSON.stringify(webhook)}.`);
    const alternatives = found.security.map(Object.keys);
    if (alternatives.length === 0) return [...writers.keys()];
    const usable = alternatives.filter((names) => names.every((name) => writers.has(name)));
    const chosen = usable.find((names) => names.length > 0) ?? usable[0];
    if (chosen !== undefined) return chosen;
    const wanted = alternatives.map((names) => names.map(shown).join(" and ")).join(", or ");
    throw new TypeError(`${JSON.stringify(webhook)} is sent with ${wanted}: its secret is not given.`);
  }

  function shown(name: string): string {
    const scheme = definitions[name];
    return scheme === undefined ? name : `${name} (${describeScheme(scheme)})`;
  }
}

/** @returns null for a scheme that is left out on purpose */
function schemeWriter(scheme: SchemeDefinition, secret: Secret): Write | null {
  const [first] = ([secret] as readonly unknown[]).flat() as readonly (string | BasicCredentials | undefined | false)[];
  if (first === false) return null;
  if (first === undefined || typeof first === "function") throw new TypeError("A sender needs the secret itself.");
  if (scheme.problem !== undefined)
    throw new TypeError(`The document does not say how it is signed: ${scheme.problem}`);
  const kind = kindOf(scheme);
  if (kind === "basic") {
    basicTexts(first);
    const { username, password } = basicCredentials(first);
    return writesBasic(username, password);
  }
  if (kind === null) throw new TypeError("A secret is not enough to write it.");
  if (typeof first !== "string") throw new TypeError("The secret must be a string.");
  if (kind === "signature") return writesSignature(scheme, first);
  tokenTexts(first);
  if (kind === "basic-part") return scheme.in === "user" ? writesBasic(first, "") : writesBasic("", first);
  if (kind === "bearer") return writesAuthorization(`Bearer ${first}`);
  return writesToken(scheme, first);
}

function writesToken({ in: place, name = "" }: SchemeDefinition, token: string): Write {
  return (draft) => {
    if (place === "query") draft.url = withParameter(draft.url, name, token);
    else if (place === "cookie") {
      const others = draft.headers["cookie"];
      draft.headers["cookie"] = `${others === undefined ? "" : `${others}; `}${name}=${token}`;
    } else draft.headers[name.toLowerCase()] = token;
  };
}

function writesBasic(username: string, password: string): Write {
  return writesAuthorization(`Basic ${toText(utf8(`${username}:${password}`), "base64")}`);
}

function writesAuthorization(value: string): Write {
  return ({ headers }) => {
    headers["authorization"] = value;
  };
}

function writesSignature({ signature: recipe }: SchemeDefinition, secret: string): Write {
  if (recipe === undefined) throw new TypeError("The recipe of the signature is not there.");
  const sign = signatureWriter(recipe, secret);
  const { bodyHashParameter } = recipe;
  return async (draft, { method, body, signedAt, id }) => {
    const contentType = headerOf(draft.headers as NonNullable<Delivery["headers"]>, "content-type") ?? "";
    const bytes = typeof body === "string" ? utf8(body) : concatenate([body]);
    if (bodyHashParameter !== undefined && bytes.length > 0 && !isFormType(contentType)) {
      draft.url = withParameter(draft.url, bodyHashParameter, toText(await sha256(bytes), "hex"));
    }
    const signed = await sign({
      method,
      url: draft.url,
      body: bytes,
      contentType,
      ...(signedAt === undefined ? {} : { signedAt }),
      ...(id === undefined ? {} : { id }),
    });
    Object.assign(draft.headers, signed);
  };
}

function withParameter(url: string, name: string, value: string): string {
  const hash = url.indexOf("#");
  const bare = hash === -1 ? url : url.slice(0, hash);
  const fragment = hash === -1 ? "" : url.slice(hash);
  const query = queryOf(bare);
  const separator = !bare.includes("?") ? "?" : query === "" ? "" : "&";
  return `${bare}${separator}${encodeURIComponent(name)}=${encodeURIComponent(value)}${fragment}`;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

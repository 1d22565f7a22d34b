import { createHmac } from "node:crypto";
import { utf8 } from "../../src/receiver/authenticity/bytes.ts";
import { completeRecipe } from "../../src/receiver/authenticity/declaration.ts";
import { planSecurity } from "../../src/receiver/credentials/plan-security.ts";
import type { SchemeDefinition } from "../../src/receiver/credentials/types.ts";
import { type AnyOptions, checkOptions, type ReceivableContract } from "../../src/receiver/options.ts";
import { createReceiverCore, type ReceiverCore } from "../../src/receiver/receive.ts";
import type { Outcome } from "../../src/receiver/types.ts";
import { createEagerDecoder } from "../../src/runtime/decode.ts";
import type { Delivery, Form, Validator } from "../../src/runtime/types.ts";

export const SECRET = "0123456789abcdef0123456789abcdef";
export const NOW = 1_700_000_000_000;

type Definition = ReceivableContract["webhooks"][number];

const json: Form = { method: "POST", address: null, contentType: "application/json", encoding: "json" };

/** Of `{ type, count?, map? }`: the count must be a number. */
function validator(): Validator {
  const check = (event: unknown): event is unknown => {
    const { count } = event as { count?: unknown };
    const fits = count === undefined || typeof count === "number";
    const problem = { instancePath: "/count", schemaPath: "#/properties/count/type", keyword: "type" };
    validate.errors = fits
      ? null
      : [{ ...problem, params: { type: "number", quoted: count }, message: "must be number" }];
    return fits;
  };
  const validate = check as Validator & { errors: Validator["errors"] };
  return validate;
}

export function webhook(name: string, parts: Partial<Definition> = {}): Definition {
  return {
    name,
    route: [{ in: "body", at: "/type", value: name }],
    forms: [json],
    headers: [],
    unwrap: null,
    coerce: null,
    security: [],
    replies: ["2XX"],
    load: async () => validator(),
    ...parts,
  };
}

export function contractOf(
  webhooks: readonly Definition[] = [webhook("a"), webhook("b")],
  security: Readonly<Record<string, SchemeDefinition>> = {},
): ReceivableContract {
  return { id: "test", webhooks, security, sharedPlans: {}, routedBy: "/type" };
}

const SIGNED: Readonly<Record<string, SchemeDefinition>> = {
  signature: { type: "apiKey", signature: completeRecipe("standard-webhooks") },
};

/** A contract whose deliveries are signed as Standard Webhooks are. */
export function signedContract(...webhooks: readonly Definition[]): ReceivableContract {
  const own = (webhooks.length === 0 ? [webhook("a"), webhook("b")] : webhooks).map((one) => ({
    ...one,
    security: [{ signature: [] }],
  }));
  return contractOf(own, SIGNED);
}

export type Recorded = ReceiverCore & { readonly outcomes: Outcome[] };

/** A receiver, and what its hook was told. */
export function receiver(contract: ReceivableContract, options: Partial<AnyOptions> = {}): Recorded {
  const outcomes: Outcome[] = [];
  const onOutcome = (outcome: Outcome) => outcomes.push(outcome);
  const all = { on: {}, onOutcome, ...options };
  checkOptions(contract, all);
  const plan = planSecurity(contract, all.secrets ?? {}, all.schemes);
  const decode = createEagerDecoder(contract, { keepInvalid: true });
  const limits = { bodyBytesMax: all.bodyBytesMax ?? 1_048_576, bodySecondsMax: 10 };
  return { ...createReceiverCore(contract, all, { plan, decode, limits }), outcomes };
}

export function post(body: unknown, parts: Partial<Delivery> = {}): Delivery & { readonly body: Uint8Array } {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const bytes = body instanceof Uint8Array ? body : utf8(text);
  return { method: "POST", url: "/hooks", headers: { "content-type": "application/json" }, ...parts, body: bytes };
}

interface SigningParts {
  readonly id?: string;
  readonly signedAt?: number;
  readonly secret?: string;
  /** What is signed, where that is not what is sent. */
  readonly content?: string;
}

/** A delivery with a signature as of Standard Webhooks. */
export function signed(
  body: unknown,
  { id = "msg_1", signedAt = NOW, secret = SECRET, content }: SigningParts = {},
): Delivery & { readonly body: Uint8Array } {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const time = String(Math.floor(signedAt / 1_000));
  const signature = createHmac("sha256", Buffer.from(secret, "base64"))
    .update(`${id}.${time}.${content ?? text}`)
    .digest("base64");
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": time,
    "webhook-signature": `v1,${signature}`,
  };
  return post(text, { headers });
}

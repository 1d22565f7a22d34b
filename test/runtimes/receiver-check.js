/**
 * What must be so of generated code in every runtime: nothing but the Fetch standard and ECMAScript is used here. Imported by a
 * small server of each runtime; answers `/check` with what it found, and `/hooks` as a receiver.
 */

import { examples as webrtc } from "../../generated/bandwidth-webrtc/examples.js";
import { createReceiver as createSignedReceiver, sign } from "../../generated/bandwidth-webrtc/index.js";
import { examples } from "../../generated/conference/examples.js";
import { createReceiver, decode, encode } from "../../generated/conference/index.js";

const TOKEN = "a-signing-token-for-runtimes";
const schemes = { hub: { type: "apiKey", signature: standardWebhooks() } };
const secrets = { hub: "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=" };

/** The recipe of Standard Webhooks, whole, as generated code has it. */
function standardWebhooks() {
  return {
    header: "webhook-signature",
    algorithm: "hmac-sha256",
    encoding: "base64",
    format: "v1,{signature}",
    separator: " ",
    signedContent: "{id}.{timestamp}.{body}",
    idHeader: "webhook-id",
    timestampHeader: "webhook-timestamp",
    timestampUnit: "seconds",
    toleranceSeconds: 300,
    secretEncoding: "base64",
    secretPrefix: "whsec_",
  };
}

export function makeReceiver() {
  const handled = [];
  const receive = createReceiver({
    secrets: { signingToken: TOKEN },
    on: { conference_end: (event) => handled.push(event.payload.conference_id) },
  });
  return { receive, handled };
}

/** Delivers to `fetchHooks` what a sender might, and tells what came of it: the same everywhere. */
export async function check(fetchHooks) {
  const event = Object.values(examples.conference_end)[0];
  const { body, headers } = await encode("conference_end", event);
  const authentic = { ...headers, "x-signing-token": TOKEN };
  const status = async (init) => (await fetchHooks({ method: "POST", body, headers: authentic, ...init })).status;
  return {
    authentic: await status({}),
    "wrong token": await status({ headers: { ...headers, "x-signing-token": `${TOKEN}x` } }),
    "no token": await status({ headers }),
    "not JSON": await status({ body: "{" }),
    "unknown event": await status({ body: '{"event":"something_else"}' }),
    "invalid payload": await status({ body: body.replace("conference_id", "conference_ip") }),
    "wrong method": await status({ method: "PUT" }),
    "too large": await status({ body: "x".repeat(2_000_000) }),
    "another media type": await status({ headers: { ...authentic, "content-type": "text/html" } }),
    decoded: (await decode({ body })).webhook,
    ...(await checkSignatures()),
  };
}

/** Signatures, made and checked by whichever cryptography the runtime has. */
async function checkSignatures() {
  const [name, payloads] = Object.entries(webrtc)[0];
  const body = JSON.stringify(Object.values(payloads)[0]);
  const delivery = {
    method: "POST",
    url: "/hooks",
    headers: { "content-type": "application/json" },
    body: new TextEncoder().encode(body),
  };
  const signed = await sign(name, delivery, { schemes, secrets });
  const { deliver } = createSignedReceiver({ schemes, secrets, on: {} });
  const changed = { ...signed, body: new TextEncoder().encode(body.replace("{", "{ ")) };
  return {
    "signed delivery": (await deliver(signed)).outcome.name,
    "signed, then changed": (await deliver(changed)).outcome.name,
  };
}

export const EXPECTED = {
  authentic: 204,
  "wrong token": 401,
  "no token": 401,
  "not JSON": 400,
  "unknown event": 204,
  "invalid payload": 422,
  "wrong method": 405,
  "too large": 413,
  "another media type": 415,
  decoded: "conference_end",
  "signed delivery": "unhandled",
  "signed, then changed": "not-authentic",
};

import { join } from "node:path";
import { expect, test } from "vitest";
import { createPayloadCheck } from "../../src/bridge/check-payload.ts";
import { type EventOptions, prepareEvent } from "../../src/cli/send/prepare-event.ts";
import type { Contract, Webhook } from "../../src/model/index.ts";
import { loadContract } from "../../src/pipeline.ts";
import { completeSecurity, createAuthenticator, kindOf } from "../../src/receiver/index.ts";
import { createRequestJudge, type OutgoingRequest } from "../../src/send/index.ts";
import { loaded, readable } from "../corpus/documents.ts";

const repository = join(import.meta.dirname, "../..");
const CONTRACTS = [
  "bandwidth-webrtc/openapi.yaml",
  "conference/openapi.yaml",
  "bandwidth-voice-messaging/asyncapi.yaml",
];

/** Good as a key in hexadecimal and base64, as a token, and as a user and password. */
const SECRET = "0123456789abcdef0123456789abcdef";

function optionsFor(contract: Contract, webhook: Webhook, form: string): EventOptions {
  const schemes = completeSecurity(contract.security);
  const [wanted = {}] = webhook.security;
  const secret = Object.keys(wanted).flatMap((name) => {
    const scheme = schemes[name];
    if (scheme === undefined || (kindOf(scheme) === null && scheme.type !== "oauth2")) return [];
    return [`${name}=${kindOf(scheme) === "basic" ? `user:${SECRET}` : SECRET}`];
  });
  const unsigned = secret.length < Object.keys(wanted).length;
  return { dryRun: true, form, edits: [], header: [], secret: unsigned ? [] : secret, unsigned };
}

/** Every webhook in each of its forms, as it would be sent. */
async function requestsOf(contract: Contract): Promise<readonly { webhook: Webhook; request: OutgoingRequest }[]> {
  const made = [];
  const check = createPayloadCheck(contract);
  for (const webhook of contract.webhooks) {
    // Some documents have examples that are wrong.
    const [example] = webhook.examples;
    const isWrong = example !== undefined && check(webhook, example.payload).length > 0;
    const ways = webhook.forms.map(({ method, contentType, encoding }) =>
      encoding === "query" ? method : contentType,
    );
    for (const form of new Set(ways)) {
      const options = { ...optionsFor(contract, webhook, form), ...(isWrong ? { example: "full" } : {}) };
      const { request } = await prepareEvent(contract, webhook, options, { env: {} });
      made.push({ webhook, request });
    }
  }
  return made;
}

async function faultsOf(contract: Contract): Promise<readonly string[]> {
  const faults: string[] = [];
  const security = completeSecurity(contract.security);
  const judge = await createRequestJudge(contract);
  for (const { webhook, request } of await requestsOf(contract)) {
    const { errors, recognised, candidates } = await judge(webhook, request);
    const is = recognised === webhook.name || (recognised === null && candidates.includes(webhook.name));
    if (errors.length > 0) faults.push(`${webhook.name}: ${JSON.stringify(errors[0])}`);
    if (!is) faults.push(`${webhook.name} is taken for ${recognised}`);
    // Whoever checks the sender is convinced.
    const { secret } = optionsFor(contract, webhook, "");
    const isChecked = secret.every((text) => kindOf(security[text.split("=")[0] ?? ""] ?? { type: "" }) !== null);
    if (secret.length === 0 || !isChecked) continue;
    const secrets = Object.fromEntries(secret.map((text) => text.split(/=(.*)/s).slice(0, 2)));
    const authenticate = createAuthenticator({ webhooks: [webhook], security }, secrets);
    const verdict = await authenticate({ ...request, body: new TextEncoder().encode(request.body) });
    if (!verdict.ok) faults.push(`${webhook.name} is not authentic: ${verdict.reason}`);
  }
  return faults;
}

test.each(readable)("$name: every event that is sent is taken for itself", async (document) => {
  expect(await faultsOf((await loaded(document)).value.contract)).toEqual([]);
});

test.each(CONTRACTS)("%s: every event that is sent is taken for itself", async (path) => {
  const { value } = await loadContract(`specs/${path}`, { cwd: repository, id: "contract" });
  if (value === null) throw new Error(`${path} cannot be read`);
  expect(await faultsOf(value.contract)).toEqual([]);
});

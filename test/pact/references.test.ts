/** How interactions refer to what they are about: the words that other tools look for, and ours where nobody has any. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { normalize } from "../../src/normalize/index.ts";
import { planInteractions } from "../../src/pact/plan-interactions.ts";
import { withReferences } from "../../src/pact/static.ts";
import { createMemoryReader, readDocuments } from "../../src/read/index.ts";
import { resolveDocuments } from "../../src/resolve/index.ts";

async function referencesIn(document: object) {
  const reader = createMemoryReader({ "document.json": JSON.stringify(document) }, { cwd: "/w" });
  const read = await readDocuments("document.json", { cwd: "/w", reader });
  if (read.value === null) throw new Error(read.diagnostics.map(({ message }) => message).join("\n"));
  const set = resolveDocuments(read.value);
  const { value: contract, webhookOrigin } = normalize(set, { id: "case" });
  const planned = planInteractions(withReferences({ contract, set, webhookOrigin }));
  return Object.fromEntries(planned.map(({ webhook, references }) => [webhook.name, references]));
}

const info = { title: "Calls", version: "1.0.0" };
const event = (name: string) => ({
  type: "object",
  required: ["event"],
  properties: { event: { const: name } },
});

test("AsyncAPI 3: the key of the operation", async () => {
  const document = {
    asyncapi: "3.0.0",
    info,
    channels: {
      calls: { messages: { began: { payload: event("began") }, ended: { payload: event("ended") } } },
    },
    operations: { sendCall: { action: "send", channel: { $ref: "#/channels/calls" } } },
  };
  const found = await referencesIn(document);
  const wanted = { AsyncAPI: { operationId: "sendCall" } };
  expect(Object.values(found)).toEqual([wanted, wanted]);
});

test("AsyncAPI 2: the operationId, and the place where there is none", async () => {
  const document = (operation: object) => ({
    asyncapi: "2.6.0",
    info,
    channels: { calls: { subscribe: { ...operation, message: { name: "ended", payload: event("ended") } } } },
  });
  expect(Object.values(await referencesIn(document({ operationId: "onEnded" })))).toEqual([
    { AsyncAPI: { operationId: "onEnded" } },
  ]);
  expect(Object.values(await referencesIn(document({})))).toEqual([
    { AsyncAPI: { pointer: expect.stringContaining("/channels/calls/subscribe") } },
  ]);
});

test("OpenAPI: the webhook, or the callback of an operation, also where its payload was split", async () => {
  const split = { oneOf: [event("began"), event("ended")] };
  const operation = {
    requestBody: { content: { "application/json": { schema: split } } },
    responses: { 204: { description: "Taken" } },
  };
  const found = await referencesIn({
    openapi: "3.1.0",
    info,
    webhooks: { call: { post: operation } },
    paths: { "/calls": { post: { callbacks: { onCall: { "{$request.body#/url}": { post: operation } } } } } },
  });
  const callback = { path: "/calls", method: "post", callback: "onCall", expression: "{$request.body#/url}" };
  expect(new Set(Object.values(found).map((one) => JSON.stringify(one)))).toEqual(
    new Set(
      [{ OpenAPI: { webhook: "call", method: "post" } }, { OpenAPI: callback }].map((one) => JSON.stringify(one)),
    ),
  );
});

test("the committed pacts say it", () => {
  const file = "generated/pacts/call-log-bandwidth-voice-messaging.json";
  const { interactions } = JSON.parse(readFileSync(file, "utf8"));
  expect(interactions[0].comments.references).toEqual({ AsyncAPI: { operationId: "postVoiceCallback" } });
});

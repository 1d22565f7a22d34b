/** Providers of all kinds against pacts that the kit wrote; and what is wrong with each, in its own words and with both places. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Contract, Json } from "../../../src/model/index.ts";
import {
  createPactKit,
  type Producer,
  type Producers,
  type ProviderVerification,
  verificationJunit,
  verificationText,
  verifyProvider,
  withHeaders,
} from "../../../src/pact/index.ts";
import type { PactFile } from "../../../src/pact/pact-file.ts";
import { receiverOf } from "../receivable.ts";

const read = (id: string) =>
  JSON.parse(readFileSync(new URL(`../../../generated/${id}/contract.json`, import.meta.url), "utf8")) as Contract;
const webrtc = read("bandwidth-webrtc");
const conference = read("conference");
const secrets = { signingToken: "a token of the tests" };

let dir: string;
/** For pacts that are not right. */
let others: string;
let door: string;
let billing: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "hookbook-provider-"));
  others = mkdtempSync(join(tmpdir(), "hookbook-pacts-"));
  const handler = ({ participantId, timestamp }: Readonly<Record<string, unknown>>) => void [participantId, timestamp];
  const on = { onConnect: handler, onLeave: handler, onDisconnect: handler } as never;
  door = await pactOf(webrtc, "door", receiverOf(webrtc, { on, duplicates: false }));
  const receiver = receiverOf(conference, { on: { conference_end: end } as never, secrets, duplicates: false });
  billing = await pactOf(conference, "billing", receiver, ["conference_end"]);
}, 60_000);
afterAll(() => {
  rmSync(dir, { recursive: true });
  rmSync(others, { recursive: true });
});

const end = ({ payload }: { payload: { conference_id: number } }) => void payload.conference_id;

async function pactOf(
  contract: Contract,
  consumer: string,
  receiver: (request: Request) => Promise<Response>,
  events?: readonly string[],
  folder = dir,
) {
  const kit = createPactKit({
    contract,
    consumer,
    receiver,
    dir: folder,
    ...(contract.id === "conference" ? { secrets } : {}),
  });
  for (const one of kit.interactions(events)) await one.run();
  return kit.file;
}

const bodies: Readonly<Record<string, Readonly<Record<string, Json>>>> = Object.fromEntries(
  webrtc.webhooks.map(({ name, examples }) => [name, examples[0]?.payload as Record<string, Json>]),
);
const right: Producer = ({ webhook }) => bodies[webhook];
const only = (webhook: string, producer: Producer): Producers => ({
  onConnect: right,
  onLeave: right,
  onDisconnect: right,
  [webhook]: producer,
});

/** The problems of the interactions of one event. */
function problems({ results }: ProviderVerification, webhook: string) {
  return results.filter((one) => one.webhook === webhook).flatMap((one) => one.problems);
}

test("a provider that keeps its word", async () => {
  const verification = await verifyProvider(webrtc, { pacts: dir, produce: right });
  expect(verification).toMatchObject({ ok: true, summary: { passed: 6, failed: 0, unproven: 0 } });
  expect(verificationText(verification)).toBe("6 interactions with bandwidth-webrtc: 6 passed, 0 failed, 0 unproven");
});

test("what is wrong with producers is told one by one", async () => {
  const { onConnect = {} } = bodies;
  const { participantId: _, ...lacking } = onConnect;
  const verification = await verifyProvider(webrtc, {
    pacts: door,
    timeoutMilliseconds: 500,
    produce: ({ webhook, variant }) => {
      if (webhook === "onConnect") return variant === "onConnect" ? lacking : { ...onConnect, participantId: 7 };
      if (webhook === "onLeave") return variant === "onLeave" ? { ...bodies["onDisconnect"] } : new Promise(() => {});
      throw new Error("the database is gone");
    },
  });
  expect(verification.ok).toBe(false);
  const text = verificationText(verification);
  expect(text).toContain("failed  door ← bandwidth-webrtc  onConnect: onConnect");
  expect(text).toContain("event-invalid: the event must have required property 'participantId'");
  expect(text).toContain("pact-mismatch: $: Actual map is missing the following keys: participantId");
  expect(text).toContain("event-invalid: /participantId must be string");
  expect(text).toContain('another-event: the event is "onDisconnect", and "onLeave" was asked for');
  expect(text).toContain('producer-hangs: the producer of "onLeave" gave nothing within 500 ms');
  expect(text).toContain('producer-failed: the producer of "onDisconnect" failed: the database is gone');
  const [mismatch] = problems(verification, "onConnect").filter(
    ({ code, message }) => code === "pact-mismatch" && message.includes("$.participantId"),
  );
  expect(mismatch).toMatchObject({
    pact: { file: door, pointer: expect.stringMatching(/^\/interactions\/\d+\/contents\/content\/participantId$/) },
    contract: { file: "openapi.yaml", pointer: "/components/schemas/OnConnect" },
  });
  const junit = verificationJunit(verification);
  expect(junit).toContain('tests="6" failures="6"');
  expect(junit).toContain('classname="door ← bandwidth-webrtc"');
});

test("a producer that is missing is named, and one too many as well", async () => {
  const verification = await verifyProvider(webrtc, { pacts: door, produce: { onConnect: right, onLeave: right } });
  expect(verification.summary).toMatchObject({ passed: 4, failed: 2 });
  expect(problems(verification, "onDisconnect")[0]).toMatchObject({
    code: "producer-missing",
    message: 'there is no producer for "onDisconnect"; add one to "produce"',
  });
  const wrong = verifyProvider(webrtc, { pacts: door, produce: { onConect: right } });
  await expect(wrong).rejects.toThrow(
    'produce: the contract "bandwidth-webrtc" has no event "onConect"; did you mean "onConnect"?',
  );
});

test("what Pact has nothing against is held to the contract all the same", async () => {
  const wrong = only("onLeave", ({ webhook }) => ({ ...bodies[webhook], deviceId: 1 }));
  const verification = await verifyProvider(webrtc, { pacts: door, produce: wrong });
  expect(problems(verification, "onLeave").map(({ code }) => code)).toEqual(["event-invalid", "event-invalid"]);
});

test("JSON in a string is looked into", async () => {
  const body = (payload: unknown) => ({
    event: "conference_end",
    payload: JSON.stringify(payload),
    timestamp: "2026-01-01T00:00:00Z",
  });
  const verify = (payload: unknown) => verifyProvider(conference, { pacts: billing, produce: () => body(payload) });
  expect((await verify({ conference_id: 7, host_id: 8 })).summary).toMatchObject({ passed: 2, failed: 0 });
  const wrong = await verify({ conference_id: "7", host_id: 8 });
  expect(verificationText(wrong)).toContain(
    "pact-mismatch: $.payload.conference_id: Expected '7' (String) to be the same type as 1258835 (Integer)",
  );
  const lacking = await verify({ host_id: 8 });
  expect(verificationText(lacking)).toContain("$.payload: Actual map is missing the following keys: conference_id");
});

test("published examples stand in for a vendor who runs nothing, as far as they go", async () => {
  const verification = await verifyProvider(conference, { pacts: billing, produce: { examples: true } });
  expect(verification).toMatchObject({ ok: true, summary: { passed: 2, failed: 0, unproven: 0 } });
  const bare = { ...conference, webhooks: conference.webhooks.map((webhook) => ({ ...webhook, examples: [] })) };
  const silent = await pactOf(
    bare,
    "silent",
    receiverOf(bare, { on: { conference_end: end } as never, secrets, duplicates: false }),
    ["conference_end"],
    others,
  );
  const unproven = await verifyProvider(bare, { pacts: silent, produce: { examples: true } });
  expect(unproven).toMatchObject({ ok: true, summary: { passed: 0, failed: 0, unproven: 2 } });
  expect(verificationText(unproven)).toContain(
    "unproven  silent ← conference  conference_end: full\n    no body of this event is published",
  );
});

test("a published body that a pact was written with, and that is gone, is a failure", async () => {
  const bare = { ...conference, webhooks: conference.webhooks.map((webhook) => ({ ...webhook, examples: [] })) };
  const gone = await verifyProvider(bare, { pacts: billing, produce: { examples: true } });
  expect(gone).toMatchObject({ ok: false, summary: { passed: 0, failed: 2, unproven: 0 } });
  expect(verificationText(gone)).toContain(
    'example-gone: the document no longer shows "conference_end" by the published example "conference_end", and no body of this event is published',
  );
});

test("an endpoint of any language, in Pact's own protocol", async () => {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const { description } = JSON.parse(text) as { description: string };
    const webhook = description.split(":")[0] ?? "";
    if (webhook === "onLeave") response.writeHead(404).end("unknown message");
    else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(bodies[webhook]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const produce = `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`;
  const verification = await verifyProvider(webrtc, { pacts: door, produce });
  expect(verification.summary).toMatchObject({ passed: 4, failed: 2 });
  expect(problems(verification, "onLeave")[0]?.message).toBe(
    `${produce} answered 404 to "onLeave: minimal": unknown message`,
  );
  server.close();
  const gone = await verifyProvider(webrtc, { pacts: door, produce });
  expect(problems(gone, "onLeave")[0]?.message).toMatch(/failed: fetch failed: connect ECONNREFUSED/);
});

test("headers that the consumer reads", async () => {
  const pact = JSON.parse(readFileSync(door, "utf8")) as PactFile;
  const [first] = pact.interactions;
  const rules = {
    ...(first as { matchingRules?: object }).matchingRules,
    metadata: { "x-attempt": { combine: "AND", matchers: [{ match: "regex", regex: "\\A[0-9]+\\z" }] } },
  };
  const file = join(others, "headers.json");
  writeFileSync(
    file,
    JSON.stringify({ ...pact, interactions: [{ ...first, metadata: { "x-attempt": "1" }, matchingRules: rules }] }),
  );
  const verify = (headers: Record<string, string>) =>
    verifyProvider(webrtc, { pacts: file, produce: (request) => withHeaders(right(request), headers) });
  expect((await verify({ "X-Attempt": "2" })).ok).toBe(true);
  expect(verificationText(await verify({ "x-attempt": "two" }))).toContain("header x-attempt: ");
});

test("pacts that cannot be verified are results, or sentences", async () => {
  const pact = JSON.parse(readFileSync(door, "utf8")) as PactFile;
  const [first] = pact.interactions;
  const write = (value: unknown) => {
    const file = join(others, `${Math.random()}.json`);
    writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
    return file;
  };
  const verify = (value: unknown) => verifyProvider(webrtc, { pacts: write(value), produce: right });
  const unknown = await verify({
    ...pact,
    interactions: [{ ...first, description: "onLeft: full", comments: {}, contents: { content: { event: "x" } } }],
  });
  expect(verificationText(unknown)).toContain('event-unknown: the contract "bandwidth-webrtc" has no such event');
  const http = await verify({
    ...pact,
    interactions: [{ type: "Synchronous/HTTP", description: "a", request: { method: "POST" }, response: {} }],
  });
  expect(verificationText(http)).toContain("pact-unsupported: an HTTP interaction");
  const old = await verify({
    consumer: { name: "a" },
    provider: { name: "b" },
    messages: [{ description: "a", contents: {} }],
  });
  expect(verificationText(old)).toContain("pact-unsupported: a message of version 3");
  expect([unknown.ok, http.ok, old.ok]).toEqual([false, false, false]);
  expect(verificationText(await verify("not json"))).toMatch(
    /pact-unreadable: This is not JSON: .*#\/? and openapi\.yaml#\)/,
  );
  expect(verificationText(await verify({ ...pact, interactions: [] }))).toContain(
    "pact-unreadable: This pact has no interactions.",
  );
  await expect(verifyProvider(webrtc, { pacts: "/nowhere.json", produce: right })).rejects.toThrow(
    "The pact /nowhere.json cannot be read",
  );
  await expect(verifyProvider(conference, { pacts: dir, produce: right, provider: "nobody" })).rejects.toThrow(
    'There is no pact with "nobody"',
  );
  await expect(verifyProvider(webrtc, { produce: right })).rejects.toThrow(
    "pacts: which pact files or folders? Or give broker.",
  );
  await expect(verifyProvider(webrtc, { pacts: dir, broker: {}, produce: right })).rejects.toThrow(
    "Give pacts or broker, and not both.",
  );
});

test("nothing of Pact's own output reaches the console, unless it is asked for", async () => {
  let output = "";
  await verifyProvider(webrtc, {
    pacts: door,
    produce: right,
    onOutput: (text) => {
      output += text;
    },
  });
  expect(output).toContain("Verifying a pact between");
});

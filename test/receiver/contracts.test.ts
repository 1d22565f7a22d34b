/** The receivers of this repository's own contracts, as their users import them, over real sockets. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { examples as voiceExamples } from "../../generated/bandwidth-voice-messaging/examples.js";
import * as voice from "../../generated/bandwidth-voice-messaging/index.js";
import { examples as webrtcExamples } from "../../generated/bandwidth-webrtc/examples.js";
import * as webrtc from "../../generated/bandwidth-webrtc/index.js";
import { examples as conferenceExamples } from "../../generated/conference/examples.js";
import * as conference from "../../generated/conference/index.js";
import type { Outcome, Receiver } from "../../generated/runtime/index.js";
import { toNodeListener } from "../../generated/runtime/node.js";

const TOKEN = "a-token-of-the-admin-ui";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(receiver: Receiver): Promise<string> {
  const server = createServer(toNodeListener(receiver));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
}

interface Bound {
  readonly encode: (
    webhook: never,
    event: never,
    options?: never,
  ) => Promise<{
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly query: string;
  }>;
  readonly sign: (
    webhook: never,
    delivery: never,
    options: never,
  ) => Promise<{
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array | string;
  }>;
  readonly webhookNames: readonly string[];
  readonly webhooks: Readonly<Record<string, { readonly forms: readonly { readonly method: string }[] }>>;
}

const contracts: readonly {
  readonly name: string;
  readonly bound: Bound;
  readonly examples: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly secrets: object;
  readonly wrong: object;
  readonly create: (options: object) => Receiver;
}[] = [
  {
    name: "conference",
    bound: conference as never,
    examples: conferenceExamples as never,
    secrets: { signingToken: TOKEN },
    wrong: { signingToken: `${TOKEN}!` },
    create: (options) => conference.createReceiver(options as never),
  },
  {
    name: "voice and messaging",
    bound: voice as never,
    examples: voiceExamples as never,
    secrets: { basic: { username: "bandwidth", password: TOKEN } },
    wrong: { basic: { username: "bandwidth", password: `${TOKEN}!` } },
    create: (options) => voice.createReceiver(options as never),
  },
  {
    name: "WebRTC",
    bound: webrtc as never,
    examples: webrtcExamples as never,
    secrets: {},
    wrong: {},
    create: (options) => webrtc.createReceiver(options as never),
  },
];

describe.each(contracts)("$name", ({ bound, examples, secrets, wrong, create }) => {
  const { encode, sign, webhookNames, webhooks } = bound;

  test("every example in every form reaches its handler with right credentials, and no other does", async () => {
    const handled: [string, unknown][] = [];
    const outcomes: Outcome[] = [];
    const on = Object.fromEntries(
      webhookNames.map((name) => [
        name,
        (event: unknown, delivery: { webhook: string }) => {
          handled.push([delivery.webhook, event]);
        },
      ]),
    );
    const address = await listening(create({ secrets, on, onOutcome: (outcome: Outcome) => outcomes.push(outcome) }));
    const send = async (name: string, event: unknown, method: string, given: object | null): Promise<number> => {
      const written = await encode(name as never, event as never, { method } as never);
      const url = written.query === "" ? address : `${address}?${written.query}`;
      const unsigned = { ...written, url };
      const signed =
        given === null ? unsigned : await sign(name as never, unsigned as never, { secrets: given } as never);
      const body = method === "GET" ? {} : { body: signed.body as string };
      const response = await fetch(signed.url, { method, headers: signed.headers, ...body });
      await response.arrayBuffer();
      return response.status;
    };
    let count = 0;
    for (const name of webhookNames) {
      for (const event of Object.values(examples[name] ?? {})) {
        for (const { method } of webhooks[name]?.forms ?? []) {
          expect(await send(name, event, method, secrets), `${name} ${method}`).toBeLessThan(300);
          // In a query everything is text, which says a little less than JSON does.
          expect(handled.at(-1)).toEqual([name, method === "GET" ? expect.anything() : event]);
          count++;
          if (Object.keys(secrets).length === 0) continue;
          expect(await send(name, event, method, wrong), name).toBe(401);
          expect(await send(name, event, method, null), name).toBe(401);
        }
      }
    }
    expect(count).toBeGreaterThanOrEqual(webhookNames.length);
    expect(handled).toHaveLength(count);
    expect(new Set(outcomes.map((outcome) => outcome.name))).toEqual(
      new Set(Object.keys(secrets).length === 0 ? ["handled"] : ["handled", "not-authentic"]),
    );
  });
});

test("what is missing is said at start-up, by name", () => {
  const start = () => conference.createReceiver({ secrets: { signingToken: undefined }, on: {} });
  expect(start).toThrow(
    /secrets\.signingToken is undefined; it needs the secret of a token in the header x-signing-token/,
  );
  expect(() => voice.createReceiver({ secrets: { basic: false }, on: {} })).not.toThrow();
});

test("alone: verify, decode, sign", async () => {
  const event = Object.values(conferenceExamples.conference_end)[0] as never;
  const written = await conference.encode("conference_end", event);
  const options = { secrets: { signingToken: TOKEN } };
  const signed = await conference.sign("conference_end", { ...written, url: "https://example.com/hooks" }, options);
  const raw = { ...signed, body: new TextEncoder().encode(signed.body as string) };
  expect(await conference.verify(raw, options)).toMatchObject({ ok: true });
  expect(await conference.verifyAndDecode(raw, options)).toMatchObject({ ok: true, webhook: "conference_end" });
  const forged = { ...raw, headers: { ...raw.headers, "x-signing-token": "another-token" } };
  expect(await conference.verifyAndDecode(forged, options)).toEqual({
    ok: false,
    reason: "wrong-credentials",
    scheme: "signingToken",
    webhook: null,
  });
  await expect(
    conference.sign("conference_end", { ...written, url: "https://example.com" }, { secrets: {} }),
  ).rejects.toThrow(/signingToken/);
});

test("the web form", async () => {
  const seen: string[] = [];
  const receive = conference.createReceiver({
    secrets: { signingToken: TOKEN },
    on: { conference_end: (event) => seen.push(String(event.payload.conference_id)) },
  });
  const event = Object.values(conferenceExamples.conference_end)[0] as never;
  const { body, headers } = await conference.encode("conference_end", event);
  const request = (more: Record<string, string>) =>
    receive(new Request("https://example.com/hooks", { method: "POST", body, headers: { ...headers, ...more } }));
  const right = await request({ "X-Signing-Token": TOKEN });
  expect([right.status, await right.text()]).toEqual([204, ""]);
  const refused = await request({ "X-Signing-Token": "another-token" });
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ outcome: "not-authentic" });
  expect(seen).toHaveLength(1);
});

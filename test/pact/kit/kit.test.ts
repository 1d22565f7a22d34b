/** The kit against real receivers of real contracts: what it writes, and what it refuses, each with its sentence. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Contract } from "../../../src/model/index.ts";
import { createPactKit, type PactKitOptions } from "../../../src/pact/index.ts";
import type { PactFile } from "../../../src/pact/pact-file.ts";
import { receiverOf } from "../receivable.ts";

const contractFile = (id: string) => new URL(`../../../generated/${id}/contract.json`, import.meta.url);
const contractNamed = (id: string) => JSON.parse(readFileSync(contractFile(id), "utf8")) as Contract;

const webrtc = contractNamed("bandwidth-webrtc");
const conference = contractNamed("conference");
const secrets = { signingToken: "a token of the tests" };

type Read = Readonly<Record<string, unknown>>;
type Handlers = Readonly<Record<string, (event: Read, delivery: never) => unknown>>;

let dir: string;
let count = 0;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "hookbook-kit-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** A kit of the WebRTC contract; each has a pact of its own. */
function webrtcKit(on: Handlers, options: Partial<PactKitOptions> = {}) {
  const receiver = receiverOf(webrtc, { on: on as never, duplicates: false });
  return createPactKit({ contract: webrtc, consumer: `door-${++count}`, receiver, dir, ...options });
}

const everything: Handlers = {
  onConnect: ({ participantId }) => void participantId,
  onLeave: ({ participantId }) => void participantId,
  onDisconnect: ({ participantId }) => void participantId,
};

async function runAll(kit: ReturnType<typeof webrtcKit>): Promise<PactFile> {
  for (const one of kit.interactions()) await one.run();
  return JSON.parse(readFileSync(kit.file, "utf8")) as PactFile;
}

describe("what a consumer uses is what its pact expects", () => {
  test("a property that is read, and what the event is recognised by", async () => {
    const pact = await runAll(webrtcKit(everything));
    const first = pact.interactions[0];
    expect(pact.interactions.length).toBe(6);
    expect(first).toMatchObject({
      type: "Asynchronous/Messages",
      description: "onConnect: onConnect",
      providerStates: [{ name: "onConnect is sent", params: { variant: "onConnect" } }],
      comments: { hookbook: { webhook: "onConnect", variant: "onConnect" } },
    });
    expect((first as { contents?: unknown }).contents).toEqual({
      content: { event: "onConnect", participantId: "473f6544-92f7-4d67-9e77-bf2533cfff6d" },
      contentType: "application/json",
      encoded: false,
    });
    expect(pact.metadata).toEqual({ pactSpecification: { version: "4.0" } });
  });

  test("JSON in a string holds what is read inside", async () => {
    const on = Object.fromEntries(
      conference.webhooks.map(({ name }) => [name, ({ payload }: Read) => (payload as Read)["conference_id"]]),
    );
    const ignore = { profile_picture_upload_success: "no conference", profile_picture_upload_failure: "no conference" };
    const kit = createPactKit({
      contract: contractFile("conference"),
      consumer: "billing",
      receiver: receiverOf(conference, { on: on as never, secrets, duplicates: false }),
      secrets,
      dir,
      ignore,
      undocumented: "allow",
    });
    const results = [];
    for (const one of kit.interactions()) results.push(await one.run());
    expect(results[0]?.read).toEqual(["/event", "/payload/conference_id"]);
    expect(results[0]?.interaction.contents.content).toEqual({
      event: "conference_start",
      payload: '{"conference_id":1258835}',
    });
    expect(results[0]?.interaction.comments).toMatchObject({
      references: { OpenAPI: { webhook: "conference_start", method: "post" } },
      hookbook: { decoded: { "$.payload": { rules: { "$.conference_id": {} } } } },
    });
  });

  test("mode full expects all that is documented", async () => {
    const pact = await runAll(webrtcKit(everything, { mode: "full" }));
    expect(Object.keys((pact.interactions[0] as { contents: { content: object } }).contents.content).sort()).toEqual([
      "deviceId",
      "event",
      "participantId",
      "tag",
      "timestamp",
    ]);
  });

  test("the same tests write the same bytes", async () => {
    const consumer = "again";
    const first = webrtcKit(everything, { consumer });
    await runAll(first);
    const bytes = readFileSync(first.file, "utf8");
    rmSync(first.file);
    await runAll(webrtcKit(everything, { consumer }));
    expect(readFileSync(first.file, "utf8")).toBe(bytes);
  });

  test("headers that are read are expected as metadata", async () => {
    const withHeader: Contract = {
      ...webrtc,
      webhooks: webrtc.webhooks.map((webhook) => ({
        ...webhook,
        headers: {
          type: "object",
          properties: {
            "x-attempt": { type: "integer" },
            "x-other": { type: "string", enum: ["a", "b"] },
            "content-type": {},
          },
        },
      })),
    };
    const read = (_: Read, delivery: { headers: Record<string, string> }) => delivery.headers["x-attempt"];
    const receiver = receiverOf(withHeader, {
      on: { onConnect: read, onLeave: read, onDisconnect: read } as never,
      duplicates: false,
    });
    const used = createPactKit({ contract: withHeader, consumer: "headers-used", receiver, dir });
    const [first] = (await runAll(used)).interactions;
    expect(first).toMatchObject({
      metadata: { "x-attempt": expect.stringMatching(/^\d+$/) },
      contents: { content: { event: "onConnect" } },
    });
    const full = createPactKit({ contract: withHeader, consumer: "headers-full", receiver, dir, mode: "full" });
    expect((await runAll(full)).interactions[0]).toMatchObject({ metadata: { "x-other": "a" } });
  });
});

describe("what is wrong with a receiver is said", () => {
  const failure = async (on: Handlers, options: Partial<PactKitOptions> = {}) => {
    const [one] = webrtcKit({ ...everything, ...on }, options).interactions(["onConnect"]);
    return one?.run().then(
      () => "no failure",
      (error: Error) => error.message,
    );
  };

  test("an event without a handler", async () => {
    expect(await failure({ onConnect: undefined as never })).toContain(
      'onConnect: onConnect: no handler of the receiver got it, and the document has it (openapi.yaml#/components/schemas/OnConnect). Add one to "on"',
    );
  });

  test("a misspelt property, with its line and the right word", async () => {
    const message = await failure({ onConnect: ({ particpantId }) => void particpantId });
    expect(message).toContain('reads /particpantId, which the contract does not know; did you mean "participantId"?');
    expect(message).toMatch(/kit\.test\.ts:\d+:\d+/);
    expect(await failure({ onConnect: ({ particpantId }) => void particpantId }, { undocumented: "allow" })).toBe(
      "no failure",
    );
  });

  test("a misspelt property that the handler fails on", async () => {
    const on = { onConnect: ({ particpantId }: Read) => void (particpantId as string).length };
    expect(await failure(on)).toMatch(
      /reads \/particpantId, .* "participantId"\? \(.*\), and its handler failed: Cannot read properties of undefined/,
    );
  });

  test("a property that the body has, and the contract does not know", async () => {
    const webhooks = webrtc.webhooks.map((webhook) => ({
      ...webhook,
      examples: webhook.examples.map((one) => ({ ...one, payload: { ...(one.payload as object), site: "a" } })),
    }));
    const open = { ...webrtc, webhooks } as Contract;
    const said = async (handler: (event: Read) => unknown) => {
      const on = { ...everything, onConnect: handler };
      const receiver = receiverOf(open, { on: on as never, duplicates: false });
      const kit = createPactKit({ contract: open, consumer: `open-${++count}`, receiver, dir });
      const [one] = kit.interactions(["onConnect"]);
      return one?.run().then(
        () => "no failure",
        (error: Error) => error.message,
      );
    };
    expect(await said(({ site }) => void site)).toMatch(
      /reads \/site, which the contract does not know, though this body has it \(.*kit\.test\.ts:\d+:\d+\)/,
    );
    expect(await said((event) => void { ...event })).toBe("no failure");
  });

  test("an optional property that this event lacks is no mistake", async () => {
    const kit = webrtcKit({ ...everything, onConnect: ({ tag }) => void tag });
    for (const one of kit.interactions(["onConnect"])) await one.run();
  });

  test("a handler that throws, with its own words", async () => {
    const message = await failure({ onConnect: () => Promise.reject(new Error("no such room")) });
    expect(message).toContain("onConnect: onConnect: its handler failed: no such room");
  });

  test("a handler that hangs", async () => {
    const message = await failure({ onConnect: () => new Promise(() => {}) }, { timeoutMilliseconds: 150 });
    expect(message).toContain("no answer within 150 ms: its handler hangs");
  });

  test("a reply that the contract does not know", async () => {
    const message = await failure({ onConnect: () => new Response("later", { status: 400 }) });
    expect(message).toMatch(/the receiver answered 400, and the contract says 200 or 2XX: later/);
  });

  test("what the test itself asserts", async () => {
    const kit = webrtcKit(everything);
    const [one] = kit.interactions();
    await expect(one?.run(({ reply }) => expect(reply.status).toBe(299))).rejects.toThrow("299");
  });

  test("a secret that the receiver does not share", async () => {
    const receiver = receiverOf(conference, {
      on: {},
      secrets: { signingToken: "quite another token" },
      duplicates: false,
    });
    const kit = createPactKit({ contract: conference, consumer: "x", receiver, secrets, dir });
    await expect(kit.interactions()[0]?.run()).rejects.toThrow("the receiver answered 401");
    const without = createPactKit({ contract: conference, consumer: "y", receiver, dir });
    await expect(without.interactions()[0]?.run()).rejects.toThrow(/signingToken/);
  });
});

describe("a receiver at an address", () => {
  test("is tested from outside, and its pact expects all that is documented", async () => {
    const got: string[] = [];
    const server = createServer((request, response) => {
      request.on("data", (chunk: Buffer) => got.push(chunk.toString()));
      request.on("end", () => response.writeHead(200).end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const receiver = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
    const pact = await runAll(webrtcKit({}, { receiver }));
    server.close();
    expect(got.length).toBe(6);
    expect(pact.interactions.length).toBe(6);
    expect(() => webrtcKit({}, { receiver, mode: "used" })).toThrow('mode: "used" needs the receiver in this process');
  });

  test("that nobody listens at", async () => {
    const kit = webrtcKit({}, { receiver: "http://127.0.0.1:9/" });
    await expect(kit.interactions()[0]?.run()).rejects.toThrow(/onConnect: onConnect: it could not be delivered/);
  });
});

describe("options that cannot be used", () => {
  test.each<readonly [Partial<PactKitOptions>, string]>([
    [
      { ignore: { onConect: "why" } },
      'ignore: the contract "bandwidth-webrtc" has no event "onConect"; did you mean "onConnect"?',
    ],
    [{ ignore: { onConnect: " " } }, 'ignore: say why "onConnect" is not wanted.'],
    [{ consumer: "" }, "consumer: give the receiver a name."],
    [{ mode: "some" as "used" }, 'mode: "some" is neither "used" nor "full".'],
    [{ receiver: "localhost:3000" }, "receiver: give a fetch handler"],
    [{ contract: "/nowhere/contract.json" }, "The contract /nowhere/contract.json cannot be read"],
    [{ contract: import.meta.filename }, 'is no contract. Give the contract.json that "hookbook generate" writes'],
    [{ contract: {} as Contract }, "The contract is no contract."],
  ])("%j", (options, message) => {
    expect(() => webrtcKit(everything, options)).toThrow(message);
  });

  test("an event that does not exist", () => {
    expect(() => webrtcKit(everything).interactions(["onLeve"])).toThrow(
      'has no event "onLeve"; did you mean "onLeave"?',
    );
  });
});

describe("a pact that is there", () => {
  test("is compared and left alone where that is asked for", async () => {
    const consumer = "checked";
    const kit = webrtcKit(everything, { consumer });
    await runAll(kit);
    const bytes = readFileSync(kit.file, "utf8");
    await runAll(webrtcKit(everything, { consumer, write: "check" }));
    const other = webrtcKit({ ...everything, onLeave: ({ deviceId }) => void deviceId }, { consumer, write: "check" });
    await expect(runAll(other)).rejects.toThrow(/is not what the tests would write:\n {2}"onLeave: minimal" differs/);
    expect(readFileSync(kit.file, "utf8")).toBe(bytes);
  });

  test("loses what is no longer expected, and keeps what only did not run", async () => {
    const consumer = "stale";
    const before = await runAll(webrtcKit(everything, { consumer }));
    const kit = webrtcKit(everything, { consumer, ignore: { onLeave: "not interesting" } });
    const renamed = { ...before.interactions[0], description: "onConnect: of yesterday" };
    writeFileSync(kit.file, JSON.stringify({ ...before, interactions: [...before.interactions, renamed] }));
    for (const one of kit.interactions(["onConnect"])) await one.run();
    const after = JSON.parse(readFileSync(kit.file, "utf8")) as PactFile;
    const descriptions = after.interactions.map(({ description }) => description);
    expect(descriptions.some((one) => one.startsWith("onLeave") || one.includes("yesterday"))).toBe(false);
    expect(descriptions.filter((one) => one.startsWith("onDisconnect"))).toHaveLength(2);
  });

  test("says what is not wanted, and why", async () => {
    const consumer = "choosy";
    const ignore = { onLeave: "not interesting" };
    const pact = await runAll(webrtcKit(everything, { consumer, ignore }));
    expect(pact.metadata["hookbook"]).toEqual({ ignored: ignore });
    await runAll(webrtcKit(everything, { consumer, ignore, write: "check" }));
    const other = webrtcKit(everything, { consumer, ignore: { onLeave: "no longer" }, write: "check" });
    await expect(runAll(other)).rejects.toThrow("the events that are ignored, or the reasons, differ");
  });

  test("that is none is not overwritten", async () => {
    const kit = webrtcKit(everything);
    writeFileSync(kit.file, "not a pact");
    await expect(runAll(kit)).rejects.toThrow("is no pact of version 4. If it was meant to be one, mend or delete it.");
    expect(readFileSync(kit.file, "utf8")).toBe("not a pact");
  });
});

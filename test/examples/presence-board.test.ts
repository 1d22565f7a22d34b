import { describe, expect, test } from "vitest";
import {
  createPresenceBoard,
  createPresenceServer,
  type Presence,
} from "../../examples/presence-board/presence-board.ts";
import { examples } from "../../generated/bandwidth-webrtc/examples.js";
import * as webrtc from "../../generated/bandwidth-webrtc/index.js";
import { deliver, type Generated, serving, writtenExamples } from "./serving.ts";

const TOKEN = "a-token-of-this-test";
const contract = webrtc as unknown as Generated;
const all = writtenExamples(contract, examples);

describe("every event of the contract", () => {
  test.each(all)("$title: handled with the URL's token, refused without it or with another", async (example) => {
    const origin = await serving(createPresenceServer({ token: TOKEN }));
    const withToken = (query: string) => deliver(contract, example, { url: `${origin}/callbacks${query}` });
    const handled = await withToken(`?token=${TOKEN}`);
    expect(handled.ok).toBe(true);
    expect((await withToken("?token=another-token-altogether")).status).toBe(401);
    expect((await withToken("")).status).toBe(401);
  });

  test("is in the contract's examples", () => {
    expect(new Set(all.map(({ webhook }) => webhook))).toEqual(new Set(webrtc.webhookNames));
  });
});

const event = (name: webrtc.ParticipantEvent["event"], timestamp: number): webrtc.ParticipantEvent => ({
  event: name,
  participantId: "0f3e7f06-5d3c-4f0e-9c2b-1c2a4f0e9c2b",
  deviceId: "5a8b1f06-5d3c-4f0e-9c2b-1c2a4f0e9c2b",
  timestamp: String(timestamp),
  tag: "front desk",
});

async function receive(board: ReturnType<typeof createPresenceBoard>, sent: webrtc.ParticipantEvent): Promise<void> {
  const { method, headers, body } = await webrtc.encode(sent.event, sent as never);
  await board.receive(new Request(`http://localhost/callbacks?token=${TOKEN}`, { method, headers, body }));
}

test("the latest event says what is, in whichever order they come", async () => {
  const board = createPresenceBoard({ token: TOKEN });
  const seen: (readonly Presence[])[] = [];
  const stop = board.watch((now) => seen.push(now));
  await receive(board, event("onConnect", 1_000));
  await receive(board, event("onLeave", 3_000));
  await receive(board, event("onConnect", 2_000));
  stop();
  await receive(board, event("onDisconnect", 4_000));
  expect(seen.map((now) => now.map(({ state }) => state))).toEqual([[], ["connected"], ["left"], ["left"]]);
  expect(board.board()).toMatchObject([{ state: "disconnected", since: 4_000, tag: "front desk" }]);
});

test("the board is streamed to whoever looks, and its files are the only ones served", async () => {
  const origin = await serving(createPresenceServer({ token: TOKEN }));
  const stream = await fetch(`${origin}/presence`);
  const reader = stream.body?.getReader();
  const next = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await next()).toBe("data: []\n\n");
  const [example] = all;
  if (example === undefined) throw new Error("no example");
  await deliver(contract, example, { url: `${origin}/callbacks?token=${TOKEN}` });
  expect(await next()).toContain('"state":"connected"');
  await reader?.cancel();
  expect((await fetch(`${origin}/`)).headers.get("content-security-policy")).toBe("default-src 'self'");
  expect((await fetch(`${origin}/presence-board.ts`)).status).toBe(404);
});

/**
 * Shows the main job on real bodies: raw bytes go into the generated decoder, typed events come out.
 */
import { readFileSync } from "node:fs";
import * as voice from "../generated/bandwidth-voice-messaging/index.js";
import * as webrtc from "../generated/bandwidth-webrtc/index.js";
import * as conference from "../generated/conference/index.js";

const headers = { "content-type": "application/json" };

async function bodyOf(path: string): Promise<Uint8Array> {
  return readFileSync(new URL(`../specs/${path}`, import.meta.url));
}

function print(heading: string, value: unknown): void {
  process.stdout.write(`${heading}\n${JSON.stringify(value, null, 2).replace(/^/gm, "  ")}\n\n`);
}

const ended = await conference.decode({
  method: "POST",
  headers,
  body: await bodyOf("conference/examples/conference_end.json"),
});
// Nothing is known of the event before `ok` and `webhook` are looked at; then the compiler knows its type.
if (ended.ok && ended.webhook === "conference_end") {
  const { conference_id, host_id } = ended.event.payload;
  print("conference_end: its payload is JSON in a string, here already decoded and checked", {
    conference_id,
    host_id,
  });
}

const left = await webrtc.decode({
  method: "POST",
  headers,
  body: await bodyOf("bandwidth-webrtc/examples/onLeave.json"),
});
if (left.ok) print(`${left.webhook}: one of three events that share a callback`, left.event);

const hungUp = await voice.decode({
  method: "POST",
  headers,
  body: await bodyOf("bandwidth-voice-messaging/examples/hangup.json"),
});
if (hungUp.ok && hungUp.webhook === "hangup") {
  print("hangup: the cause is one of a known set, or any other string", {
    cause: hungUp.event.cause,
    callId: hungUp.event.callId,
  });
}

const rejected = await voice.decode({
  method: "POST",
  headers,
  body: await bodyOf("bandwidth-voice-messaging/examples/reject.json"),
});
print(`reject: on the wire a hangup too, told apart by its cause`, { ok: rejected.ok, webhook: rejected.webhook });

const broken = await conference.decode({
  method: "POST",
  headers,
  body: '{"event":"conference_end","payload":"{\\"conference_id\\":\\"12\\",\\"host_id\\":61803}","timestamp":"2022-08-24T20:56:55.000Z"}',
});
if (!broken.ok)
  print("a wrong payload is a value, not an exception", {
    reason: broken.reason,
    webhook: broken.webhook,
    error: broken.errors[0],
  });

if (![ended, left, hungUp, rejected].every(({ ok }) => ok) || broken.ok) process.exitCode = 1;

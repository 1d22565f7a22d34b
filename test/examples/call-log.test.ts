import { describe, expect, test } from "vitest";
import { createCallLog, createCallLogServer } from "../../examples/call-log/call-log.ts";
import { examples } from "../../generated/bandwidth-voice-messaging/examples.js";
import * as voice from "../../generated/bandwidth-voice-messaging/index.js";
import { deliver, type Generated, serving, writtenExamples } from "./serving.ts";

const LOGIN = { username: "log", password: "a-password-of-this-test" };
const basic = (username: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
});
const contract = voice as unknown as Generated;
const all = writtenExamples(contract, examples);

describe("every event of the contract, by POST and by GET", () => {
  test.each(all)("$title: handled with the password, refused without it or with another", async (example) => {
    const url = `${await serving(createCallLogServer(LOGIN))}/callbacks`;
    const handled = await deliver(contract, example, { url, headers: basic(LOGIN.username, LOGIN.password) });
    expect(handled.status).toBe(200);
    const wrong = await deliver(contract, example, { url, headers: basic(LOGIN.username, `${LOGIN.password}x`) });
    expect([wrong.status, wrong.headers.get("www-authenticate")]).toEqual([401, expect.stringContaining("Basic")]);
    expect((await deliver(contract, example, { url })).status).toBe(401);
  });

  test("is in the contract's examples", () => {
    expect(new Set(all.map(({ webhook }) => webhook))).toEqual(new Set(voice.webhookNames));
  });
});

const CALL = {
  callId: "c-15ac29a2-006c9d5b",
  callUri: "https://api.example.com/calls/c-15ac29a2-006c9d5b",
  from: "+12025550101",
  to: "+12025550102",
};
const time = (second: number) => `2022-08-24T20:56:0${second}Z`;
const events: Readonly<Record<string, { readonly name: voice.WebhookName; readonly event: unknown }>> = {
  incoming: { name: "incomingcall", event: { eventType: "incomingcall", ...CALL, callState: "active", time: time(1) } },
  answer: { name: "answer", event: { eventType: "answer", ...CALL, callState: "active", time: time(2) } },
  hangup: { name: "hangup", event: { eventType: "hangup", ...CALL, cause: "NORMAL_CLEARING", time: time(5) } },
};

async function callsAfter(...names: readonly string[]) {
  const log = createCallLog(LOGIN);
  const answers: string[] = [];
  for (const name of names) {
    const { name: webhook, event } = events[name] ?? (events["incoming"] as never);
    const { method, headers, body } = await voice.encode(webhook, event as never);
    const init = { method, headers: { ...headers, ...basic(LOGIN.username, LOGIN.password) }, body };
    answers.push(await (await log.receive(new Request("http://localhost/callbacks", init))).text());
  }
  return { calls: log.calls(), answers };
}

test.each([
  { why: "in order", names: ["incoming", "answer", "hangup"] },
  { why: "in any other order", names: ["hangup", "answer", "incoming"] },
  { why: "twice", names: ["incoming", "answer", "hangup", "incoming", "hangup"] },
])("a call is one line, its events $why", async ({ names }) => {
  const { calls } = await callsAfter(...names);
  const { callId: id, from: caller, to: called } = CALL;
  const whole = { id, caller, called, began: time(1), answered: time(2), ended: time(5), cause: "NORMAL_CLEARING" };
  expect(calls).toEqual([whole]);
});

test("an answered call is told what to do", async () => {
  const { answers } = await callsAfter("incoming", "answer");
  expect(answers).toEqual(["", expect.stringMatching(/^<Response>.*<\/Response>$/)]);
});

test("it does not start without a password", () => {
  expect(() => createCallLog({ username: "log", password: "" })).toThrow(/basic/);
});

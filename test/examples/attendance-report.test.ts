import { describe, expect, test } from "vitest";
import { createAttendance, createAttendanceServer } from "../../examples/attendance-report/attendance.ts";
import { examples } from "../../generated/conference/examples.js";
import * as conference from "../../generated/conference/index.js";
import { deliver, type Generated, serving, writtenExamples } from "./serving.ts";

const TOKEN = "a-signing-token-of-this-test";
const contract = conference as unknown as Generated;
const all = writtenExamples(contract, examples);

describe("every event of the contract", () => {
  test.each(all)("$title: handled with the token, refused without it or with another", async (example) => {
    const url = `${await serving(createAttendanceServer({ signingToken: TOKEN }))}/webhooks`;
    const withToken = (token: string) => deliver(contract, example, { url, headers: { "x-signing-token": token } });
    expect((await withToken(TOKEN)).status).toBe(204);
    expect((await withToken(`${TOKEN}x`)).status).toBe(401);
    expect((await deliver(contract, example, { url })).status).toBe(401);
  });

  test("is in the contract's examples", () => {
    expect(new Set(all.map(({ webhook }) => webhook))).toEqual(new Set(conference.webhookNames));
  });
});

const base = { host_id: 61803, conference_id: 7 };
const at = (minute: number) => `2022-08-24T20:${String(minute).padStart(2, "0")}:00.000Z`;
const enter = (participant_id: number, minute: number): conference.EnterConferenceEvent => ({
  event: "enter_conference",
  payload: { ...base, participant_id, participant_role: "participant", meeting_url: "https://meet.example.com/a" },
  timestamp: at(minute),
});
const leave = (participant_id: number, minute: number): conference.LeaveConferenceEvent => ({
  event: "leave_conference",
  payload: { ...base, participant_id, participant_role: "participant", reason_for_leaving: "user_exit" },
  timestamp: at(minute),
});
const end = (minute: number): conference.ConferenceEndEvent => ({
  event: "conference_end",
  payload: base,
  timestamp: at(minute),
});

async function reportAfter(...events: readonly { readonly event: conference.WebhookName }[]) {
  const attendance = createAttendance({ signingToken: TOKEN });
  for (const event of events) {
    const { method, headers, body } = await conference.encode(event.event, event as never);
    const init = { method, headers: { ...headers, "x-signing-token": TOKEN }, body };
    await attendance.receive(new Request("http://localhost/webhooks", init));
  }
  return attendance.report(7).map(({ participant, seconds, reason }) => [participant, seconds, reason]);
}

test.each([
  {
    why: "stays are measured",
    events: [enter(1, 0), enter(2, 5), leave(1, 10)],
    want: [
      [1, 600, "user_exit"],
      [2, null, null],
    ],
  },
  { why: "the end of the conference ends them", events: [enter(1, 0), end(30)], want: [[1, 1800, "conference_end"]] },
  { why: "a leave that comes first is kept", events: [leave(1, 10), enter(1, 0)], want: [[1, 600, "user_exit"]] },
  {
    why: "the same events again change nothing",
    events: [enter(1, 0), leave(1, 10), enter(1, 0), leave(1, 10)],
    want: [[1, 600, "user_exit"]],
  },
])("$why", async ({ events, want }) => {
  expect(await reportAfter(...events)).toEqual(want);
});

test("the report of a conference is served as JSON, and nothing else", async () => {
  const origin = await serving(createAttendanceServer({ signingToken: TOKEN }));
  const [example] = all.filter(({ webhook }) => webhook === "enter_conference");
  if (example === undefined) throw new Error("no example");
  await deliver(contract, example, { url: `${origin}/webhooks`, headers: { "x-signing-token": TOKEN } });
  const { conference_id } = (example.event as conference.EnterConferenceEvent).payload;
  const report = await (await fetch(`${origin}/conferences/${conference_id}`)).json();
  expect(report).toMatchObject({ conference: conference_id, attendance: [{ role: expect.any(String) }], timeline: [] });
  expect((await fetch(`${origin}/conferences/x`)).status).toBe(404);
});

test("it does not start without its token", () => {
  expect(() => createAttendance({ signingToken: "" })).toThrow(/signingToken/);
});

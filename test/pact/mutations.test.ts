/**
 * One thing changed in a consumer, a document or a pact of this repository: does the check that is closest to it notice, in
 * words that name the event and the field? Those that none can notice are at the end, each with the reason.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { createPactKit, type FetchHandler, verificationText, verifyProvider } from "../../src/pact/index.ts";
import { checkWith, contextOf, generatedContract } from "./check/helpers.ts";
import { type Edit, edited } from "./edited.ts";

const folder = mkdtempSync(join(tmpdir(), "hookbook-mutations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Subject = "conference" | "voice" | "webrtc";

const TOKENS = {
  signingToken: "a token of this test",
  basic: { username: "log", password: "a password of this test" },
  callbackUrl: "a token of this test",
};

const SUBJECTS = {
  conference: {
    document: "specs/conference/openapi.yaml",
    contract: "conference",
    consumer: "attendance-report",
    source: "examples/attendance-report/attendance.ts",
    create: (made: Module) => made["createAttendance"]?.({ signingToken: TOKENS.signingToken }),
  },
  voice: {
    document: "specs/bandwidth-voice-messaging/asyncapi.yaml",
    contract: "bandwidth-voice-messaging",
    consumer: "call-log",
    source: "examples/call-log/call-log.ts",
    create: (made: Module) => made["createCallLog"]?.(TOKENS.basic),
  },
  webrtc: {
    document: "specs/bandwidth-webrtc/openapi.yaml",
    contract: "bandwidth-webrtc",
    consumer: "presence-board",
    source: "examples/presence-board/presence-board.ts",
    create: (made: Module) => made["createPresenceBoard"]?.({ token: TOKENS.callbackUrl }),
  },
} as const;

const secretsOf = {
  conference: { signingToken: TOKENS.signingToken },
  voice: { basic: TOKENS.basic },
  webrtc: { callbackUrl: TOKENS.callbackUrl },
};

type Module = Readonly<Record<string, (options: object) => { readonly receive: FetchHandler }>>;

const pactFile = (of: Subject) => `generated/pacts/${SUBJECTS[of].consumer}-${SUBJECTS[of].contract}.json`;

interface ConsumerMutation {
  readonly name: string;
  readonly of: Subject;
  readonly event: string;
  /** In the source of the consumer; has to be there. */
  readonly replace: readonly [from: string, to: string];
  readonly want: RegExp;
}

const consumers: readonly ConsumerMutation[] = [
  {
    name: "a handler is gone",
    of: "conference",
    event: "recording_ready",
    replace: ["recording_ready: (event) => note(event, event.payload.download_link),", ""],
    want: /recording_ready.*: no handler of the receiver got it/,
  },
  {
    name: "a handler of an AsyncAPI event is gone",
    of: "voice",
    event: "dtmf",
    replace: ['dtmf: ({ callId, time, dtmfDigit }) => step(callId, time, "dtmf", dtmfDigit),', ""],
    want: /dtmf.*: no handler of the receiver got it/,
  },
  {
    name: "a field inside JSON in a string is misspelt",
    of: "conference",
    event: "recording_ready",
    replace: ["event.payload.download_link", "event.payload.downlaod_link"],
    want: /recording_ready.* reads \/payload\/downlaod_link.*did you mean "download_link"/s,
  },
  {
    name: "a destructured field is misspelt",
    of: "voice",
    event: "hangup",
    replace: [
      "hangup: ({ callId, from, to, time, cause }) =>",
      "hangup: ({ callId, from, to, time, casue: cause }: any) =>",
    ],
    want: /hangup.* reads \/casue.*did you mean "cause"/s,
  },
  {
    name: "a field has the case of another vendor",
    of: "webrtc",
    event: "onLeave",
    replace: ["{ event, participantId, deviceId, tag", "{ event, participant_id: participantId, deviceId, tag"],
    want: /onLeave.* reads \/participant_id.*did you mean "participantId"/s,
  },
  {
    name: "JSON in a string is parsed once more",
    of: "conference",
    event: "drive_file_deleted",
    replace: ["note(event, event.payload.filename)", "note(event, JSON.parse(event.payload as any).filename)"],
    want: /drive_file_deleted: .*(?:JSON|valid)/s,
  },
  {
    name: "a handler throws",
    of: "voice",
    event: "mms",
    replace: ["event.media.length", "event.media.filter((one: any) => one.size.length > 0).length"],
    want: /mms: .*(?:length|undefined)/s,
  },
  {
    name: "a branch of an enum is forgotten",
    of: "webrtc",
    event: "onDisconnect",
    replace: ["STATES[event], Number", '(event === "onDisconnect" ? fail() : STATES[event]), Number'],
    want: /onDisconnect: .*fail is not defined/s,
  },
  {
    name: "the reply is none that the document knows",
    of: "conference",
    event: "conference_start",
    replace: ["conference_start: noteOnly", "conference_start: () => new Response(null, { status: 409 })"],
    want: /conference_start: .*409/s,
  },
  {
    name: "the secret comes from elsewhere",
    of: "conference",
    event: "conference_start",
    replace: ["secrets: { signingToken },", 'secrets: { signingToken: "another token of this test" },'],
    want: /conference_start: .*401/s,
  },
  {
    name: "a field is no longer read, and its pact not written anew",
    of: "voice",
    event: "hangup",
    replace: [
      "time, cause }) => call(callId, { caller: from, called: to, ended: time, cause }),\n      reject",
      'time }) => call(callId, { caller: from, called: to, ended: time, cause: "" }),\n      reject',
    ],
    want: /"hangup: full" differs/,
  },
  {
    name: "another documented field is read, and its pact not written anew",
    of: "conference",
    event: "recording_ready",
    replace: ["event.payload.download_link", "String(event.payload.recording_id)"],
    want: /"recording_ready: recording_ready-audio" differs/,
  },
];

interface EditMutation {
  readonly name: string;
  readonly of: Subject;
  readonly edit: Edit;
  readonly want: RegExp;
}

const SCHEMAS = "/components/schemas";
const EXAMPLES =
  "/paths/~1accounts~1{accountId}~1participants/post/callbacks/participantEvent/{$request.body#~1callbackUrl}/post/requestBody/content/application~1json/examples";
const HANGUP = `${SCHEMAS}/Hangup`;

/** Seen by holding the committed pacts against the document. */
const documents: readonly EditMutation[] = [
  {
    name: "a field inside JSON in a string is renamed",
    of: "conference",
    edit: ["rename", `${SCHEMAS}/RecordingReadyPayload/properties/download_link`, "url"],
    want: /recording_ready: \/payload\/download_link/,
  },
  {
    name: "a field is gone",
    of: "voice",
    edit: ["remove", `${HANGUP}/properties/cause`],
    want: /hangup: \/cause/,
  },
  {
    name: "a shared field becomes a number",
    of: "webrtc",
    edit: ["set", `${SCHEMAS}/Timestamp`, { type: "integer" }],
    want: /onConnect: \/timestamp must be integer/,
  },
  {
    name: "a type inside JSON in a string changes",
    of: "conference",
    edit: ["set", `${SCHEMAS}/ParticipantId/type`, "string"],
    want: /enter_conference: \/payload\/participant_id must be string/,
  },
  {
    name: "an enum loses a value",
    of: "conference",
    edit: ["set", `${SCHEMAS}/ReasonForLeaving/enum`, ["user_exit", "user_dropped", "host_kicked"]],
    want: /leave_conference: \/payload\/reason_for_leaving must be one of/,
  },
  {
    name: "an enum gains a value",
    of: "voice",
    edit: ["set", `${SCHEMAS}/MessageDirection/enum`, ["in", "out", "both"]],
    want: /sms: \/direction: the document allows "both"/,
  },
  {
    name: "an event is renamed",
    of: "webrtc",
    edit: ["set", `${SCHEMAS}/OnLeave/properties/event/const`, "onLeft"],
    want: /onLeave/,
  },
  {
    name: "an event is gone",
    of: "conference",
    edit: ["remove", "/webhooks/transcription_ready"],
    want: /transcription_ready.*names no webhook/s,
  },
  {
    name: "a field becomes optional",
    of: "voice",
    edit: ["set", `${HANGUP}/required`, ["eventType", "callId", "from", "to", "time"]],
    want: /hangup: \/cause: the pact counts on this field/,
  },
  {
    name: "a field inside JSON in a string becomes optional",
    of: "conference",
    edit: ["set", `${SCHEMAS}/RecordingReadyPayload/required`, ["host_id", "conference_id", "recording_id"]],
    want: /recording_ready: \/payload\/download_link: the pact counts on this field/,
  },
  {
    name: "a field may be null",
    of: "webrtc",
    edit: ["set", `${SCHEMAS}/DeviceId/type`, ["string", "null"]],
    want: /\/deviceId: the document allows null/,
  },
  {
    name: "a string is no longer JSON",
    of: "conference",
    edit: ["set", `${SCHEMAS}/ConferenceStart/properties/payload`, { type: "object" }],
    want: /conference_start: \/payload must be object/,
  },
  {
    name: "a format is dropped",
    of: "voice",
    edit: ["remove", `${SCHEMAS}/Time/format`],
    want: /hangup: \/time: the document allows/,
  },
  {
    name: "a pattern is narrowed",
    of: "webrtc",
    edit: ["set", `${SCHEMAS}/Timestamp/pattern`, "^[0-9]{10}$"],
    want: /onConnect: \/timestamp must match pattern/,
  },
];

/** Seen by Pact's verifier and the validators, where the pacts are verified against the published bodies. */
const published: readonly EditMutation[] = [
  {
    name: "a published example loses a field",
    of: "webrtc",
    edit: ["remove", `${EXAMPLES}/onDisconnect/value/deviceId`],
    want: /onDisconnect: onDisconnect.*deviceId/s,
  },
  {
    name: "a published example's type changes",
    of: "webrtc",
    edit: ["set", `${EXAMPLES}/onConnect/value/timestamp`, 1_628_786_212_405],
    want: /onConnect: onConnect.*timestamp/s,
  },
  {
    name: "a published example has a field by another name",
    of: "webrtc",
    edit: ["rename", `${EXAMPLES}/onLeave/value/participantId`, "participant"],
    want: /onLeave: onLeave.*participantId/s,
  },
  {
    name: "a published example becomes another event's body",
    of: "webrtc",
    edit: ["set", `${EXAMPLES}/onLeave/value/event`, "onConnect"],
    want: /onLeave: onLeave\n.*another-event: the published example "onLeave" is now one of "onConnect", and "onLeave" was asked for \(.*presence-board-bandwidth-webrtc\.json#\/interactions\/5 and openapi\.json#.*\/examples\/onLeave\/value\)/,
  },
  {
    name: "a published example becomes no event's body",
    of: "webrtc",
    edit: ["set", `${EXAMPLES}/onLeave/value/event`, 7],
    want: /onLeave: onLeave\n.*example-gone: the document no longer shows "onLeave" by the published example "onLeave"/,
  },
  {
    name: "the only published example of an event becomes another's",
    of: "conference",
    edit: [
      "set",
      "/webhooks/transcription_ready/post/requestBody/content/application~1json/examples/transcription_ready/value/event",
      "recording_ready",
    ],
    want: /another-event: the event is "recording_ready", and "transcription_ready" was asked for/,
  },
  {
    name: "a published example that no pact asks for breaks the document",
    of: "voice",
    edit: ["set", "/components/messages/hangup/examples/0/payload/cause", 7],
    want: /event-invalid: \/cause/,
  },
];

/** What none of the checks notices. */
const missed = [
  {
    name: "a field of another event is read",
    why: "One function may serve several events, and asks each for what only some have; a field that any event documents is therefore no mistake, as long as the handler takes its absence.",
    said: () =>
      saidOfConsumer("conference", "start_recording", [
        "start_recording: noteOnly",
        "start_recording: (event: any) => note(event, event.payload.download_link)",
      ]),
  },
  {
    name: "an enum inside JSON in a string gains a value",
    why: "Pact's rules end at a string, so no pact can count on the old values; hookbook diff --pacts tells whom it reaches.",
    said: async () => {
      const roles = ["organizer", "moderator", "participant", "guest"];
      const document = edited(documentOf("conference"), ["set", `${SCHEMAS}/ParticipantRole/enum`, roles]);
      return complaints(checkWith(await contextOf(document), readFileSync(pactFile("conference"), "utf8")));
    },
  },
];

const INTERACTION = "/interactions/22";
const BODY = `${INTERACTION}/matchingRules/body`;
const by = (...matchers: readonly object[]) => ({ combine: "AND", matchers });

/** Seen by holding the pact against the document; of `conference`, recording_ready is the 23rd. */
const pacts: readonly EditMutation[] = [
  {
    name: "a field of the example is misspelt",
    of: "webrtc",
    edit: ["rename", "/interactions/0/contents/content/deviceId", "devideId"],
    want: /onConnect: \/devideId must NOT have additional properties/,
  },
  {
    name: "JSON inside a string is broken",
    of: "conference",
    edit: ["set", `${INTERACTION}/contents/content/payload`, '{"conference_id":'],
    want: /recording_ready: \/payload must be a string that holds JSON/,
  },
  {
    name: "a value inside JSON in a string has another type",
    of: "conference",
    edit: ["set", `${INTERACTION}/contents/content/payload`, '{"conference_id":"1258835"}'],
    want: /recording_ready: \/payload\/conference_id must be integer/,
  },
  {
    name: "a field inside JSON in a string is misspelt",
    of: "conference",
    edit: ["set", `${INTERACTION}/contents/content/payload`, '{"confrence_id":1258835}'],
    want: /recording_ready: \/payload\/confrence_id must NOT have additional properties/,
  },
  {
    name: "a matcher refuses its own example",
    of: "conference",
    edit: ["set", `${BODY}/$.timestamp`, by({ match: "regex", regex: "[0-9]+" })],
    want: /recording_ready: \/timestamp: the regex \[0-9\]\+ refuses its own example/,
  },
  {
    name: "a matcher is narrower than the document",
    of: "conference",
    edit: ["set", "/interactions/32/matchingRules/body/$.timestamp", by({ match: "equality" })],
    want: /transcription_ready: \/timestamp: the document allows/,
  },
  {
    name: "a matcher is of another kind than the field",
    of: "voice",
    edit: ["set", "/interactions/0/matchingRules/body/$.callId", by({ match: "integer" })],
    want: /answer: \/callId/,
  },
  {
    name: "a matcher is unknown",
    of: "webrtc",
    edit: ["set", "/interactions/0/matchingRules/body/$.deviceId", by({ match: "looksLike" })],
    want: /looksLike/,
  },
  {
    name: "a header that nobody sends is expected",
    of: "conference",
    edit: ["set", `${INTERACTION}/metadata`, { "x-delivery": "1" }],
    want: /recording_ready: the document knows no header "x-delivery"/,
  },
  {
    name: "the content type changes",
    of: "conference",
    edit: ["set", `${INTERACTION}/contents/contentType`, "text/csv"],
    want: /recording_ready: the pact expects the content type/,
  },
  {
    name: "the event that is meant does not exist",
    of: "conference",
    edit: ["set", `${INTERACTION}/comments/references/OpenAPI/webhook`, "recording_done"],
    want: /"recording_done post", which names no webhook/,
  },
  {
    name: "the contents are none",
    of: "conference",
    edit: ["remove", `${INTERACTION}/contents`],
    want: /recording_ready/,
  },
];

test.each(consumers)("a consumer changes: $name", async ({ of, event, replace, want }) => {
  expect(await saidOfConsumer(of, event, replace)).toMatch(want);
});

describe("a document changes", () => {
  test.each(documents)("$name", async ({ of, edit, want }) => {
    const document = edited(documentOf(of), edit);
    expect(complaints(checkWith(await contextOf(document), readFileSync(pactFile(of), "utf8")))).toMatch(want);
  });

  test.each(published)("$name", async ({ of, edit, want }) => {
    const document = edited(documentOf(of), edit);
    const verification = await verifyProvider(await generatedContract(document), {
      pacts: pactFile(of),
      provider: SUBJECTS[of].contract,
      produce: { examples: true },
    });
    expect(verification.ok).toBe(false);
    expect(verificationText(verification)).toMatch(want);
  });
});

test.each(pacts)("a pact changes: $name", async ({ of, edit, want }) => {
  const pact = edited(JSON.parse(readFileSync(pactFile(of), "utf8")) as object, edit);
  expect(complaints(checkWith(await unchanged(of), pact))).toMatch(want);
});

test.each(missed)("nothing can notice: $name", async ({ said }) => {
  // Once it is noticed, it belongs to the others.
  expect(await said()).toBe("");
});

test("40 changes or more, of which at most two stay unnoticed", () => {
  const caught = [consumers, documents, published, pacts].flat().length;
  expect(caught + missed.length).toBeGreaterThanOrEqual(40);
  expect(missed.length).toBeLessThanOrEqual(2);
});

test("nothing changes, and nothing is said", async () => {
  for (const of of Object.keys(SUBJECTS) as Subject[]) {
    const report = checkWith(await unchanged(of), readFileSync(pactFile(of), "utf8"));
    expect(report.summary.errors, complaints(report)).toBe(0);
  }
});

const contexts = new Map<Subject, ReturnType<typeof contextOf>>();

function unchanged(of: Subject): ReturnType<typeof contextOf> {
  const context = contexts.get(of) ?? contextOf(documentOf(of));
  contexts.set(of, context);
  return context;
}

let mutants = 0;

/** What the kit says of an event once its consumer's source is changed; the committed pact is compared. */
async function saidOfConsumer(of: Subject, event: string, [from, to]: readonly [string, string]): Promise<string> {
  const { source, contract, consumer, create } = SUBJECTS[of];
  const text = readFileSync(source, "utf8");
  expect(text, "what is replaced").toContain(from);
  const own = join(folder, String(mutants++));
  mkdirSync(own);
  const mutant = join(own, "consumer.ts");
  writeFileSync(mutant, text.replace(from, () => to).replaceAll('"../../generated/', `"${process.cwd()}/generated/`));
  copyFileSync(pactFile(of), join(own, `${consumer}-${contract}.json`));
  const made = create((await import(pathToFileURL(mutant).href)) as Module);
  const kit = createPactKit({
    contract: `generated/${contract}/contract.json`,
    consumer,
    receiver: made?.receive ?? "",
    secrets: secretsOf[of],
    ...(of === "webrtc" ? { schemes: { callbackUrl: { type: "apiKey", in: "query", name: "token" } } } : {}),
    dir: own,
    write: "check",
  });
  const said: string[] = [];
  for (const one of kit.interactions([event])) await one.run().catch((error: Error) => said.push(error.message));
  return said.join("\n");
}

function documentOf(of: Subject): object {
  return parse(readFileSync(SUBJECTS[of].document, "utf8")) as object;
}

function complaints({ results }: ReturnType<typeof checkWith>): string {
  const telling = results.filter(({ type }) => type !== "info");
  return telling.map(({ message }) => message).join("\n");
}

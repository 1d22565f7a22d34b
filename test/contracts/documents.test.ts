/**
 * What the three documents must say: every webhook, every field, whether it is required, and its type. The tables below
 * were written down from the vendors' pages, not from the documents: a field lost on the way fails here.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import type { Contract, Json, Schema, Webhook } from "../../src/model/index.ts";
import type { Delivery } from "../../src/runtime/types.ts";
import { posted, repository, shipped, shippedBy } from "./contracts.ts";

type Members = Readonly<Record<string, Json>>;

/** Field → type. `'a'`: that value only; `'a' | 'b'`: one of these; a last `…`: or any other text. */
type Fields = Readonly<Record<string, string>>;

interface Facts {
  readonly required: Fields;
  readonly optional: Fields;
  /** Optional fields that are required under a condition. */
  readonly when?: string;
}

// ------------------------------------------------------------------------------------------------- bandwidth-webrtc

const participantEvent = (event: string): Facts => ({
  required: { event: `'${event}'`, timestamp: "string", participantId: "string", deviceId: "string" },
  optional: { tag: "string" },
});

const WEBRTC: Readonly<Record<string, Facts>> = {
  onConnect: participantEvent("onConnect"),
  onLeave: participantEvent("onLeave"),
  onDisconnect: participantEvent("onDisconnect"),
};

// ------------------------------------------------------------------------------------------------------- conference

// The page lists `company_id` for all events but one, and its only example leaves it out: so it is optional.
const host = { host_id: "integer" };
const conference = { ...host, conference_id: "integer" };
const participant = { ...conference, participant_id: "integer" };
const company = { company_id: "integer | string" };
const role = { participant_role: "'organizer' | 'moderator' | 'participant'" };
const leaving = { reason_for_leaving: "'user_exit' | 'user_dropped' | 'host_kicked' | 'host_kicked_blocked'" };
const status = {
  status: "'new' | 'dialed' | 'answered' | 'rejected' | 'noanswer' | 'cancelled' | 'notenabled' | …",
};
const file = { id: "integer | string", filename: "string" };

/** The fields of what `payload` holds. */
const CONFERENCE: Readonly<Record<string, Facts>> = {
  conference_start: { required: conference, optional: company },
  conference_end: { required: conference, optional: company },
  start_recording: { required: conference, optional: company },
  stop_recording: { required: conference, optional: company },
  start_streaming: { required: conference, optional: company },
  stop_streaming: { required: conference, optional: company },
  recording_ready: {
    required: { ...conference, recording_id: "integer | string", download_link: "string" },
    optional: company,
  },
  transcription_ready: { required: conference, optional: company },
  enter_livestream: { required: participant, optional: company },
  leave_livestream: { required: { ...participant, ...leaving }, optional: company },
  stream_preview_updated: {
    required: { ...conference, video_url: "string" },
    optional: { ...company, image_url: "string" },
  },
  profile_picture_upload_success: { required: host, optional: company },
  profile_picture_upload_failure: { required: host, optional: company },
  enter_conference: { required: { ...participant, ...role, meeting_url: "string" }, optional: company },
  leave_conference: { required: { ...participant, ...role, ...leaving }, optional: company },
  dialout_status_change: { required: { ...participant, ...status, phone_number: "string" }, optional: company },
  participant_role_changed: { required: { ...participant, ...role }, optional: {} },
  start_broadcasting: { required: conference, optional: company },
  stop_broadcasting: { required: conference, optional: company },
  drive_file_added: { required: { ...host, ...file, size: "integer | string" }, optional: company },
  drive_file_deleted: { required: { ...host, ...file }, optional: company },
  one_time_access_code_reused: {
    required: { ...conference, original_conference_id: "integer | string" },
    optional: company,
  },
};

// ---------------------------------------------------------------------------------------- bandwidth-voice-messaging

const tag = { tag: "string" };
const time = { time: "string" };
const call = { callId: "string", callUri: "string" };
const parties = { from: "string", to: "string" };
const conferenceIds = { conferenceId: "string", conferenceUri: "string" };
const startedOrDone = { status: "'started' | 'done'" };
const completed = { callState: "'completed'" };
const code = "integer | string";
const message = {
  direction: "'in' | 'out'",
  ...parties,
  messageId: "string",
  messageUri: "string",
  text: "string",
  ...time,
  state: "'received' | 'queued' | 'sending' | 'sent' | 'error' | 'not-delivered'",
};
/** `counter` is a number in bodies and text in the GET form; `limit` is spelt in two ways. */
const DIVERSION =
  "{ origTo?: string, reason?: 'unknown' | 'user-busy' | 'no-answer' | 'unavailable' | 'unconditional' | " +
  "'time-of-day' | 'do-not-disturb' | 'deflection' | 'follow-me' | 'out-of-service' | 'away', " +
  "screen?: 'yes' | 'no', privacy?: 'off' | 'full', counter?: integer | string, limit?: integer | string, " +
  "Limit?: integer | string }";
const callDetails = {
  applicationId: "string",
  diversion: DIVERSION,
  withholdCallerNumber: "string",
  withholdCallerName: "string",
  displayName: "string",
};

const VOICE: Readonly<Record<string, Facts>> = {
  sms: {
    required: { eventType: "'sms'", ...message },
    optional: {
      applicationId: "string",
      deliveryState: "'waiting' | 'delivered' | 'not-delivered'",
      deliveryCode: code,
      deliveryDescription: "string",
      segmentCount: "integer",
      ...tag,
    },
  },
  mms: {
    required: { eventType: "'mms'", ...message, media: "string[]" },
    optional: {
      applicationId: "string",
      deliveryState: "string",
      deliveryCode: code,
      deliveryDescription: "string",
      segmentCount: "integer",
      ...tag,
    },
    when: "applicationId when direction is 'in'",
  },
  answer: {
    required: { eventType: "'answer'", ...parties, callState: "'active'", ...call, ...time },
    optional: { ...callDetails, ...tag },
  },
  playback: { required: { eventType: "'playback'", ...call, ...startedOrDone, ...time }, optional: tag },
  timeout: { required: { eventType: "'timeout'", ...parties, ...call, ...time }, optional: tag },
  conference: {
    required: {
      eventType: "'conference'",
      ...conferenceIds,
      status: "'created' | 'completed'",
      createdTime: "string",
    },
    optional: { completedTime: "string", ...tag },
    when: "completedTime when status is 'completed'",
  },
  "conference-playback": {
    required: { eventType: "'conference-playback'", ...conferenceIds, ...startedOrDone, ...time },
    optional: tag,
  },
  "conference-member": {
    required: {
      eventType: "'conference-member'",
      activeMembers: "integer",
      conferenceId: "string",
      callId: "string",
      memberId: "string",
      memberUri: "string",
      state: "'active' | 'completed'",
      hold: "boolean",
      mute: "boolean",
      ...time,
    },
    optional: tag,
  },
  "conference-speak": {
    required: { eventType: "'conference-speak'", ...conferenceIds, ...startedOrDone, ...time },
    optional: tag,
  },
  dtmf: {
    required: { eventType: "'dtmf'", ...call, dtmfDigit: "string", ...time },
    optional: { dtmfDuration: "string", ...tag },
  },
  gather: {
    required: {
      eventType: "'gather'",
      callId: "string",
      gatherId: "string",
      reason: "'max-digits' | 'terminating-digit' | 'inter-digit-timeout' | 'hung-up' | …",
      state: "'completed'",
      ...time,
    },
    // Nothing says whether `digits` is empty or absent where no key was pressed.
    optional: { digits: "string", callUri: "string", terminatingDigit: "string", ...tag },
    when: "digits when reason is 'max-digits' | 'terminating-digit'",
  },
  incomingcall: {
    required: { eventType: "'incomingcall'", ...parties, ...call, callState: "'active'", ...time },
    // In every published body, but not in the published GET request.
    optional: { ...callDetails, ...tag },
  },
  hangup: {
    required: {
      eventType: "'hangup'",
      ...call,
      ...parties,
      cause:
        "'ORIGINATOR_CANCEL' | 'NORMAL_CLEARING' | 'USER_BUSY' | 'CALL_REJECTED' | 'UNALLOCATED_NUMBER' | 'NO_ANSWER' | " +
        "'NORMAL_TEMPORARY_FAILURE' | 'UNSPECIFIED' | 'CALL_AWARDED_DELIVERED' | 'NORMAL_UNSPECIFIED' | " +
        "'NORMAL_CIRCUIT_CONGESTION' | 'SWITCH_CONGESTION' | …",
      ...time,
    },
    optional: { ...completed, ...tag },
  },
  recording: {
    required: {
      eventType: "'recording'",
      callId: "string",
      recordingId: "string",
      recordingUri: "string",
      status: "'complete' | 'error'",
      startTime: "string",
      endTime: "string",
    },
    optional: { state: "'complete' | 'error'", ...tag },
  },
  reject: {
    required: { eventType: "'hangup'", ...call, ...parties, ...time, cause: "'CALL_REJECTED'" },
    optional: { ...completed, ...tag },
  },
  speak: {
    required: { eventType: "'speak'", ...call, ...time, ...startedOrDone },
    optional: { state: "'PLAYBACK_START' | 'PLAYBACK_STOP'", ...tag, type: "'speak'" },
  },
  transcription: {
    required: { eventType: "'transcription'", transcriptionId: "string", status: "'completed' | 'error' | 'complete'" },
    // `state` and `recordingId` are missing from the body published for BXML, the others after an error.
    optional: {
      state: "'completed' | 'error'",
      recordingId: "string",
      textSize: "integer",
      text: "string",
      textUrl: "string",
      transcriptionUri: "string",
      ...tag,
    },
  },
};

const TABLES: readonly { readonly id: string; readonly format: string; readonly facts: typeof VOICE }[] = [
  { id: "bandwidth-webrtc", format: "openapi-3.1", facts: WEBRTC },
  { id: "conference", format: "openapi-3.1", facts: CONFERENCE },
  { id: "bandwidth-voice-messaging", format: "asyncapi-3.0", facts: VOICE },
];

const webhooks = shipped.flatMap(({ id, contract, decode }) =>
  contract.webhooks.map((webhook) => ({ id, name: webhook.name, webhook, contract, decode })),
);

describe("the webhooks", () => {
  test("are 3, 22 and 17, by the names of the pages", () => {
    expect(TABLES.map(({ facts }) => Object.keys(facts).length)).toEqual([3, 22, 17]);
    for (const { id, format, facts } of TABLES) {
      const { contract } = shippedBy(id);
      expect(contract.webhooks.map(({ name }) => name).sort()).toEqual(Object.keys(facts).sort());
      expect(contract.format).toBe(format);
    }
  });

  test("are told apart by 16 values in the voice contract, since a reject is a hangup with a cause", () => {
    const { contract } = shippedBy("bandwidth-voice-messaging");
    const values = contract.webhooks.map(({ route }) => route.find(({ at }) => at === "/eventType")?.value);
    expect(new Set(values).size).toBe(16);
    expect(contract.webhooks.find(({ name }) => name === "reject")?.route).toEqual([
      { in: "body", at: "/eventType", value: "hangup" },
      { in: "body", at: "/cause", value: "CALL_REJECTED" },
    ]);
  });

  test("come as the senders deliver them: the forms and the security", () => {
    const said = (id: string) =>
      new Set(
        shippedBy(id).contract.webhooks.map(({ forms, security }) =>
          [...forms.map(({ method, encoding }) => `${method} ${encoding}`), ...security.flatMap(Object.keys)].join(
            ", ",
          ),
        ),
      );
    expect([...said("bandwidth-webrtc")]).toEqual(["POST json"]);
    expect([...said("conference")]).toEqual(["POST json, signingToken"]);
    expect([...said("bandwidth-voice-messaging")]).toEqual(["POST json, GET query, basic"]);
    expect(shippedBy("conference").contract.security["signingToken"]).toMatchObject({
      type: "apiKey",
      in: "header",
      name: "x-signing-token",
    });
    expect(shippedBy("bandwidth-voice-messaging").contract.security["basic"]).toMatchObject({
      type: "http",
      scheme: "basic",
    });
  });
});

describe.each(webhooks)("$id $name", ({ id, name, webhook, contract, decode }) => {
  test("has exactly the documented fields", () => {
    const facts = TABLES.find((table) => table.id === id)?.facts[name];
    const found = factsOf(eventSchema(id, webhook, contract), contract);
    expect(sorted(found)).toEqual(sorted(facts));
  });

  test("is described, with its fields, its answer and examples", () => {
    expect(webhook.summary?.length ?? 0).toBeGreaterThan(10);
    expect(webhook.description?.length ?? 0).toBeGreaterThan(20);
    expect(webhook.replies.length).toBeGreaterThan(0);
    for (const { status: code, description } of webhook.replies) {
      expect(code).toMatch(/^2(?:\d\d|XX)$/);
      expect(description?.length ?? 0).toBeGreaterThan(10);
    }
    expect(webhook.examples.length).toBeGreaterThan(0);
    expect(undescribed(webhook.payload, contract)).toEqual([]);
  });

  test("its examples are valid and lead to it", async () => {
    for (const example of webhook.examples) {
      const decoded = await decode(posted(JSON.stringify(example.payload)));
      expect([example.name, decoded]).toMatchObject([example.name, { ok: true, webhook: name }]);
      expect(example.summary?.length ?? 0).toBeGreaterThan(10);
    }
  });
});

test("every voice and messaging request says by whom it is sent, and need not", () => {
  for (const { headers } of shippedBy("bandwidth-voice-messaging").contract.webhooks) {
    expect(headers).toMatchObject({ properties: { "user-agent": { type: "string" } } });
    expect(headers).not.toHaveProperty("required");
  }
});

test("a participant event is answered 200, as the vendor once described it, or by any other 2xx", () => {
  const { contract } = shippedBy("bandwidth-webrtc");
  const codes = contract.webhooks.map(({ replies }) => replies.map(({ status: code }) => code));
  expect(codes).toEqual(Array(3).fill(["200", "2XX"]));
});

test("the envelope of the conference platform", () => {
  const { contract } = shippedBy("conference");
  for (const webhook of contract.webhooks) {
    expect(sorted(factsOf(webhook.payload, contract))).toEqual(
      sorted({ required: { event: `'${webhook.name}'`, payload: "json", timestamp: "string" }, optional: {} }),
    );
  }
});

// -------------------------------------------------------------------------------------------------------- the files

const specs = join(repository, "specs");
const files = readdirSync(specs, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

describe("the numbers in specs/", () => {
  const texts = files.map((path) => ({ path: relative(repository, path), text: readFileSync(path, "utf8") }));

  test("are fictional: +1 NXX 555 01XX", () => {
    expect(texts.length).toBeGreaterThan(40);
    const found = texts.flatMap(({ path, text }) => phoneNumbers(text).map((number) => ({ path, number })));
    expect(found.length).toBeGreaterThan(150);
    expect(found.filter(({ number }) => !isFictional(number))).toEqual([]);
  });

  test("would be found if they were real", () => {
    const real = [
      "+13233326955",
      "to=%2B13204601164&",
      "(919) 223-3339",
      "919-223-3339",
      '"15035555555"',
      "5035555555",
    ];
    for (const text of real)
      expect([text, phoneNumbers(text).filter((one) => !isFictional(one))[0]]).toEqual([text, expect.any(String)]);
    // Ids, times and sizes are none.
    expect(
      phoneNumbers("1628786234676 /recordings/88121 473f6544-92f7-4d67-9e77-bf2533cfff6d 2022-08-24T20:56:55.000Z"),
    ).toEqual([]);
  });
});

describe("the example files in specs/", () => {
  /** What each file is, by its name; null where the contract knows no such event, "!" where it is refused. */
  const DOCUMENTED: Readonly<Record<string, string | null>> = {
    "bandwidth-webrtc/examples/onLeave.json": "onLeave",
    "conference/examples/conference_end.json": "conference_end",
    ...voiceExamples(
      "answer-diversion:answer answer-tag:answer answer conference-completed:conference conference-created:conference " +
        "conference-member-joined:conference-member conference-member-left:conference-member " +
        "conference-member-muted:conference-member conference-playback-done:conference-playback " +
        "conference-playback-started:conference-playback conference-speak-done:conference-speak " +
        "conference-speak-started:conference-speak dtmf gather-max-digits:gather hangup incomingcall-diversion:incomingcall " +
        "incomingcall mms-inbound:mms playback-done:playback playback-started:playback recording-complete:recording " +
        "recording-error:recording reject sms-bxml-sendmessage-status:sms sms-delivery-receipt-as-published:sms " +
        "sms-inbound:sms sms-outbound-sent:sms speak-done:speak speak-started:speak timeout " +
        "transcription-bxml-record:transcription transcription-completed:transcription transcription-error:transcription",
    ),
    ...voiceExamples(
      "deliveries/answer:answer deliveries/answer-diversion-as-published:!answer deliveries/gather:gather " +
        "deliveries/hangup:hangup deliveries/incomingcall:incomingcall " +
        "deliveries/incomingcall-diversion-as-published:!incomingcall deliveries/mms:mms deliveries/recording:recording " +
        "deliveries/redirect: deliveries/sms:sms deliveries/timeout:timeout deliveries/transfer-complete:",
    ),
  };

  const examples = files
    .map((path) => relative(specs, path).replaceAll("\\", "/"))
    .filter((path) => /\/examples\//.test(path));

  test("are all listed here", () => {
    expect(examples.sort()).toEqual(Object.keys(DOCUMENTED).sort());
  });

  test.each(Object.entries(DOCUMENTED))("%s is %s", async (path, webhook) => {
    const [id = ""] = path.split("/");
    const text = readFileSync(join(specs, path), "utf8");
    const decoded = await shippedBy(id).decode(path.includes("/deliveries/") ? recorded(text) : posted(text));
    if (webhook === null) expect(decoded).toMatchObject({ ok: false, reason: "unknown-event", webhook: null });
    else if (!webhook.startsWith("!")) expect(decoded).toMatchObject({ ok: true, webhook });
    else {
      expect(decoded).toMatchObject({
        ok: false,
        reason: "invalid-payload",
        webhook: webhook.slice(1),
        errors: [{ instancePath: "/diversion" }],
      });
    }
  });

  test("the bodies are examples of the documents too, so that both say one thing", () => {
    const bodies = examples.filter((path) => !path.includes("/deliveries/"));
    for (const path of bodies) {
      const [id = ""] = path.split("/");
      const value = JSON.parse(readFileSync(join(specs, path), "utf8"));
      const name = path.replace(/^.*\/|\.json$/g, "");
      const found = shippedBy(id).contract.webhooks.flatMap((one) =>
        one.examples.filter((example) => example.name === name),
      );
      expect([name, found.map(({ payload }) => payload)]).toEqual([name, [value]]);
    }
  });
});

// ---------------------------------------------------------------------------------------------------------- helpers

function voiceExamples(list: string): Record<string, string | null> {
  return Object.fromEntries(
    list.split(" ").map((item) => {
      const [name = "", webhook = name] = item.split(":");
      return [`bandwidth-voice-messaging/examples/${name}.json`, webhook === "" ? null : webhook];
    }),
  );
}

function recorded(text: string): Delivery {
  const { method, url, headers, bodyBase64 } = JSON.parse(text);
  return { method, url, headers, body: Buffer.from(bodyBase64, "base64") };
}

/** Whatever reads like a phone number: with a plus sign, with the usual separators, or ten or eleven digits alone. */
function phoneNumbers(text: string): string[] {
  const digits = String.raw`(?<![\w.-])(?:1?\d{10})(?![\w.-]\w|\w)`;
  const patterns = [/(?:\+|%2B)[\d ().-]{6,}\d/gi, /\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b/g, new RegExp(digits, "g")];
  return patterns.flatMap((pattern) => text.match(pattern) ?? []);
}

function isFictional(number: string): boolean {
  return /^1?[2-9]\d\d55501\d\d$/.test(number.replace(/%2B/i, "").replace(/\D/g, ""));
}

function eventSchema(id: string, webhook: Webhook, contract: Contract): Schema {
  if (id !== "conference") return webhook.payload;
  const envelope = resolved(webhook.payload, contract)["properties"] as Members;
  return (envelope["payload"] as Members)["contentSchema"] as Schema;
}

/** An object schema in the words of the tables. */
function factsOf(schema: Schema, contract: Contract): Facts {
  const object = resolved(schema, contract);
  const properties = Object.entries((object["properties"] ?? {}) as Readonly<Record<string, Schema>>);
  const names = (object["required"] ?? []) as readonly string[];
  const fields = (isRequired: boolean): Fields =>
    Object.fromEntries(
      properties
        .filter(([name]) => names.includes(name) === isRequired)
        .map(([name, property]) => [name, typeOf(property, contract)]),
    );
  const when = conditionOf(object, contract);
  return { required: fields(true), optional: fields(false), ...(when === null ? {} : { when }) };
}

function conditionOf(object: Members, contract: Contract): string | null {
  if (object["if"] === undefined) return null;
  const condition = object["if"] as { readonly properties: Readonly<Record<string, Schema>> };
  const { required } = object["then"] as { readonly required: readonly string[] };
  const cases = Object.entries(condition.properties).map(([name, value]) => `${name} is ${typeOf(value, contract)}`);
  return `${required.join(", ")} when ${cases.join(", ")}`;
}

function typeOf(schema: Schema, contract: Contract): string {
  const own = resolved(schema, contract);
  if (own["contentSchema"] !== undefined) return own["contentMediaType"] === "application/json" ? "json" : "?";
  if (own["const"] !== undefined) return `'${own["const"]}'`;
  if (Array.isArray(own["enum"])) {
    const values = own["enum"].map((value) => `'${value}'`).join(" | ");
    return own["x-open-enum"] === true ? `${values} | …` : values;
  }
  if (Array.isArray(own["anyOf"])) return own["anyOf"].map((part) => typeOf(part, contract)).join(" | ");
  if (own["type"] === "array") return `${typeOf(own["items"] as Schema, contract)}[]`;
  if (own["type"] === "object") {
    const { required, optional } = factsOf(own, contract);
    const members = [
      ...Object.entries(required).map(([name, type]) => `${name}: ${type}`),
      ...Object.entries(optional).map(([name, type]) => `${name}?: ${type}`),
    ];
    return `{ ${members.join(", ")} }`;
  }
  return [own["type"]].flat().join(" | ");
}

/** The properties, at any level, that lack a description, or a type or what stands for one. */
function undescribed(schema: Schema, contract: Contract, path = ""): string[] {
  const own = resolved(schema, contract);
  const content = own["contentSchema"] as Schema | undefined;
  if (content !== undefined) return undescribed(content, contract, path);
  const properties = Object.entries((own["properties"] ?? {}) as Readonly<Record<string, Schema>>);
  return properties.flatMap(([name, property]) => {
    const full = resolved(property, contract);
    const isDescribed = typeof full["description"] === "string" && full["description"].length > 5;
    const isTyped = ["type", "const", "enum", "anyOf"].some((keyword) => full[keyword] !== undefined);
    return [
      ...(isDescribed ? [] : [`${path}/${name} has no description`]),
      ...(isTyped ? [] : [`${path}/${name} has no type`]),
      ...undescribed(property, contract, `${path}/${name}`),
    ];
  });
}

/** A schema with what it refers to; its own words win. */
function resolved(schema: Schema, contract: Contract): Members {
  if (typeof schema === "boolean") return {};
  const ref = schema["$ref"];
  if (typeof ref !== "string") return schema;
  return { ...resolved(contract.schemas[ref.replace("#/schemas/", "")] ?? true, contract), ...schema };
}

/** Key order is a matter of taste, on the pages and in the documents. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, sorted(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

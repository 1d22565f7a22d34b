/**
 * What the compiler knows of the conference platform's events: JSON in a string is decoded, and the name alone tells the
 * shape. Checked by `tsc`, which is what `npm run typecheck` runs; nothing here is executed.
 */
import { expectTypeOf } from "vitest";
import { examples } from "../../generated/conference/examples.js";
import {
  type ConferenceEndEvent,
  type ConferenceEndPayload,
  type Decoded,
  type DecodedEvent,
  type DecodeFailure,
  type DecodeFailureReason,
  decode,
  type Events,
  encode,
  InvalidEventError,
  type JsonString,
  loadValidator,
  type ValidationError,
  type Validator,
  type WebhookName,
  webhookNames,
  webhooks,
} from "../../generated/conference/index.js";
import type * as types from "../../generated/conference/types.js";
import { validate } from "../../generated/conference/validators/conference_end.js";

declare const decoded: Decoded;

// ------------------------------------------------------------------------------------------------------------ decode

expectTypeOf(decode).returns.resolves.toEqualTypeOf<Decoded>();
expectTypeOf(decode).parameter(0).toExtend<{ readonly body?: Uint8Array | string | undefined }>();
void decode({ body: new Uint8Array() });
void decode({ method: "POST", url: "/", headers: new Headers(), body: "" });
void decode({ headers: { "x-signing-token": ["a"], host: undefined }, body: Buffer.from("") });
// @ts-expect-error  a parsed body is no body
void decode({ body: { event: "conference_end" } });

// @ts-expect-error  there is no event before `ok` was looked at
decoded.event;
// @ts-expect-error  and no errors either
decoded.errors;

if (decoded.ok) {
  expectTypeOf(decoded).toEqualTypeOf<DecodedEvent>();
  expectTypeOf(decoded.webhook).toEqualTypeOf<WebhookName>();
  // @ts-expect-error  only some events have a conference
  decoded.event.payload.conference_id;
  expectTypeOf(decoded.event.payload.host_id).toEqualTypeOf<number>();
} else {
  expectTypeOf(decoded).toEqualTypeOf<DecodeFailure<WebhookName>>();
  expectTypeOf(decoded.reason).toEqualTypeOf<DecodeFailureReason>();
  expectTypeOf(decoded.webhook).toEqualTypeOf<WebhookName | null>();
  expectTypeOf(decoded.errors).toEqualTypeOf<readonly ValidationError[]>();
}

if (decoded.ok && decoded.webhook === "conference_end") {
  expectTypeOf(decoded.event).toEqualTypeOf<ConferenceEndEvent>();
  expectTypeOf(decoded.event.event).toEqualTypeOf<"conference_end">();
  expectTypeOf(decoded.event.payload).toEqualTypeOf<ConferenceEndPayload>();
  expectTypeOf(decoded.event.payload.conference_id).toEqualTypeOf<number>();
  expectTypeOf(decoded.event.payload.company_id).toEqualTypeOf<number | string | undefined>();
  // @ts-expect-error  a misspelt field
  decoded.event.payload.conference_di;
  // @ts-expect-error  the payload is no text any more
  decoded.event.payload.length;
}

// @ts-expect-error  a misspelt name can never come
if (decoded.ok && decoded.webhook === "conference_ended") void 0;

// ---------------------------------------------------------------------------------------------------- the two switches

function byName(one: DecodedEvent): unknown {
  switch (one.webhook) {
    case "enter_conference":
      expectTypeOf(one.event.payload.meeting_url).toEqualTypeOf<string>();
      expectTypeOf(one.event.payload.participant_role).toEqualTypeOf<"organizer" | "moderator" | "participant">();
      return one.event;
    case "leave_livestream":
      // @ts-expect-error  leaving a livestream tells no role
      one.event.payload.participant_role;
      return one.event.payload.reason_for_leaving;
    // @ts-expect-error  a misspelt name
    case "enter_conferences":
      return one;
    default:
      // @ts-expect-error  twenty more remain
      one satisfies never;
      return null;
  }
}

function byWireField(event: DecodedEvent["event"]): unknown {
  switch (event.event) {
    case "dialout_status_change":
      expectTypeOf(event).toEqualTypeOf<types.DialoutStatusChangeEvent>();
      expectTypeOf(event.payload.phone_number).toEqualTypeOf<string>();
      return event.payload.status;
    case "participant_role_changed":
      // @ts-expect-error  the only event that is never said to have one
      event.payload.company_id;
      return event.payload.participant_role;
    // @ts-expect-error  a misspelt name
    case "dialout_change":
      return event;
    default:
      return null;
  }
}

void byName;
void byWireField;

// ---------------------------------------------------------------------------------------------------- encode and others

const end: ConferenceEndEvent = {
  event: "conference_end",
  payload: { conference_id: 1258835, host_id: 61803 },
  timestamp: "2022-08-24T20:56:55.000Z",
};
expectTypeOf(encode).returns.resolves.toHaveProperty("body").toEqualTypeOf<string>();
void encode("conference_end", end, { method: "POST" });
// @ts-expect-error  a misspelt name
void encode("conference_ends", end);
// @ts-expect-error  another event's name
void encode("conference_start", end);
// @ts-expect-error  as on the wire, and not as decoded
void encode("conference_end", { ...end, payload: "{}" });
// @ts-expect-error  a required field is missing
void encode("conference_end", { ...end, payload: { conference_id: 1 } });
// @ts-expect-error  a wrong type
void encode("conference_end", { ...end, payload: { conference_id: "1", host_id: 1 } });
// @ts-expect-error  an optional field may be absent, but is never undefined
void encode("conference_end", { ...end, payload: { ...end.payload, company_id: undefined } });
// @ts-expect-error  an undocumented value of a closed set
({ participant_role: "guest" }) satisfies Pick<types.EnterConferencePayload, "participant_role">;

expectTypeOf(examples.conference_end.conference_end).toEqualTypeOf<ConferenceEndEvent>();
expectTypeOf(examples.conference_end["conference_end-with-company"]).toEqualTypeOf<ConferenceEndEvent>();
expectTypeOf<keyof typeof examples>().toEqualTypeOf<WebhookName>();
// @ts-expect-error  no such example
examples.conference_end.conference_ended;

expectTypeOf(webhookNames).toExtend<readonly WebhookName[]>();
expectTypeOf(webhookNames[1]).toEqualTypeOf<"conference_end">();
expectTypeOf<(typeof webhookNames)["length"]>().toEqualTypeOf<22>();
expectTypeOf<keyof Events>().toEqualTypeOf<(typeof webhookNames)[number]>();
expectTypeOf(webhooks.conference_end.name).toEqualTypeOf<"conference_end">();
// @ts-expect-error  what is known of a webhook does not change
webhooks.conference_end.key = "other";

expectTypeOf(validate).toEqualTypeOf<Validator<ConferenceEndEvent>>();
expectTypeOf(loadValidator<"conference_end">).returns.resolves.toEqualTypeOf<Validator<ConferenceEndEvent>>();
const unknown: unknown = JSON.parse("{}");
if (validate(unknown)) expectTypeOf(unknown).toEqualTypeOf<ConferenceEndEvent>();
declare const thrown: unknown;
if (thrown instanceof InvalidEventError) expectTypeOf(thrown.errors).toEqualTypeOf<readonly ValidationError[]>();

// ------------------------------------------------------------------------------------------------------------ the wire

/** What a JSON string is marked to hold. */
type Content<T> = T extends JsonString<infer Inner> ? Inner : never;

type WirePayload = types.ConferenceEnd["payload"];
expectTypeOf<WirePayload>().toEqualTypeOf<JsonString<ConferenceEndPayload>>();
expectTypeOf<WirePayload>().toExtend<string>();
expectTypeOf<Content<WirePayload>>().toEqualTypeOf<ConferenceEndPayload>();
const wire: types.ConferenceEnd = { ...end, payload: JSON.stringify(end.payload) };
expectTypeOf(wire.payload.length).toEqualTypeOf<number>();
// @ts-expect-error  on the wire it is text
wire.payload.conference_id;
// @ts-expect-error  and what is decoded is not what was on the wire
wire satisfies ConferenceEndEvent;

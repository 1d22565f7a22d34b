/** Seventeen events on sixteen values of `eventType`, with open sets of values. Checked by `tsc`, not executed. */
import { expectTypeOf } from "vitest";
import { examples } from "../../generated/bandwidth-voice-messaging/examples.js";
import {
  type DecodedEvent,
  type Diversion,
  encode,
  type GatherEvent,
  type HangupCause,
  type HangupEvent,
  type MmsEvent,
  type RejectEvent,
} from "../../generated/bandwidth-voice-messaging/index.js";

// ---------------------------------------------------------------------------------------------------- the two switches

export function byName(one: DecodedEvent): unknown {
  switch (one.webhook) {
    case "hangup":
      expectTypeOf(one.event).toEqualTypeOf<HangupEvent>();
      return one.event.cause;
    case "reject":
      expectTypeOf(one.event).toEqualTypeOf<RejectEvent>();
      expectTypeOf(one.event.cause).toEqualTypeOf<"CALL_REJECTED">();
      return one.event;
    case "conference-member":
      expectTypeOf(one.event.hold).toEqualTypeOf<boolean>();
      expectTypeOf(one.event.activeMembers).toEqualTypeOf<number>();
      // @ts-expect-error  the event names its conference by id only
      return one.event.conferenceUri;
    // @ts-expect-error  names are as on the wire, not made safe
    case "conference_member":
      return one;
    default:
      return null;
  }
}

export function byWireField(event: DecodedEvent["event"]): unknown {
  switch (event.eventType) {
    case "mms":
      expectTypeOf(event).toEqualTypeOf<MmsEvent>();
      expectTypeOf(event.media).toEqualTypeOf<string[]>();
      return event.segmentCount;
    case "hangup":
      // The one value that two events share.
      expectTypeOf(event).toEqualTypeOf<HangupEvent | RejectEvent>();
      return event.cause;
    // @ts-expect-error  a rejected call is a hangup on the wire
    case "reject":
      return event;
    default:
      return event.tag;
  }
}

// ------------------------------------------------------------------------------------------------------------ open sets

declare const hangup: HangupEvent;

/** What an editor proposes: the literals of an open set, without the part that stands for any other text. */
type Literals<T> = T extends string ? (string extends T ? never : T) : never;

({ ...hangup, cause: "USER_BUSY" }) satisfies HangupEvent;
({ ...hangup, cause: "SOMETHING_NEW" }) satisfies HangupEvent;
({ ...hangup, cause: String(1) }) satisfies HangupEvent;
// @ts-expect-error  any text, but text
({ ...hangup, cause: 1 }) satisfies HangupEvent;
expectTypeOf<HangupCause>().toExtend<string>();
expectTypeOf<string>().toExtend<HangupCause>();
expectTypeOf<Literals<HangupCause>>().toEqualTypeOf<
  | "ORIGINATOR_CANCEL"
  | "NORMAL_CLEARING"
  | "USER_BUSY"
  | "CALL_REJECTED"
  | "UNALLOCATED_NUMBER"
  | "NO_ANSWER"
  | "NORMAL_TEMPORARY_FAILURE"
  | "UNSPECIFIED"
  | "CALL_AWARDED_DELIVERED"
  | "NORMAL_UNSPECIFIED"
  | "NORMAL_CIRCUIT_CONGESTION"
  | "SWITCH_CONGESTION"
>();
expectTypeOf<string>().toExtend<GatherEvent["reason"]>();
expectTypeOf<Literals<GatherEvent["reason"]>>().toEqualTypeOf<
  "max-digits" | "terminating-digit" | "inter-digit-timeout" | "hung-up"
>();

// A closed set stays closed.
expectTypeOf<NonNullable<Diversion["screen"]>>().toEqualTypeOf<"yes" | "no">();
expectTypeOf<HangupEvent["callState"]>().toEqualTypeOf<"completed" | undefined>();
// @ts-expect-error  of two spellings both are known, and no third
({ LIMIT: 1 }) satisfies Diversion;
expectTypeOf<Diversion["Limit"]>().toEqualTypeOf<number | string | undefined>();

// --------------------------------------------------------------------------------------------------------------- encode

void encode("hangup", examples.hangup["hangup-undocumented-cause"], { method: "GET" });
void encode("reject", examples.reject.reject);
// @ts-expect-error  a hangup may have any cause
void encode("reject", examples.hangup.hangup);
// @ts-expect-error  `direction` is one of two
void encode("sms", { ...examples.sms["sms-inbound"], direction: "inbound" });
expectTypeOf(examples.mms["mms-inbound"]).toEqualTypeOf<MmsEvent>();

/** Three events: few enough to handle each, and to be told when one is forgotten. Checked by `tsc`, not executed. */
import { expectTypeOf } from "vitest";
import { examples } from "../../generated/bandwidth-webrtc/examples.js";
import {
  type DecodedEvent,
  encode,
  type OnConnectEvent,
  type OnDisconnectEvent,
  type OnLeaveEvent,
  type ParticipantEvent,
  type WebhookName,
} from "../../generated/bandwidth-webrtc/index.js";

expectTypeOf<WebhookName>().toEqualTypeOf<"onConnect" | "onLeave" | "onDisconnect">();

export function exhaustiveByName(one: DecodedEvent): string | undefined {
  switch (one.webhook) {
    case "onConnect":
      expectTypeOf(one.event).toEqualTypeOf<OnConnectEvent>();
      return one.event.deviceId;
    case "onLeave":
      expectTypeOf(one.event).toEqualTypeOf<OnLeaveEvent>();
      return one.event.timestamp;
    case "onDisconnect":
      expectTypeOf(one.event).toEqualTypeOf<OnDisconnectEvent>();
      return one.event.tag;
    default:
      return one satisfies never;
  }
}

export function exhaustiveByWireField(event: ParticipantEvent): string {
  switch (event.event) {
    case "onConnect":
    case "onLeave":
    case "onDisconnect":
      return event.participantId;
    default:
      return event satisfies never;
  }
}

export function forgetful(one: DecodedEvent): string {
  switch (one.webhook) {
    case "onConnect":
    case "onLeave":
      return one.webhook;
    default:
      expectTypeOf(one.webhook).toEqualTypeOf<"onDisconnect">();
      // @ts-expect-error  a connection may be lost too
      return one satisfies never;
  }
}

const { onConnect } = examples.onConnect;
expectTypeOf(onConnect).toEqualTypeOf<OnConnectEvent>();
expectTypeOf(onConnect.timestamp).toEqualTypeOf<string>();
expectTypeOf(onConnect.tag).toEqualTypeOf<string | undefined>();
void encode("onConnect", onConnect);
// @ts-expect-error  the events share a shape, but not the name
void encode("onLeave", onConnect);
// @ts-expect-error  on the wire the time is text
void encode("onConnect", { ...onConnect, timestamp: 1628786212405 });

import { expectTypeOf, test } from "vitest";
import { createReceiver } from "../../src/receiver/create-receiver.ts";
import type { Secret } from "../../src/receiver/credentials/types.ts";
import type { ReceiverContract } from "../../src/receiver/types.ts";
import type { ValidationError } from "../../src/runtime/types.ts";

interface Events {
  readonly a: { readonly x: number };
  readonly b: { readonly y: string };
}

interface Headers {
  readonly a: { readonly "x-region": string };
}

declare const secured: ReceiverContract<Events, Headers, { readonly token: Secret }>;
declare const open: ReceiverContract<Events, Headers, unknown>;

test("handlers get the events of their webhooks", () => {
  createReceiver(open, {
    on: {
      a: (event, delivery) => {
        expectTypeOf(event).toEqualTypeOf<Events["a"]>();
        expectTypeOf(delivery.event).toEqualTypeOf<Events["a"]>();
        expectTypeOf(delivery.webhook).toEqualTypeOf<"a">();
        expectTypeOf(delivery.headers["x-region"]).toEqualTypeOf<string>();
        expectTypeOf(delivery.valid).toEqualTypeOf<true>();
      },
      b: async (event) => event.y.length,
    },
  });
  createReceiver(open, {
    on: {
      // @ts-expect-error  there is no such webhook
      c: () => {},
    },
  });
});

test("events that are reported are not typed until they were looked at", () => {
  createReceiver(open, {
    invalidPayload: "report",
    on: {
      a: (event, delivery) => {
        expectTypeOf(event).toEqualTypeOf<unknown>();
        if (delivery.valid) expectTypeOf(delivery.event).toEqualTypeOf<Events["a"]>();
        else {
          expectTypeOf(delivery.event).toEqualTypeOf<unknown>();
          expectTypeOf(delivery.problems).toEqualTypeOf<readonly ValidationError[]>();
        }
      },
    },
  });
  createReceiver(open, {
    invalidPayload: "report",
    invalidPayloadOf: { a: "reject" },
    on: {
      a: (event) => expectTypeOf(event).toEqualTypeOf<Events["a"]>(),
      b: (event) => expectTypeOf(event).toEqualTypeOf<unknown>(),
    },
  });
  createReceiver(open, {
    invalidPayloadOf: { a: "report" },
    on: {
      a: (event) => expectTypeOf(event).toEqualTypeOf<unknown>(),
      b: (event) => expectTypeOf(event).toEqualTypeOf<Events["b"]>(),
    },
  });
  createReceiver(open, {
    invalidPayloadOf: {
      // @ts-expect-error  there is no such webhook
      c: "report",
    },
    on: {},
  });
});

test("a secret that is needed must be named; whether it is set is seen when the receiver starts", () => {
  createReceiver(secured, { secrets: { token: process.env["TOKEN"] }, on: {} });
  createReceiver(secured, { secrets: { token: ["new", "old"] }, on: {} });
  createReceiver(secured, { secrets: { token: false }, on: {} });
  createReceiver(open, { on: {} });
  // @ts-expect-error  no secrets
  createReceiver(secured, { on: {} });
  // @ts-expect-error  not this one
  createReceiver(secured, { secrets: {}, on: {} });
  createReceiver(secured, {
    // @ts-expect-error  no secret
    secrets: { token: 7 },
    on: {},
  });
});

test("schemes that are added need their secrets", () => {
  createReceiver(open, { schemes: { own: { type: "apiKey" } }, secrets: { own: "secret" }, on: {} });
  // @ts-expect-error  no secrets
  createReceiver(open, { schemes: { own: { type: "apiKey" } }, on: {} });
});

test("options are known, and what they are given is typed", () => {
  createReceiver(open, {
    on: {},
    // @ts-expect-error  no such option
    nonsense: 1,
  });
  createReceiver(open, {
    on: {},
    // @ts-expect-error  no such policy
    unknownEvent: "ignore",
  });
  createReceiver(open, {
    on: {},
    unknownEvent: (event, delivery) => {
      expectTypeOf(event).toEqualTypeOf<unknown>();
      expectTypeOf(delivery.candidates).toEqualTypeOf<readonly string[]>();
    },
    duplicates: { id: (delivery) => (delivery.webhook === "a" ? String(delivery.event.x) : delivery.event.y) },
  });
});

test("a receiver is what servers of the Fetch standard take", () => {
  const receive = createReceiver(open, { on: {} });
  expectTypeOf(receive).toExtend<(request: Request) => Promise<Response>>();
  expectTypeOf(receive.deliver).returns.resolves.toHaveProperty("outcome");
});

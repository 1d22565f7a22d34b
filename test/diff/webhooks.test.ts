import { describe, expect, test } from "vitest";
import { diffContracts } from "../../src/diff/index.ts";
import {
  type DocumentSpec,
  diffDocuments,
  documentOf,
  FORMATS,
  placeText,
  sideOf,
  told,
  type WebhookSpec,
} from "./helpers.ts";

const event = (type: string, rest: object = {}, required: readonly string[] = []) => ({
  type: "object",
  required: ["type", ...required],
  properties: { type: { const: type }, ...rest },
});
const text = { type: "string" };
const spec = (webhooks: Record<string, WebhookSpec>, schemas: DocumentSpec["schemas"] = {}): DocumentSpec => ({
  webhooks,
  schemas,
});

async function diffSpecs(before: DocumentSpec, after: DocumentSpec, format = FORMATS[0] as (typeof FORMATS)[number]) {
  return diffDocuments(documentOf(before, format), documentOf(after, format));
}

test.each(FORMATS)("a webhook that is renamed on the wire is gone, and its new name is named: %s", async (format) => {
  const before = spec({
    paid: { payload: event("order.paid", { id: text, total: { type: "integer" } }) },
    lost: { payload: event("order.lost", { id: text }) },
  });
  const after = spec({
    paid: { payload: event("order.settled", { id: text, total: { type: "integer" } }) },
    lost: { payload: event("order.lost", { id: text }) },
    sent: { payload: event("order.sent", { parcel: text }) },
  });
  const changes = await diffSpecs(before, after, format);
  expect(told(changes)).toEqual([
    "breaking webhook-removed webhook",
    "safe webhook-added webhook",
    "safe webhook-added webhook",
  ]);
  expect(changes.map(({ webhook, message }) => `${webhook}: ${message}`)).toEqual([
    'order.paid: The webhook is no longer sent; it may now be "order.settled".',
    'order.settled: The webhook is new; it may be what "order.paid" was.',
    "order.sent: The webhook is new.",
  ]);
});

describe("one webhook that became several, and several that became one", () => {
  const order = { id: text, total: { type: "integer" }, currency: text };
  const lost = { payload: event("stock.lost", { item: text, where: text }) };
  const messages = (changes: Awaited<ReturnType<typeof diffSpecs>>) =>
    changes.map(({ webhook, message }) => `${webhook}: ${message}`).sort();

  test.each(FORMATS)("by name: %s", async (format) => {
    const one = spec({ order: { payload: event("order", order) }, lost });
    const several = spec({
      paid: { payload: event("order.paid", { ...order, paidAt: text }) },
      sent: { payload: event("order.sent", { ...order, parcel: text }) },
      lost,
    });
    expect(messages(await diffSpecs(one, several, format))).toEqual([
      'order.paid: The webhook is new; it may be what "order" was.',
      'order.sent: The webhook is new; it may be what "order" was.',
      'order: The webhook is no longer sent; it may now be "order.paid" and "order.sent".',
    ]);
    expect(messages(await diffSpecs(several, one, format))).toEqual([
      'order.paid: The webhook is no longer sent; it may now be "order".',
      'order.sent: The webhook is no longer sent; it may now be "order".',
      'order: The webhook is new; it may be what "order.paid" and "order.sent" were.',
    ]);
  });

  test.each(FORMATS)("by the values that the whole leaves open: %s", async (format) => {
    const type = { type: "string", enum: ["bought", "paid", "shipped"] };
    const one = spec({
      notification: { payload: { type: "object", required: ["type"], properties: { type, ...order } } },
    });
    const several = spec({
      bought: { payload: event("bought", order) },
      shipped: { payload: event("shipped", order) },
    });
    expect(messages(await diffSpecs(one, several, format))).toContain(
      'notification: The webhook is no longer sent; it may now be "bought" and "shipped".',
    );
  });

  test("what has little in common with it is none of them", async () => {
    const one = spec({ order: { payload: event("order", order) } });
    const several = spec({
      paid: { payload: event("order.paid", { receipt: text, method: text, bank: text, at: text }) },
      sent: { payload: event("order.sent", order) },
    });
    expect(messages(await diffSpecs(one, several))).toContain(
      'order: The webhook is no longer sent; it may now be "order.sent".',
    );
  });
});

test("webhooks are the same in every format", async () => {
  const webhooks = spec(
    {
      orderPaid: {
        payload: { allOf: [{ $ref: "#/components/schemas/Envelope" }, event("order.paid")] },
        headers: { properties: { "X-Attempt": { type: "integer" } }, required: ["X-Attempt"] },
        security: { basic: { type: "http", scheme: "basic" } },
      },
      orderLost: { payload: event("order.lost", { reason: { type: ["string", "null"] } }) },
      ping: { payload: { type: "object", properties: { zen: text } } },
    },
    { Envelope: { type: "object", required: ["id"], properties: { id: text } } },
  );
  for (const before of FORMATS) {
    for (const after of FORMATS) {
      const changes = await diffDocuments(documentOf(webhooks, before), documentOf(webhooks, after));
      // AsyncAPI can only name a scheme that its own words have: userPassword is not HTTP Basic.
      expect(told(changes), `${before} → ${after}`).toEqual([]);
    }
  }
});

test("AsyncAPI 2 and 3 are the same", async () => {
  const payload = event("order.paid", { id: text });
  const two = {
    asyncapi: "2.6.0",
    info: { title: "T", version: "1" },
    channels: { "/orders": { subscribe: { message: { $ref: "#/components/messages/OrderPaid" } } } },
    components: { messages: { OrderPaid: { payload } } },
  };
  const three = {
    asyncapi: "3.0.0",
    info: { title: "T", version: "1" },
    channels: { orders: { address: "/orders", messages: { OrderPaid: { $ref: "#/components/messages/OrderPaid" } } } },
    operations: { sendOrder: { action: "send", channel: { $ref: "#/channels/orders" } } },
    components: { messages: { OrderPaid: { payload } } },
  };
  expect(told(await diffDocuments(two, three))).toEqual([]);
  expect(told(await diffDocuments(three, two))).toEqual([]);
});

test("an address is a promise only where one is stated", async () => {
  const at = (address: string | undefined) =>
    spec({ ping: { payload: event("ping"), ...(address === undefined ? {} : { address }) } });
  const [stated, moved, silent] = [at("/hooks/{id}"), at("/events/{id}"), at(undefined)];
  expect(told(await diffSpecs(stated, moved, "AsyncAPI 3"))).toEqual(["breaking address-changed webhook"]);
  expect(told(await diffSpecs(stated, at("/hooks/{name}/"), "AsyncAPI 3"))).toEqual([]);
  expect(told(await diffSpecs(stated, silent, "AsyncAPI 3"))).toEqual(["breaking address-changed webhook"]);
  expect(told(await diffSpecs(silent, stated, "AsyncAPI 3"))).toEqual([]);
  expect(told(await diffSpecs(stated, moved, "OpenAPI callbacks"))).toEqual(["breaking address-changed webhook"]);
  expect(told(await diffDocuments(documentOf(stated, "AsyncAPI 3"), documentOf(moved, "OpenAPI webhooks")))).toEqual(
    [],
  );
});

test("a route that holds no more is a change, more of it is none", async () => {
  const two = (first: object, second: object) =>
    spec({ a: { payload: first, name: "a" }, b: { payload: second, name: "b" } });
  const before = two(event("a"), event("b"));
  const routed = await diffSpecs(before, two(event("c"), event("b")));
  expect(told(routed)).toEqual(["breaking route-changed webhook", "breaking const-changed /type"]);
  expect(routed[0]?.message).toBe('Receivers that recognise it by /type = "a" no longer do: it has /type = "c".');
  const open = { type: "object", properties: { type: text } };
  expect(told(await diffSpecs(before, two(open, event("b"))))).toContain("breaking route-changed webhook");
  expect(told(await diffSpecs(before, spec({ ...before.webhooks, c: { payload: event("c") } })))).toEqual([
    "safe webhook-added webhook",
  ]);
});

test("what only happens to have one value is no name", async () => {
  const one = (values: readonly string[]) =>
    spec({ ping: { payload: { type: "object", required: ["currency"], properties: { currency: { enum: values } } } } });
  expect(told(await diffSpecs(one(["EUR"]), one(["EUR", "USD"])))).toEqual(["risky enum-value-added /currency"]);
  expect(told(await diffSpecs(one(["EUR"]), one(["USD"])))).toEqual(["breaking const-changed /currency"]);
});

test("a webhook is the same at the same place, though another took its name and is gone now", async () => {
  const create = { payload: { type: "object", properties: { ref: text } } };
  const before = spec({ create, branch: { payload: event("create", { branch: text }) } });
  const changes = await diffSpecs(before, spec({ create }));
  expect(changes.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
    "webhook-removed The webhook is no longer sent.",
  ]);
});

test("a shared enum that grows is judged by what each event can send", async () => {
  const shared = (states: readonly string[]) => ({ State: { type: "string", enum: states } });
  const order = (state: object) => ({
    type: "object",
    required: ["state"],
    properties: { state: { allOf: [{ $ref: "#/components/schemas/State" }, state] } },
  });
  const webhooks = { changed: { payload: order({}) }, paid: { payload: order({ const: "paid" }) } };
  const changes = await diffSpecs(
    spec(webhooks, shared(["new", "paid"])),
    spec(webhooks, shared(["new", "paid", "lost"])),
  );
  expect(changes.map(({ webhook, rule }) => `${webhook} ${rule}`)).toEqual(["changed enum-value-added"]);
});

test("a shared schema's change is told once a webhook, with its places and one cause", async () => {
  const user = (properties: object) => ({ User: { type: "object", properties } });
  const ref = { $ref: "#/components/schemas/User" };
  const webhooks = {
    a: { payload: { type: "object", properties: { buyer: ref, seller: ref, others: { type: "array", items: ref } } } },
    b: { payload: { type: "object", properties: { user: ref } } },
  };
  const changes = await diffSpecs(spec(webhooks, user({ id: text, mail: text })), spec(webhooks, user({ id: text })));
  expect(changes.map(({ webhook, pointer, also }) => [webhook, pointer, also])).toEqual([
    ["a", "/buyer/mail", ["/seller/mail", "/others/*/mail"]],
    ["b", "/user/mail", undefined],
  ]);
  expect(new Set(changes.map(({ cause }) => cause)).size).toBe(1);
  expect(placeText(changes[0]?.base ?? null)).toBe("api.json#/components/schemas/User/properties/mail");
  expect(placeText(changes[0]?.revision ?? null)).toBe("api.json#/components/schemas/User");
});

test("prose is told on request", async () => {
  const before = await sideOf(documentOf(spec({ ping: { payload: event("ping"), description: "One." } }), FORMATS[0]));
  const after = await sideOf(documentOf(spec({ ping: { payload: event("ping"), description: "Two." } }), FORMATS[0]));
  expect(diffContracts({ base: before, revision: after })).toEqual([]);
  expect(told(diffContracts({ base: before, revision: after }, { prose: true }))).toEqual([
    "safe prose-changed webhook",
  ]);
});

test("what a document says is safe to print", async () => {
  const nasty = "\u001b[2J\u202e";
  const changes = await diffSpecs(
    spec({ ping: { payload: { type: "object", properties: { [nasty]: { enum: [nasty] } } } } }),
    spec({ ping: { payload: { type: "object", properties: {} } } }),
  );
  expect(changes[0]?.message).toBe('The property "\\u001b[2J\\u202e", which was optional, is no longer described.');
});

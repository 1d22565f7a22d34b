import { describe, expect, test } from "vitest";
import { asyncapi, codes, contractOf, fixed, openapi, post, ref, routes } from "./helpers.ts";

interface Hooks {
  readonly [name: string]: unknown;
}

async function routesOf(webhooks: Hooks, rest: object = {}) {
  return contractOf(openapi({ webhooks, ...rest }));
}

const header = (name: string, schema: object) => ({ in: "header", name, schema });
const withHeader = (value: string) => post({ type: "object" }, { parameters: [header("X-Event", { const: value })] });
const jsonString = (schema: object) => ({
  type: "string",
  contentMediaType: "application/json",
  contentSchema: schema,
});

describe("where a route is looked for", () => {
  test.each([
    {
      why: "a constant that tells all apart",
      hooks: { a: post(fixed({ type: "a" })), b: post(fixed({ type: "b" })) },
      want: { a: 'body /type = "a"', b: 'body /type = "b"' },
    },
    {
      why: "an enum of one value",
      hooks: { a: post({ properties: { type: { enum: ["a"] } } }), b: post({ properties: { type: { enum: ["b"] } } }) },
      want: { a: 'body /type = "a"', b: 'body /type = "b"' },
    },
    {
      why: "no more than is needed: constants that are the same, and those that tell less, are not looked at",
      hooks: {
        a: post(fixed({ version: "1", group: "x", type: "a" })),
        b: post(fixed({ version: "1", group: "x", type: "b" })),
        c: post(fixed({ version: "1", group: "y", type: "c" })),
      },
      want: { a: 'body /type = "a"', b: 'body /type = "b"', c: 'body /type = "c"' },
    },
    {
      why: "usual names before others that tell as much, whatever their order",
      hooks: { a: post(fixed({ zone: "a", event_type: "A" })), b: post(fixed({ zone: "b", event_type: "B" })) },
      want: { A: 'body /event_type = "A"', B: 'body /event_type = "B"' },
    },
    {
      why: "required places before optional ones",
      hooks: {
        a: post({ properties: { type: { const: "a" }, kind: { const: "A" } }, required: ["kind"] }),
        b: post({ properties: { type: { const: "b" }, kind: { const: "B" } }, required: ["kind"] }),
      },
      want: { A: 'body /kind = "A"', B: 'body /kind = "B"' },
    },
    {
      why: "an optional one where there is no other",
      hooks: { a: post({ properties: { type: { const: "a" } } }), b: post({ properties: { type: { const: "b" } } }) },
      want: { a: 'body /type = "a"', b: 'body /type = "b"' },
    },
    {
      why: "shallow places before deep ones",
      hooks: {
        a: post({ required: ["head", "x"], properties: { head: fixed({ x: "a" }), x: { const: "A" } } }),
        b: post({ required: ["head", "x"], properties: { head: fixed({ x: "b" }), x: { const: "B" } } }),
      },
      want: { A: 'body /x = "A"', B: 'body /x = "B"' },
    },
    {
      why: "inside a JSON string the pointer goes on",
      hooks: {
        a: post({ type: "object", required: ["payload"], properties: { payload: jsonString(fixed({ type: "a" })) } }),
        b: post({ type: "object", required: ["payload"], properties: { payload: jsonString(fixed({ type: "b" })) } }),
      },
      want: { a: 'body /payload/type = "a"', b: 'body /payload/type = "b"' },
    },
    {
      why: "through $ref and allOf, `required` standing in another part",
      hooks: {
        a: post({ allOf: [ref("Base"), { properties: { type: { const: "a" }, b: { const: "1" } } }] }),
        b: post({ allOf: [ref("Base"), { properties: { type: { const: "b" }, b: { const: "2" } } }] }),
      },
      want: { a: 'body /type = "a"', b: 'body /type = "b"' },
    },
    {
      why: "several parts speak of one place: the narrowest counts",
      hooks: {
        a: post({ allOf: [{ properties: { type: { enum: ["a", "b"] } } }, fixed({ type: "a" })] }),
        b: post({ allOf: [{ properties: { type: { enum: ["a", "b"] } } }, fixed({ type: "b" })] }),
      },
      want: { a: 'body /type = "a"', b: 'body /type = "b"' },
    },
    {
      why: "a conjunction only where one condition does not do: the one that has more wins",
      hooks: {
        hangup: post(
          fixed({ eventType: "hangup" }, { properties: { eventType: { const: "hangup" }, cause: { type: "string" } } }),
        ),
        reject: post(fixed({ eventType: "hangup", cause: "CALL_REJECTED" })),
        answer: post(fixed({ eventType: "answer" })),
      },
      want: {
        hangup: 'body /eventType = "hangup"',
        reject: 'body /eventType = "hangup" and body /cause = "CALL_REJECTED"',
        answer: 'body /eventType = "answer"',
      },
    },
    {
      why: "a special case of another takes over what that one is recognised by, and so has more conditions",
      hooks: {
        hangup: post(fixed({ eventType: "hangup" })),
        reject: post(fixed({ eventType: "hangup", cause: "CALL_REJECTED" })),
      },
      want: {
        hangup: 'body /eventType = "hangup"',
        reject: 'body /eventType = "hangup" and body /cause = "CALL_REJECTED"',
      },
    },
    {
      why: "a header with one value",
      hooks: { a: withHeader("a"), b: withHeader("b") },
      want: { a: 'header x-event = "a"', b: 'header x-event = "b"' },
    },
    {
      why: "the body before a header",
      hooks: {
        a: post(fixed({ t: "a" }), { parameters: [header("X-Event", { const: "A" })] }),
        b: post(fixed({ t: "b" }), { parameters: [header("X-Event", { const: "B" })] }),
      },
      want: { a: 'body /t = "a"', b: 'body /t = "b"' },
    },
    {
      why: "a header where the body tells only some apart",
      hooks: {
        a: post(fixed({ t: "x" }), { parameters: [header("X-Event", { enum: ["a"] })] }),
        b: post(fixed({ t: "x" }), { parameters: [header("X-Event", { enum: ["b"] })] }),
        c: post(fixed({ t: "c" })),
      },
      want: {
        a: 'body /t = "x" and header x-event = "a"',
        b: 'body /t = "x" and header x-event = "b"',
        c: 'body /t = "c"',
      },
    },
    {
      why: "the only webhook is recognised by its constant, so that other deliveries are unknown events",
      hooks: { only: post(fixed({ type: "paid", v: "1" })) },
      want: { paid: 'body /type = "paid"' },
    },
    { why: "the only webhook without constants takes everything", hooks: { only: post({}) }, want: { only: "-" } },
    {
      why: "an open enum of one value fixes nothing",
      hooks: { only: post({ properties: { type: { enum: ["a"], "x-open-enum": true } } }) },
      want: { only: "-" },
    },
    {
      why: "numbers and booleans are no event names, but a place that has a string elsewhere is compared",
      hooks: { a: post(fixed({ live: true })), b: post(fixed({ live: false })) },
      want: { a: "-", b: "-" },
    },
  ])("$why", async ({ hooks, want }) => {
    const given = await routesOf(hooks, { components: { schemas: { Base: { type: "object", required: ["type"] } } } });
    expect(routes(given)).toEqual(want);
  });

  test("the address comes last", async () => {
    const given = await contractOf(
      openapi({
        paths: {
          "/a": {
            post: {
              callbacks: {
                a: { "{$request.body#/url}/a": post({ type: "object" }) },
                b: { "{$request.body#/url}/b": post({ type: "object" }) },
                c: { "{$request.body#/url}/b/": post(fixed({ t: "c" })) },
              },
            },
          },
        },
      }),
    );
    expect(routes(given)).toEqual({ a: 'path = "/a"', b: 'path = "/b"', c: 'body /t = "c"' });
  });
});

describe("x-webhook-route", () => {
  const kinds = { a: post(fixed({ type: "x", kind: "a" })), b: post(fixed({ type: "y", kind: "b" })) };

  test.each([
    {
      why: "of the document, the value read from each schema",
      hooks: kinds,
      document: { in: "body", at: "/kind" },
      want: { a: 'body /kind = "a"', b: 'body /kind = "b"' },
    },
    {
      why: "of the document with a value, which does not tell them apart: that is found as ever",
      hooks: kinds,
      document: [{ in: "header", at: "X-Vendor", value: "acme" }],
      want: { a: 'header x-vendor = "acme" and body /type = "x"', b: 'header x-vendor = "acme" and body /type = "y"' },
    },
    {
      why: "of a webhook, in place of the document's",
      hooks: { ...kinds, a: { ...kinds.a, "x-webhook-route": { in: "query", at: "which", value: ["1", "2"] } } },
      document: { in: "body", at: "/kind" },
      want: { a: 'query which = "1"|"2"', b: 'body /kind = "b"' },
    },
    {
      why: "of an operation, in place of the webhook's",
      hooks: {
        a: {
          ...post(fixed({ kind: "a" }), { "x-webhook-route": { in: "body", at: "/kind" } }),
          "x-webhook-route": { in: "path", at: "", value: "/nowhere" },
        },
      },
      document: undefined,
      want: { a: 'body /kind = "a"' },
    },
    {
      why: "a header whose value is read from the parameter",
      hooks: { a: withHeader("a"), b: withHeader("b") },
      document: { in: "header", at: "X-EVENT" },
      want: { a: 'header x-event = "a"', b: 'header x-event = "b"' },
    },
    {
      why: "an enum with several values becomes any of them",
      hooks: { a: post({ properties: { kind: { enum: ["a", "A"] } } }), b: post(fixed({ kind: "b" })) },
      document: { in: "body", at: "/kind" },
      want: { a: 'body /kind = "a"|"A"', b: 'body /kind = "b"' },
    },
    {
      why: "values that are no strings",
      hooks: { a: { ...post({}), "x-webhook-route": { in: "body", at: "/n", value: [1, null, true] } } },
      document: undefined,
      want: { a: "body /n = 1|null|true" },
    },
  ])("$why", async ({ hooks, document, want }) => {
    const given = await routesOf(hooks, document === undefined ? {} : { "x-webhook-route": document });
    expect(Object.values(routes(given))).toEqual(Object.values(want));
    expect(codes(given)).toEqual([]);
  });

  test("a value that no schema fixes is reported, and the route found as if nothing were said", async () => {
    const given = await routesOf(
      { a: post(fixed({ type: "a" })), b: post(fixed({ type: "b", kind: "b" })) },
      { "x-webhook-route": { in: "body", at: "/kind" } },
    );
    expect(given.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'route-value-missing x-webhook-route looks at the body "/kind", for which "a" has no fixed value.',
    ]);
    expect(Object.values(routes(given))).toEqual(['body /type = "a"', 'body /kind = "b"']);
  });

  test("the value of a discriminator is one that a schema fixes", async () => {
    const union = { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "pet" } };
    const given = await routesOf(
      { a: post(union) },
      {
        "x-webhook-route": { in: "body", at: "/pet" },
        components: { schemas: { Cat: { type: "object" }, Dog: { type: "object" } } },
      },
    );
    expect(routes(given)).toEqual({ Cat: 'body /pet = "Cat"', Dog: 'body /pet = "Dog"' });
    expect(codes(given)).toEqual([]);
  });
});

const FORM = "application/x-www-form-urlencoded";

/** A webhook that is delivered in these media types. */
function written(...types: readonly string[]) {
  const media = { schema: { type: "object" } };
  return { post: { requestBody: { content: Object.fromEntries(types.map((type) => [type, media])) } } };
}

describe("route-ambiguous", () => {
  test.each([
    {
      why: "no constant anywhere",
      hooks: { a: post({ type: "object" }), b: post({ type: "object" }) },
      want: ['"a", "b"'],
    },
    {
      why: "the same constants",
      hooks: { a: post(fixed({ t: "x" })), b: post(fixed({ t: "x" })) },
      want: ['"a", "b"'],
    },
    {
      why: "the same route in another order",
      hooks: {
        a: {
          ...post({}),
          "x-webhook-route": [
            { in: "body", at: "/a", value: 1 },
            { in: "body", at: "/b", value: 2 },
          ],
        },
        b: {
          ...post({}),
          "x-webhook-route": [
            { in: "body", at: "/b", value: 2 },
            { in: "body", at: "/a", value: 1 },
          ],
        },
      },
      want: ['"a", "b"'],
    },
    { why: "only one of them without a condition", hooks: { a: post({}), b: post(fixed({ t: "b" })) }, want: [] },
    {
      why: "by the names that they have",
      hooks: { a: { ...post({}), "x-webhook-name": "z" }, b: post({}), "": post({}) },
      want: ['"z", "b", "webhook"'],
    },
    { why: "not what is delivered by different methods", hooks: { a: { put: post({}).post, ...post({}) } }, want: [] },
    {
      why: "what is delivered by the same method",
      hooks: { a: { put: post({}).post, ...post({}) }, b: { patch: post({}).post, put: post({}).post } },
      want: ['"a-2", "b-2"'],
    },
    { why: "each group for itself", hooks: groups(), want: ['"a", "b"', '"c", "d"'] },
    { why: "a list and a single event", hooks: { a: post({ type: "array" }), b: post({ type: "object" }) }, want: [] },
    {
      why: "two lists",
      hooks: { a: post({ type: "array" }), b: post({ allOf: [{ type: "array" }] }) },
      want: ['"a", "b"'],
    },
    {
      why: "a list, a single event, and one or many",
      hooks: {
        a: post({ type: "array" }),
        b: post({ type: "object" }),
        c: post({ oneOf: [{ type: "array" }, { type: "object" }] }),
      },
      want: ['"a", "c"', '"b", "c"'],
    },
    { why: "JSON and a form", hooks: { a: written("application/json"), b: written(FORM) }, want: [] },
    {
      why: "forms and JSON, as far as they are written alike",
      hooks: {
        a: written("application/json"),
        b: written("application/json", FORM),
        c: written(FORM),
        d: written("multipart/form-data"),
      },
      want: ['"a", "b"', '"b", "c"'],
    },
  ])("$why", async ({ hooks, want }) => {
    const given = await routesOf(hooks);
    expect(given.diagnostics.filter(({ code }) => code === "route-ambiguous").map(({ message }) => message)).toEqual(
      want.map((names) => `Nothing in a delivery tells these webhooks apart: ${names}.`),
    );
  });

  function groups() {
    const [x, y] = [post(fixed({ t: "x" })), post(fixed({ t: "y" }))];
    return { a: x, b: x, c: y, d: y };
  }
});

describe("values that only the webhooks' names speak of", () => {
  const listed = { type: "object", properties: { type: { enum: ["order.paid", "order.sent", "order.lost"] } } };
  const open = { type: "object", properties: { type: { type: "string" } } };
  const shown = (...types: readonly string[]) => ({
    post: {
      requestBody: {
        content: {
          "application/json": {
            schema: open,
            examples: Object.fromEntries(types.map((type, index) => [`e${index}`, { value: { type } }])),
          },
        },
      },
    },
  });
  const headed = (schema: object) =>
    post(open, { parameters: [header("X-Event", { enum: ["shop.order.paid", "shop.order.sent"], ...schema })] });

  test.each([
    {
      why: "an enum that all events share",
      hooks: { "order.paid": post(listed), "order.sent": post(listed) },
      want: { "order.paid": 'body /type = "order.paid"', "order.sent": 'body /type = "order.sent"' },
    },
    {
      why: "the same words, joined differently",
      hooks: { orderPaid: post(listed), "/ORDER_SENT": post(listed) },
      want: { "order.paid": 'body /type = "order.paid"', "order.sent": 'body /type = "order.sent"' },
    },
    {
      why: "one of them has a const there",
      hooks: { orderPaid: post(listed), other: post(fixed({ type: "order.void" })) },
      want: {
        orderPaid: 'body /type = "order.paid"|"order.sent"|"order.lost"',
        "order.void": 'body /type = "order.void"',
      },
    },
    {
      why: "the examples of an open string",
      hooks: { orderPaid: shown("order.paid", "order.paid"), orderSent: shown("order.sent") },
      want: { "order.paid": 'body /type = "order.paid"', "order.sent": 'body /type = "order.sent"' },
    },
    {
      why: "the example of the string's own schema",
      hooks: {
        orderPaid: post({ properties: { type: { type: "string", example: "order.paid" } } }),
        orderSent: post({ properties: { type: { type: "string", examples: ["order.sent"] } } }),
      },
      want: { "order.paid": 'body /type = "order.paid"', "order.sent": 'body /type = "order.sent"' },
    },
    {
      why: "a header's enum, of which the key is the end",
      hooks: { OrderPaid: headed({}), OrderSent: headed({}) },
      want: {
        "shop.order.paid": 'header x-event = "shop.order.paid"',
        "shop.order.sent": 'header x-event = "shop.order.sent"',
      },
    },
    {
      why: "beside one that its form tells from the others",
      hooks: {
        "order.paid": post(listed),
        "order.sent": post(listed),
        scanned: { post: { requestBody: { content: { "multipart/form-data": { schema: { type: "object" } } } } } },
      },
      want: { "order.paid": 'body /type = "order.paid"', "order.sent": 'body /type = "order.sent"', scanned: "-" },
      inferred: true,
    },
    {
      why: "most examples show it, and in one way; one was copied",
      hooks: {
        "/ORDER_PAID": shown("ORDER_PAID"),
        "/ORDER_SENT": shown("ORDER_SENT"),
        "/ORDER_LOST": shown("ORDER_LOST"),
        "/ORDER_VOID": shown("ORDER_PAID"),
      },
      want: Object.fromEntries(
        ["ORDER_PAID", "ORDER_SENT", "ORDER_LOST", "ORDER_VOID"].map((name) => [name, `body /type = "${name}"`]),
      ),
    },
    {
      why: "not where examples disagree",
      hooks: { orderPaid: shown("order.paid", "order.sent"), orderSent: shown("order.sent") },
      want: { orderPaid: "-", orderSent: "-" },
    },
    {
      why: "not where one webhook's name speaks of nothing",
      hooks: { orderPaid: shown("order.paid"), orderSent: shown("order.gone") },
      want: { orderPaid: "-", orderSent: "-" },
    },
    {
      why: "not by one word of several, which may be a state",
      hooks: { orderPaid: shown("paid"), orderSent: shown("sent") },
      want: { orderPaid: "-", orderSent: "-" },
    },
    {
      why: "not where two values fit",
      hooks: {
        created: post({ properties: { type: { enum: ["order.created", "item.created"] } } }),
        "order.deleted": post({ properties: { type: { enum: ["order.deleted", "item.deleted"] } } }),
      },
      want: { created: "-", "order.deleted": "-" },
    },
  ])("$why", async ({ hooks, want, inferred }: { hooks: Hooks; want: Record<string, string>; inferred?: boolean }) => {
    const given = await routesOf(hooks);
    expect(routes(given)).toEqual(want);
    const isInferred = inferred ?? Object.entries(want).every(([name, route]) => route.endsWith(`= "${name}"`));
    expect(codes(given).includes("route-inferred")).toBe(isInferred);
  });

  test("it is said once, with the place and the values", async () => {
    const { diagnostics } = await routesOf({ "order.paid": post(listed), "order.sent": post(listed) });
    expect(diagnostics.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'info: Only the names of these webhooks say that the body "/type" of each is "order.paid", "order.sent"; they are recognised by it.',
    ]);
  });
});

describe("what says nothing of the event", () => {
  test.each([
    {
      why: "a value that the others leave open, below the top: a currency",
      hooks: {
        report: post({ properties: { usage: fixed({ currency: "EUR" }), type: { const: "report" } } }),
        other: post({ properties: { usage: fixed({ currency: "EUR" }) } }),
      },
      want: { report: 'body /type = "report"', other: "-" },
    },
    { why: "the only webhook's version", hooks: { a: post(fixed({ version: "1.0" })) }, want: { a: "-" } },
    {
      why: "how the body is written",
      hooks: { a: post({}, { parameters: [header("User-Agent", { const: "Hooks/1" })] }) },
      want: { a: "-" },
    },
  ])("$why", async ({ hooks, want }) => {
    expect(routes(await routesOf(hooks))).toEqual(want);
  });

  test("in AsyncAPI: a header without a name", async () => {
    const headers = { type: "object", properties: { "": { const: "a" }, "x y": { const: "b" } } };
    const payload = { type: "object" };
    const given = await contractOf(asyncapi({ channels: { c: { messages: { push: { headers, payload } } } } }));
    expect(routes(given)).toEqual({ push: "-" });
  });

  test("in AsyncAPI: the header of the content type", async () => {
    const headers = { type: "object", properties: { "Content-Type": { const: "application/json" } } };
    const given = await contractOf(
      asyncapi({ channels: { c: { messages: { push: { headers, payload: { type: "object" } } } } } }),
    );
    expect(routes(given)).toEqual({ push: "-" });
  });
});

describe("alike but for their methods", () => {
  test("is no ambiguity, since a receiver knows by which method a delivery came", async () => {
    const given = await routesOf({ pet: { ...post(listedPet()), delete: post({}).post } });
    expect(codes(given)).toEqual([]);
  });

  const listedPet = () => ({ type: "object", properties: { name: { type: "string" } } });
});

describe("documents that cost time", () => {
  test("references that double, long chains and wide recursion come to an end", async () => {
    const double = Array.from({ length: 40 }, (_, index) => [
      `D${index}`,
      index === 39 ? fixed({ t: "found" }) : { allOf: [ref(`D${index + 1}`), ref(`D${index + 1}`)] },
    ]);
    const chain = Array.from({ length: 5_000 }, (_, index) => [
      `C${index}`,
      index === 4_999 ? fixed({ t: "end" }) : { allOf: [ref(`C${index + 1}`)] },
    ]);
    const wide = {
      type: "object",
      properties: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, ref("W")])),
    };
    const given = await routesOf(
      { double: post(ref("D0")), chain: post(ref("C0")), wide: post(ref("W")) },
      { components: { schemas: { ...Object.fromEntries([...double, ...chain]), W: wide } } },
    );
    expect(Object.values(routes(given))).toEqual(['body /t = "found"', 'body /t = "end"', "-"]);
  });
});

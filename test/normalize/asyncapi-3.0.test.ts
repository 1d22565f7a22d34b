import { describe, expect, test } from "vitest";
import { asyncapi, codes, contractOf, fixed, forms, keys, names, omissions, routes } from "./helpers.ts";

const object = { type: "object" };
const channelRef = (name: string) => ({ $ref: `#/channels/${name}` });

/** One channel with these messages, and one operation that names no message and so delivers all of them. */
function shop(messages: object, operation: object = {}, rest: object = {}) {
  return asyncapi({
    channels: { hooks: { address: "/hooks", messages } },
    operations: { deliver: { action: "send", channel: channelRef("hooks"), ...operation } },
    ...rest,
  });
}

describe("operations", () => {
  const messages = { paid: { payload: fixed({ t: "paid" }) }, lost: { payload: fixed({ t: "lost" }) } };

  test("an operation without messages delivers all of its channel", async () => {
    const given = await contractOf(shop(messages));
    expect(forms(given)).toEqual({
      paid: ["POST /hooks application/json json"],
      lost: ["POST /hooks application/json json"],
    });
    expect(omissions(given)).toEqual([]);
    expect(codes(given)).toEqual([]);
  });

  test("an operation with messages delivers those; the others are omissions", async () => {
    const given = await contractOf(shop(messages, { messages: [{ $ref: "#/channels/hooks/messages/lost" }] }));
    expect(names(given)).toEqual(["lost"]);
    expect(omissions(given)).toEqual(["/channels/hooks/messages/paid: no operation delivers this message"]);
  });

  test("an empty list of messages delivers nothing, and says so", async () => {
    const given = await contractOf(shop(messages, { messages: [] }));
    expect(codes(given)).toEqual(["no-webhooks"]);
    expect(omissions(given)).toContain("/operations/deliver: names no message, so nothing says what is delivered");
  });

  test.each([
    { actions: ["send"], role: undefined, want: ["a"], code: [] },
    { actions: ["receive"], role: undefined, want: ["a"], code: ["role-guessed"] },
    { actions: ["send", "receive"], role: undefined, want: ["a"], code: [] },
    { actions: ["receive", "send"], role: undefined, want: ["b"], code: [] },
    { actions: ["receive", "send"], role: "receiver", want: ["a"], code: [] },
    { actions: ["receive", "send"], role: "sender", want: ["b"], code: [] },
    { actions: ["receive"], role: "sender", want: [], code: ["no-webhooks"] },
    { actions: ["receive"], role: "receiver", want: ["a"], code: [] },
    { actions: ["send"], role: "receiver", want: [], code: ["no-webhooks"] },
  ] as const)("$actions, role $role → $want", async ({ actions, role, want, code }) => {
    const given = await contractOf(
      asyncapi({
        channels: Object.fromEntries(
          actions.map((_, index) => {
            const name = "ab".charAt(index);
            return [name, { address: `/${name}`, messages: { [name]: { payload: object } } }];
          }),
        ),
        operations: Object.fromEntries(
          actions.map((action, index) => [`op${index}`, { action, channel: channelRef("ab".charAt(index)) }]),
        ),
      }),
      role === undefined ? {} : { role },
    );
    expect(names(given)).toEqual(want);
    expect(codes(given)).toEqual(code);
    // The operations of the other side are not forgotten.
    const others = omissions(given).filter((line) => line.includes("its action is not"));
    expect(others).toHaveLength(actions.length - want.length);
  });

  test("two operations that send one message are one webhook with two forms and both securities", async () => {
    const given = await contractOf(
      asyncapi({
        channels: {
          a: { address: "/a", messages: { paid: { $ref: "#/components/messages/paid" } } },
          b: { address: "/b", messages: { alsoPaid: { $ref: "#/components/messages/paid" } } },
        },
        operations: {
          first: {
            action: "send",
            channel: channelRef("a"),
            security: [{ $ref: "#/components/securitySchemes/basic" }],
            reply: { messages: [{ bindings: { http: { statusCode: 200 } } }] },
          },
          second: {
            action: "send",
            channel: channelRef("b"),
            bindings: { http: { method: "GET" } },
            security: [{ $ref: "#/components/securitySchemes/basic" }, { $ref: "#/components/securitySchemes/key" }],
            reply: { messages: [{ bindings: { http: { statusCode: "2xx" } } }] },
          },
        },
        components: {
          messages: { paid: { payload: object } },
          securitySchemes: {
            basic: { type: "http", scheme: "BASIC" },
            key: { type: "httpApiKey", in: "header", name: "X-Key", "x-webhook-signature": { header: "x-key" } },
          },
        },
      }),
    );
    expect(forms(given)).toEqual({
      paid: ["POST /a application/json json", "GET /b application/x-www-form-urlencoded query"],
    });
    expect(given.contract.webhooks[0]).toMatchObject({
      security: [{ basic: [] }, { key: [] }],
      replies: [{ status: "200" }, { status: "2XX" }],
    });
    expect(given.contract.security).toEqual({
      basic: { type: "http", scheme: "basic" },
      key: { type: "apiKey", in: "header", name: "X-Key", signature: { header: "x-key" } },
    });
  });

  test("names that begin with x- are names like any other", async () => {
    const given = await contractOf(
      asyncapi({
        channels: { "x-c": { address: "/x", messages: { "x-m": { payload: object } } } },
        operations: { "x-o": { action: "send", channel: channelRef("x-c") } },
      }),
    );
    expect(names(given)).toEqual(["x-m"]);
  });
});

describe("forms", () => {
  test.each([
    { why: "POST is the default", http: undefined, message: {}, want: "POST /hooks application/json json" },
    { why: "a method in any case", http: { method: "put" }, message: {}, want: "PUT /hooks application/json json" },
    {
      why: "an empty method says nothing",
      http: { method: "" },
      message: {},
      want: "POST /hooks application/json json",
    },
    {
      why: "GET is the query form",
      http: { method: "GET", query: object },
      message: {},
      want: "GET /hooks application/x-www-form-urlencoded query",
    },
    {
      why: "the message's content type",
      http: undefined,
      message: { contentType: "application/x-www-form-urlencoded" },
      want: "POST /hooks application/x-www-form-urlencoded form",
    },
  ])("$why", async ({ http, message, want }) => {
    const given = await contractOf(
      shop({ a: { payload: object, ...message } }, http === undefined ? {} : { bindings: { http } }),
    );
    expect(forms(given)).toEqual({ a: [want] });
  });

  test("the document's content type where the message has none", async () => {
    const given = await contractOf(
      shop({ a: { payload: object } }, {}, { defaultContentType: "application/cloudevents+json" }),
    );
    expect(forms(given)).toEqual({ a: ["POST /hooks application/cloudevents+json json"] });
  });

  test("what cannot be decoded is an omission", async () => {
    const given = await contractOf(shop({ a: { payload: object, contentType: "application/avro" } }));
    expect(names(given)).toEqual([]);
    expect(omissions(given)).toEqual([
      "/channels/hooks/messages/a: a body of type application/avro has no fields that could be decoded",
    ]);
  });

  test.each([
    { why: "null, as for an address that is not known", address: null },
    { why: "no channel address", address: undefined },
  ])("address: $why", async ({ address }) => {
    const document = asyncapi({
      channels: { hooks: { ...(address === undefined ? {} : { address }), messages: { a: { payload: object } } } },
      operations: { deliver: { action: "send", channel: channelRef("hooks") } },
    });
    expect(forms(await contractOf(document))).toEqual({ a: ["POST ? application/json json"] });
  });
});

describe("traits", () => {
  test("of operations and messages are merged in their order, what they are merged into has the last word", async () => {
    const given = await contractOf(
      shop(
        {
          a: {
            summary: "own",
            payload: { type: "object", properties: { gone: { const: null } } },
            traits: [
              { contentType: "text/json", headers: { type: "object", properties: { "X-A": { type: "string" } } } },
              { contentType: "application/json; v=2", summary: "of the trait", headers: { properties: { "X-B": {} } } },
            ],
          },
        },
        { traits: [{ bindings: { http: { method: "PUT" } } }, { $ref: "#/components/operationTraits/documented" }] },
        { components: { operationTraits: { documented: { description: "of the operation" } } } },
      ),
    );
    expect(forms(given)).toEqual({ a: ["PUT /hooks application/json; v=2 json"] });
    const [webhook] = given.contract.webhooks;
    expect(webhook?.summary).toBe("own");
    expect(webhook?.description).toBe("of the operation");
    expect(webhook?.headers).toEqual({ type: "object", properties: { "x-a": { type: "string" }, "x-b": {} } });
    // JSON Merge Patch takes null for "remove", but here nothing is patched.
    expect(webhook?.payload).toEqual({ type: "object", properties: { gone: { const: null } } });
  });
});

describe("security", () => {
  const schemes = {
    components: { securitySchemes: { a: { type: "http", scheme: "basic" }, b: { type: "http", scheme: "bearer" } } },
  };
  const secured = (name: string) => ({ security: [{ $ref: `#/components/securitySchemes/${name}` }] });

  test.each([
    { why: "the operation's own", operation: secured("a"), servers: { s: secured("b") }, want: [{ a: [] }] },
    { why: "an empty list is an answer, too", operation: { security: [] }, servers: { s: secured("b") }, want: [] },
    {
      why: "that of all servers",
      operation: {},
      servers: { s: secured("a"), t: secured("b") },
      want: [{ a: [] }, { b: [] }],
    },
    { why: "each alternative once", operation: {}, servers: { s: secured("a"), t: secured("a") }, want: [{ a: [] }] },
  ])("$why", async ({ operation, servers, want }) => {
    const given = await contractOf(shop({ m: { payload: object } }, operation, { servers, ...schemes }));
    expect(given.contract.webhooks[0]?.security).toEqual(want);
  });

  test("that of the channel's servers before that of all", async () => {
    const given = await contractOf(
      asyncapi({
        servers: { s: secured("a"), t: secured("b") },
        channels: { c: { servers: [{ $ref: "#/servers/t" }], messages: { m: { payload: object } } } },
        operations: { o: { action: "send", channel: channelRef("c") } },
        ...schemes,
      }),
    );
    expect(given.contract.webhooks[0]?.security).toEqual([{ b: [] }]);
  });

  test("an inline scheme is named by its type; scopes are kept", async () => {
    const security = [{ type: "oauth2", flows: {}, scopes: ["read", 5] }];
    const given = await contractOf(shop({ m: { payload: object } }, { security }));
    expect(given.contract.webhooks[0]?.security).toEqual([{ oauth2: ["read"] }]);
  });

  test.each(["constructor", "toString", "__proto__"])("a scheme named %s is one like any other", async (name) => {
    const text = `{"asyncapi":"3.0.0","channels":{"c":{"messages":{"m":{"payload":true}}}},
      "operations":{"o":{"action":"send","channel":{"$ref":"#/channels/c"},"security":[{"$ref":"#/components/securitySchemes/${name}"}]}},
      "components":{"securitySchemes":{"${name}":{"type":"http","scheme":"basic"}}}}`;
    const { contract } = await contractOf({ "asyncapi.json": text });
    expect(Object.entries(contract.security)).toEqual([[name, { type: "http", scheme: "basic" }]]);
    expect(contract.webhooks[0]?.security.map(Object.keys)).toEqual([[name]]);
  });
});

describe("replies", () => {
  test("their status, content type and schema; of the reply's channel where no message is named", async () => {
    const ok = {
      bindings: { http: { statusCode: 202 } },
      contentType: "application/json",
      payload: object,
      summary: "Ok",
    };
    const given = await contractOf(
      asyncapi({
        channels: {
          hooks: { messages: { m: { payload: object } } },
          answers: { messages: { ok, other: { payload: true } } },
        },
        operations: { o: { action: "send", channel: channelRef("hooks"), reply: { channel: channelRef("answers") } } },
      }),
    );
    expect(given.contract.webhooks[0]?.replies).toEqual([
      { status: "202", description: "Ok", contentType: "application/json", payload: object },
      { status: "2XX", payload: true },
    ]);
    expect(omissions(given)).toEqual([]);
  });
});

describe("messages", () => {
  test("what a message says is in the model", async () => {
    const given = await contractOf(
      shop({
        a: {
          title: "Title",
          description: "Text",
          deprecated: true,
          tags: [{ name: "t" }, { nothing: 1 }],
          externalDocs: { url: "https://example.com" },
          headers: { type: "object", required: ["X-Kind"], properties: { "X-Kind": { const: "a" } } },
          payload: object,
          examples: [
            { name: "one", summary: "First", payload: { a: 1 }, headers: { "X-Kind": "a" } },
            { name: "one", payload: { a: 2 } },
            { payload: null },
            { headers: {} },
          ],
          correlationId: { location: "$message.header#/id" },
          "x-own": 1,
        },
      }),
    );
    expect(given.contract.webhooks[0]).toMatchObject({
      summary: "Title",
      description: "Text",
      deprecated: true,
      tags: ["t"],
      externalDocs: { url: "https://example.com" },
      headers: { type: "object", required: ["x-kind"], properties: { "x-kind": { const: "a" } } },
      examples: [
        { name: "one", summary: "First", payload: { a: 1 }, headers: { "x-kind": "a" } },
        { name: "one-2", payload: { a: 2 } },
        { name: "example-3", payload: null },
      ],
    });
    expect(omissions(given)).toEqual([
      "/channels/hooks/messages/a/x-own: an extension that is not read",
      "/channels/hooks/messages/a/correlationId: what pairs a delivery with its cause is not read",
      "/channels/hooks/messages/a/examples/3: an example without a payload",
    ]);
  });

  test("a boolean payload is a schema and no omission; none at all is one", async () => {
    const given = await contractOf(shop({ any: { payload: true }, none: {} }));
    expect(given.contract.webhooks.map(({ payload }) => payload)).toEqual([true, true]);
    expect(omissions(given)).toEqual([
      "/channels/hooks/messages/none: has no payload, so anything is allowed as its body",
    ]);
  });

  test.each([
    { format: "application/vnd.aai.asyncapi+json;version=3.0.0", read: true },
    { format: "application/vnd.aai.asyncapi;version=3.0.0", read: true },
    { format: "application/schema+yaml;version=draft-07", read: true },
    { format: "application/vnd.oai.openapi+json;version=3.0.0", read: true },
    { format: "application/raml+yaml;version=1.0", read: false },
  ])("multi-format schema $format: read is $read", async ({ format, read }) => {
    const payload = { schemaFormat: format, schema: fixed({ t: "a" }) };
    const given = await contractOf(shop({ m: { payload } }));
    expect(given.contract.webhooks[0]?.payload).toEqual(read ? fixed({ t: "a" }) : true);
    expect(omissions(given)).toEqual(
      read
        ? []
        : [
            "/channels/hooks/messages/m/payload/schema: " +
              `a schema in RAML (schemaFormat ${JSON.stringify(format)}) is not read, so anything is allowed here`,
          ],
    );
  });

  test("one message by several channels is one webhook; keys of one name in two channels are two", async () => {
    const given = await contractOf(
      asyncapi({
        channels: {
          a: { address: "/a", messages: { update: { payload: object } } },
          b: { address: "/b", messages: { update: { payload: object } } },
        },
        operations: {
          a: { action: "send", channel: channelRef("a") },
          b: { action: "send", channel: channelRef("b") },
        },
      }),
    );
    expect(names(given)).toEqual(["update", "update-2"]);
    expect(keys(given)).toEqual(["update", "update_2"]);
    expect(routes(given)).toEqual({ update: 'path = "/a"', "update-2": 'path = "/b"' });
  });

  test("what a message has itself is at its own place, though a trait in another file has it too", async () => {
    const [[file, document] = ["", {}]] = Object.entries(
      shop(
        { a: { payload: { $ref: "#/components/schemas/Own" }, traits: [{ $ref: "./traits.json#/t" }] } },
        {},
        { components: { schemas: { Own: fixed({ t: "own" }) } } },
      ),
    );
    const given = await contractOf({ [file]: document, "traits.json": { t: { payload: { title: "T" } } } });
    expect(omissions(given)).toEqual([]);
    expect(routes(given)).toEqual({ own: 'body /t = "own"' });
  });

  test("a trait in another file names things beside itself", async () => {
    const [[file, document] = ["", {}]] = Object.entries(
      shop({ a: { payload: object, traits: [{ $ref: "./traits.json#/headed" }] } }),
    );
    const given = await contractOf({
      [file]: document,
      "traits.json": {
        headed: { headers: { $ref: "#/headers" } },
        headers: { type: "object", properties: { "x-a": { type: "string" } } },
      },
    });
    expect(omissions(given)).toEqual([]);
    const [webhook] = given.contract.webhooks;
    expect(JSON.stringify([webhook?.headers, given.contract.schemas])).toContain('"x-a":{"type":"string"}');
  });
});

describe("nothing is silent", () => {
  const message = { payload: object };

  test("components that nothing refers to", async () => {
    const given = await contractOf(
      asyncapi({
        channels: { used: { messages: { m: { $ref: "#/components/messages/used" } } } },
        operations: { used: { $ref: "#/components/operations/used" } },
        components: {
          channels: { spare: { messages: { m: message } } },
          operations: {
            used: { action: "send", channel: channelRef("used") },
            spare: { action: "send", channel: channelRef("used") },
          },
          messages: { used: message, spare: message },
        },
      }),
    );
    expect(names(given)).toEqual(["m"]);
    expect(omissions(given)).toEqual([
      "/components/channels/spare: nothing refers to it, so nothing says whether it is delivered",
      "/components/operations/spare: nothing refers to it, so nothing says whether it is delivered",
      "/components/messages/spare: no operation delivers this message",
    ]);
  });

  test("a message of the other side's operation is left out with it, and not said to be nobody's", async () => {
    const given = await contractOf(
      asyncapi({
        channels: { c: { messages: { out: message, in: { $ref: "#/components/messages/in" } } } },
        operations: {
          out: { action: "send", channel: channelRef("c"), messages: [{ $ref: "#/channels/c/messages/out" }] },
          in: { action: "receive", channel: channelRef("c"), messages: [{ $ref: "#/channels/c/messages/in" }] },
        },
        components: { messages: { in: message } },
      }),
    );
    expect(names(given)).toEqual(["out"]);
    expect(omissions(given)).toEqual(['/operations/in: its action is not "send", so it delivers no webhook']);
  });

  test("what a document, a channel, its address and its bindings say beyond what is read", async () => {
    const given = await contractOf(
      asyncapi({
        deliveries: {},
        channels: {
          c: {
            address: "/{shop}",
            parameters: { shop: {} },
            messages: {
              m: { ...message, bindings: { amqp: { messageType: "a" }, http: { statusCode: 200, tls: 1 } } },
            },
            bindings: { http: {}, kafka: { topic: "t" } },
            retries: 3,
          },
        },
        operations: {
          o: {
            action: "send",
            channel: channelRef("c"),
            bindings: { http: { method: "PUT", bindingVersion: "0.3.0" } },
          },
        },
      }),
    );
    expect(omissions(given)).toEqual([
      "/channels/c/messages/m/bindings/amqp: webhooks are delivered by HTTP; a binding of another protocol is not read",
      "/channels/c/messages/m/bindings/http/tls: not read",
      "/deliveries: not read",
      "/channels/c/retries: not read",
      "/channels/c/parameters/shop: a parameter of the address is chosen by the receiver",
      "/channels/c/bindings/kafka: webhooks are delivered by HTTP; a binding of another protocol is not read",
    ]);
  });
});

test("headers of the HTTP binding are headers", async () => {
  const given = await contractOf(
    shop({
      a: {
        payload: object,
        headers: { type: "object", required: ["X-A"], properties: { "X-A": { const: "1" } } },
        bindings: { http: { headers: { type: "object", required: ["X-B"], properties: { "X-B": { const: "2" } } } } },
      },
      b: {
        payload: object,
        bindings: { http: { headers: { type: "object", properties: { "X-B": { const: "3" } } } } },
      },
      c: { payload: object, headers: { minProperties: 1 }, bindings: { http: { headers: { maxProperties: 9 } } } },
    }),
  );
  expect(given.contract.webhooks.map(({ headers }) => headers)).toEqual([
    { type: "object", properties: { "x-b": { const: "2" }, "x-a": { const: "1" } }, required: ["x-b", "x-a"] },
    { type: "object", properties: { "x-b": { const: "3" } } },
    { allOf: [{ maxProperties: 9 }, { minProperties: 1 }] },
  ]);
  expect(omissions(given)).toEqual([]);
});

test("channels without operations are noted once", async () => {
  const channel = { messages: { m: { payload: object } } };
  const given = await contractOf(asyncapi({ channels: { a: channel, b: channel, empty: {} } }));
  expect(given.diagnostics.map(({ code, message }) => `${code}: ${message}`)).toContain(
    'no-operation: No operation says who sends the messages of these channels; they were taken for webhooks: "a", "b".',
  );
  expect(codes(given)).toEqual(["no-operation", "route-ambiguous"]);
  expect(omissions(given)).toEqual(["/channels/empty: names no message, so nothing says what is delivered"]);
});

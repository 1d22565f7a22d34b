/** Pacts of every version and kind, and the webhook that each interaction is about. */
import { describe, expect, test } from "vitest";
import { all, check, checkWith, contextOf, lines, message, pact, paid, type, whole } from "./helpers.ts";

const schema = whole({ id: { type: "integer" } });
const document = paid(schema);

/** A pact of an earlier version. */
const older = (version: string, parts: object) => ({
  consumer: { name: "billing" },
  provider: { name: "orders" },
  metadata: { pactSpecification: { version } },
  ...parts,
});

describe("a pact of version", () => {
  const request = (parts: object) => ({
    method: "POST",
    path: "/hooks",
    headers: { "Content-Type": "application/json" },
    ...parts,
  });
  const wrong = "error request.body.incompatible [root].interactions[0].request.body.id";
  test.each([
    ["4, a message", pact(message({ id: 1 }, { rules: { "$.id": type } })), []],
    [
      "4, a message of another type",
      pact(message({ id: "x" })),
      ["error message.payload.incompatible [root].interactions[0].contents.content.id"],
    ],
    [
      "4, content as text",
      pact({ ...message(null), contents: { content: '{"id":"x"}', contentType: "application/json", encoded: "JSON" } }),
      ["error message.payload.incompatible [root].interactions[0].contents.content.id"],
    ],
    [
      "4, content in base64",
      pact({
        ...message(null),
        contents: { content: btoa('{"id":"x"}'), contentType: "application/json", encoded: "base64" },
      }),
      ["error message.payload.incompatible [root].interactions[0].contents.content.id"],
    ],
    [
      "4, a request",
      pact({
        type: "Synchronous/HTTP",
        description: "paid: sent",
        request: request({ body: { content: { id: "x" }, contentType: "application/json", encoded: false } }),
        response: { status: 204 },
      }),
      ["error request.body.incompatible [root].interactions[0].request.body.content.id"],
    ],
    [
      "3, a message",
      older("3.0.0", {
        messages: [{ description: "paid", contents: { id: "x" }, metaData: { contentType: "application/json" } }],
      }),
      ["error message.payload.incompatible [root].messages[0].contents.id"],
    ],
    [
      "3, a message's rules",
      older("3.0.0", {
        messages: [
          { description: "paid", contents: { id: 1 }, matchingRules: { body: { "$.id": all({ match: "integer" }) } } },
        ],
      }),
      [],
    ],
    [
      "3, a request",
      older("3.0.0", {
        interactions: [{ description: "paid", request: request({ body: { id: "x" } }), response: { status: 204 } }],
      }),
      [wrong],
    ],
    [
      "2, a request",
      older("2.0.0", {
        interactions: [
          {
            description: "paid",
            request: request({ body: { id: "x" }, matchingRules: { "$.body.id": { match: "type" } } }),
            response: { status: 204 },
          },
        ],
      }),
      [wrong],
    ],
    [
      "2, a rule that contradicts its example",
      older("2.0.0", {
        interactions: [
          {
            description: "paid",
            request: request({ body: { id: 1 }, matchingRules: { "$.body.id": { match: "regex", regex: "[a-z]+" } } }),
            response: { status: 204 },
          },
        ],
      }),
      ["error pact.matcher.contradiction [root].interactions[0].request.matchingRules.$.body.id"],
    ],
    [
      "1, a request",
      {
        interactions: [
          {
            description: "paid",
            provider_state: "x",
            request: request({ body: { id: "x" } }),
            response: { status: 204 },
          },
        ],
      },
      [wrong],
    ],
    [
      "that nobody knows",
      { ...pact(message({ id: 1 }, { rules: { "$.id": type } })), metadata: { pactSpecification: { version: "9.1" } } },
      ["warning pact.version-unknown [root].metadata.pactSpecification"],
    ],
  ])("%s", async (_, given, want) => {
    const report = await check(document, given);
    expect(lines(report)).toEqual(want);
    expect(report.summary).toMatchObject({ interactions: 1, compared: 1 });
  });
});

describe("what is not compared is said", () => {
  test.each([
    ["no JSON", "{", ["error pact.unreadable [root]"]],
    ["an empty file", "", ["error pact.unreadable [root]"]],
    ["a list", [], ["error pact.not-a-pact [root]"]],
    ["another kind of file", { openapi: "3.1.0" }, ["error pact.not-a-pact [root]"]],
    ["too deep", `{"interactions":[${"[".repeat(5000)}${"]".repeat(5000)}]}`, ["error pact.unreadable [root]"]],
    ["a number that JSON cannot keep", '{"interactions":[1e999]}', ["error pact.unreadable [root]"]],
    ["no interaction at all", pact(), []],
    [
      "interactions that are none",
      { interactions: [null, 5, "x"] },
      [
        "error pact.interaction.invalid [root].interactions[0]",
        "error pact.interaction.invalid [root].interactions[1]",
        "error pact.interaction.invalid [root].interactions[2]",
      ],
    ],
    [
      "a synchronous message",
      pact({ type: "Synchronous/Messages", description: "paid", request: {}, response: [] }),
      ["warning pact.interaction.unsupported [root].interactions[0]"],
    ],
    [
      "a type that nobody knows",
      pact({ type: "Telepathy", description: "paid" }),
      ["warning pact.interaction.unsupported [root].interactions[0].type"],
    ],
    [
      "a request without a method",
      pact({ type: "Synchronous/HTTP", description: "paid", request: {}, response: {} }),
      ["error pact.interaction.invalid [root].interactions[0]"],
    ],
    [
      "an event that there is not",
      pact(message({ nothing: 1 }, { description: "gone" })),
      ["error message.no.match [root].interactions[0]"],
    ],
    [
      "a request of which no webhook is",
      pact({ type: "Synchronous/HTTP", description: "x", request: { method: "PUT", path: "/x" }, response: {} }),
      ["error request.path-or-method.unknown [root].interactions[0]"],
    ],
  ])("%s", async (_, given, want) => {
    const report = await check(document, given);
    expect(lines(report)).toEqual(want);
    expect(report.summary.compared).toBe(0);
  });

  test.each([
    ["no content", message(undefined), "warning message.payload.missing [root].interactions[0]"],
    [
      "content of another type",
      message("<a/>", { contentType: "application/xml" }),
      "warning message.payload.unvalidatable [root].interactions[0].contents.content",
    ],
    [
      "encoded content",
      { ...message(null), contents: { content: "AA==", contentType: "application/json", encoded: "gzip" } },
      "warning message.payload.unvalidatable [root].interactions[0].contents.content",
    ],
  ])("%s", async (_, interaction, want) => {
    const { contents, ...rest } = interaction as { contents: { content?: unknown } };
    const given = contents.content === undefined ? { ...rest, contents: {} } : interaction;
    expect(lines(await check(document, pact(given)))).toContain(want);
  });

  test("two interactions with one description and state", async () => {
    const given = pact(
      message({ id: 1 }, { rules: { "$.id": type } }),
      message({ id: 2 }, { rules: { "$.id": type } }),
    );
    expect(lines(await check(document, given))).toEqual(["warning pact.interaction.duplicate [root].interactions[1]"]);
  });

  test("the same description in two states is two interactions", async () => {
    const state = (name: string) => message({ id: 1 }, { rules: { "$.id": type }, providerStates: [{ name }] });
    expect(lines(await check(document, pact(state("a"), state("b"))))).toEqual([]);
  });
});

describe("the webhook of an interaction is found", () => {
  const asyncApi3 = (operations: object) => ({
    asyncapi: "3.0.0",
    info: { title: "T", version: "1" },
    channels: {
      orders: {
        address: "/orders",
        messages: {
          paid: { payload: whole({ kind: { type: "string" }, id: { type: "integer" } }) },
          refunded: { payload: whole({ kind: { type: "string" }, amount: { type: "number" } }) },
        },
      },
    },
    operations,
  });
  const listed = {
    sendPaid: {
      action: "send",
      channel: { $ref: "#/channels/orders" },
      messages: [{ $ref: "#/channels/orders/messages/paid" }],
    },
    sendRefunded: {
      action: "send",
      channel: { $ref: "#/channels/orders" },
      messages: [{ $ref: "#/channels/orders/messages/refunded" }],
    },
  };
  const both = { sendAny: { action: "send", channel: { $ref: "#/channels/orders" } } };
  const refers = (references: object) =>
    message({ amount: "x" }, { description: "something", comments: { references } });
  const found = async (given: unknown, interaction: object) =>
    (await check(given, pact(interaction))).matches.map(({ webhook }) => webhook.name);

  test.each(["AsyncAPI", "asyncapi", "ASYNCAPI", "asyncApi"])("by comments.references.%s", async (key) => {
    expect(await found(asyncApi3(listed), refers({ [key]: { operationId: "sendRefunded" } }))).toEqual(["refunded"]);
  });

  test("among the messages of an operation that names none", async () => {
    const by = (description: string, content: object) =>
      message(content, { description, comments: { references: { AsyncAPI: { operationId: "sendAny" } } } });
    expect(await found(asyncApi3(both), by("x", { amount: 1 }))).toEqual(["refunded"]);
    expect(await found(asyncApi3(both), by("paid: wrong", { id: "x" }))).toEqual(["paid"]);
  });

  test("by the operationId of AsyncAPI 2", async () => {
    const asyncApi2 = {
      asyncapi: "2.6.0",
      info: { title: "T", version: "1" },
      channels: {
        "/a": { subscribe: { operationId: "onPaid", message: { name: "paid", payload: schema } } },
        "/b": {
          subscribe: {
            operationId: "onOther",
            message: {
              oneOf: [
                { name: "one", payload: whole({ a: {} }) },
                { name: "two", payload: whole({ b: {} }) },
              ],
            },
          },
        },
      },
    };
    const by = (operationId: string, content: object) =>
      message(content, { description: "x", comments: { references: { AsyncAPI: { operationId } } } });
    expect(await found(asyncApi2, by("onPaid", { id: "x" }))).toEqual(["paid"]);
    expect(await found(asyncApi2, by("onOther", { b: 1 }))).toEqual(["two"]);
  });

  const callbacks = {
    openapi: "3.0.3",
    info: { title: "T", version: "1" },
    paths: {
      "/calls": {
        post: {
          operationId: "createCall",
          responses: {},
          callbacks: {
            status: {
              "{$request.body#/url}": {
                post: {
                  operationId: "onStatus",
                  requestBody: { content: { "application/json": { schema } } },
                  responses: { 200: { description: "Ok" } },
                },
              },
            },
            other: {
              "{$request.body#/url}": {
                post: {
                  requestBody: { content: { "application/json": { schema: whole({ a: { type: "string" } }) } } },
                  responses: {},
                },
              },
            },
          },
        },
      },
    },
  };
  test.each([
    [{ OpenAPI: { path: "/calls", method: "post", callback: "status", expression: "{$request.body#/url}" } }],
    [{ openapi: { path: "/calls", callback: "status" } }],
    [{ OPENAPI: { callback: "status" } }],
    [{ OpenAPI: { operationId: "onStatus" } }],
  ])("by a reference to a callback: %j", async (references) => {
    expect(await found(callbacks, refers(references))).toEqual(["status"]);
  });

  test("by a reference to a webhook", async () => {
    expect(await found(document, refers({ OpenAPI: { webhook: "paid", method: "POST" } }))).toEqual(["paid"]);
  });

  test("by its description, the longest name first", async () => {
    const two = {
      ...document,
      webhooks: {
        "order.paid": { post: { requestBody: { content: { "application/json": { schema } } } } },
        order: { post: { requestBody: { content: { "application/json": { schema } } } } },
      },
    };
    expect(await found(two, message({ id: 1 }, { description: "order.paid: full" }))).toEqual(["order.paid"]);
    expect(await found(two, message({ id: 1 }, { description: "order · decoded" }))).toEqual(["order"]);
  });

  test("by the contract's route on the example, and by the one schema that takes it", async () => {
    const events = {
      openapi: "3.1.0",
      info: { title: "T", version: "1" },
      webhooks: Object.fromEntries(
        ["a", "b"].map((kind) => [
          `on-${kind}`,
          {
            post: {
              requestBody: {
                content: {
                  "application/json": { schema: whole({ kind: { const: kind }, [kind]: { type: "integer" } }) },
                },
              },
            },
          },
        ]),
      ),
    };
    expect(await found(events, message({ kind: "b", b: "wrong" }, { description: "x" }))).toEqual(["b"]);
    expect(await found(events, message({ a: 1 }, { description: "x" }))).toEqual(["a"]);
  });

  test("or is not, and that is an error that says why", async () => {
    const alike = {
      ...document,
      webhooks: Object.fromEntries(
        ["a", "b"].map((name) => [name, { post: { requestBody: { content: { "application/json": { schema } } } } }]),
      ),
    };
    const { results } = await check(alike, pact(message({ id: 1 }, { description: "x" })));
    expect(results).toMatchObject([
      { code: "message.webhook.ambiguous", type: "error", message: expect.stringContaining("a, b") },
    ]);
    const gone = await check(document, pact(refers({ OpenAPI: { webhook: "refunded" } })));
    expect(gone.results).toMatchObject([
      { code: "message.operation.unknown", message: expect.stringContaining('"refunded"') },
    ]);
    const lost = await check(
      document,
      pact(message({ id: "x" }, { description: "y" })),
      pact(message({ id: 1 }, { description: "paid" })),
    );
    expect(lost.results).not.toEqual([]);
  });
});

describe("headers and content type of a message", () => {
  const headers = (required: boolean, of: object = { type: "string" }) => ({
    parameters: [{ name: "X-Attempt", in: "header", required, schema: of }],
  });
  const given = (metadata: Record<string, string | number>, rest: object = {}) =>
    pact(message({ id: 1 }, { rules: { "$.id": type }, metadata, ...rest }));
  const rules = (name: string) => ({ matchingRules: { body: { "$.id": type }, metadata: { [name]: type } } });
  test.each([
    ["that the document requires", headers(true), given({ "x-attempt": "1" }, rules("x-attempt")), []],
    [
      "that are optional",
      headers(false),
      given({ "x-attempt": "1" }, rules("x-attempt")),
      ["warning message.headers.optional"],
    ],
    [
      "whose value is wrong",
      headers(true, { type: "integer" }),
      given({ "x-attempt": "one" }),
      ["error message.headers.incompatible"],
    ],
    ["whose value is a number as text", headers(true, { type: "integer", enum: [1] }), given({ "x-attempt": "1" }), []],
    ["in capitals", headers(true), given({ "X-Attempt": "1" }, rules("X-Attempt")), ["warning message.headers.case"]],
    [
      "that the document does not know beside others",
      headers(true),
      given({ "x-other": "1" }),
      ["error message.headers.incompatible"],
    ],
    [
      "that the document does not know, which knows none",
      {},
      given({ "x-other": "1" }),
      ["warning message.headers.unknown"],
    ],
    ["of HTTP itself", headers(true), given({ "user-agent": "x", "content-length": "5" }), []],
    ["and the content type among them", {}, given({ contentType: "application/json" }), []],
  ])("%s", async (_, operation, interaction, want) => {
    const report = await check(paid(schema, operation), interaction);
    expect(lines(report).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual(want);
  });

  test("the content type", async () => {
    const of = async (contentType: string) =>
      lines(await check(document, pact(message({ id: 1 }, { rules: { "$.id": type }, contentType }))));
    expect(await of("application/json; charset=utf-8")).toEqual([]);
    expect(await of("application/vnd.x+json")).toEqual([
      "error message.content-type.incompatible [root].interactions[0].contents.contentType",
    ]);
  });

  test("a header that carries a token is known by its scheme", async () => {
    const secured = paid(
      schema,
      { security: [{ token: [] }], ...headers(true) },
      { components: { securitySchemes: { token: { type: "apiKey", in: "header", name: "X-Token" } } } },
    );
    expect(lines(await check(secured, given({ "x-token": "a" })))).toEqual([]);
  });
});

describe("a request by the sender", () => {
  const http = (request: object, response: object = { status: 204 }) =>
    pact({
      type: "Synchronous/HTTP",
      description: "paid",
      request: { method: "POST", path: "/hooks", ...request },
      response,
    });
  const body = (content: unknown) => ({ body: { content, contentType: "application/json", encoded: false } });
  test.each([
    ["that is right", http(body({ id: 1 })), []],
    ["that lacks what is required", http(body({})), ["error request.body.incompatible"]],
    ["that has more than an open object", http(body({ id: 1, more: 1 })), []],
    ["by another method", http({ ...body({ id: 1 }), method: "PUT" }), ["error request.path-or-method.unknown"]],
    ["that is answered otherwise", http(body({ id: 1 }), { status: 302 }), ["error response.status.unknown"]],
    ["that is to be refused need not be right", http(body({}), { status: 422 }), ["error response.status.unknown"]],
    [
      "of another content type",
      http({ body: { content: { id: 1 }, contentType: "text/json", encoded: false } }),
      ["error request.content-type.incompatible"],
    ],
  ])("%s", async (_, given, want) => {
    expect(lines(await check(document, given)).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual(want);
  });

  test("a call of the API that the document describes is no webhook", async () => {
    const api = { ...document, paths: { "/orders/{id}": { get: { responses: {} } } } };
    const report = await check(
      api,
      pact({
        type: "Synchronous/HTTP",
        description: "get an order",
        request: { method: "GET", path: "/orders/7" },
        response: { status: 200 },
      }),
    );
    expect(lines(report)).toEqual(["info request.not-a-webhook [root].interactions[0]"]);
    expect(report.summary.compared).toBe(0);
  });

  test("the body of an answer", async () => {
    const replies = {
      responses: {
        200: { description: "Ok", content: { "application/json": { schema: whole({ ok: { type: "boolean" } }) } } },
      },
    };
    const answered = (content: object) =>
      http(body({ id: 1 }), {
        status: 200,
        body: { content, contentType: "application/json", encoded: false },
        matchingRules: { body: { "$.ok": type } },
      });
    expect(lines(await check(paid(schema, replies), answered({ ok: true })))).toEqual([]);
    expect(lines(await check(paid(schema, replies), answered({ ok: 1 })))).toEqual([
      "error response.body.incompatible [root].interactions[0].response.body.content.ok",
    ]);
  });

  test("every field in the query", async () => {
    const query = {
      openapi: "3.1.0",
      info: { title: "T", version: "1" },
      webhooks: {
        paid: {
          get: {
            parameters: [{ name: "id", in: "query", required: true, schema: { type: "integer" } }],
            responses: {},
          },
        },
      },
    };
    const get = (id: string) =>
      pact({
        type: "Synchronous/HTTP",
        description: "paid",
        request: { method: "GET", path: "/", query: { id: [id] } },
        response: {},
      });
    const context = await contextOf(query);
    expect(lines(checkWith(context, get("5")))).toEqual([]);
    expect(lines(checkWith(context, get("x")))).toEqual([
      "error request.body.incompatible [root].interactions[0].request.query.id",
    ]);
  });
});

/**
 * The same pacts by `@pactflow/openapi-pact-comparator`: where it is right, this check says the same; where it is not, what it
 * says is held here, so that a newer version that mends it shows.
 */
import * as comparatorModule from "@pactflow/openapi-pact-comparator";
import { describe, expect, test } from "vitest";
import { check, message, pact, type, whole } from "./helpers.ts";

/** Its declarations leave out the endings of files, so that nothing can be read from them. */
const { Comparator } = comparatorModule as unknown as {
  readonly Comparator: new (documents: object) => { compare(pact: object): AsyncIterable<unknown> };
};

interface Said {
  readonly code: string;
  readonly type: string;
  readonly mockDetails?: { readonly location: string };
  readonly causes?: readonly Said[];
}

/** Its errors, by what they are of: an operation whose message fails has the reasons as causes. */
async function comparator(document: object, given: object): Promise<readonly string[]> {
  const found: Said[] = [];
  const side = "asyncapi" in document ? { asyncapi: document } : { oas: document };
  for await (const result of new Comparator(structuredClone(side)).compare(structuredClone(given))) {
    found.push(result as Said);
  }
  return errorsOf(found);
}

async function hookbook(document: object, given: object): Promise<readonly string[]> {
  return errorsOf((await check(document, given)).results);
}

function errorsOf(results: readonly Said[]): readonly string[] {
  const leaves = results.flatMap((result) => ((result.causes ?? []).length === 0 ? [result] : (result.causes ?? [])));
  return [
    ...new Set(
      leaves.filter((leaf) => leaf.type === "error").map(({ code, mockDetails }) => `${code} ${mockDetails?.location}`),
    ),
  ].sort();
}

function asyncApi(messageObject: object, operation: object = {}): object {
  return {
    asyncapi: "3.0.0",
    info: { title: "Orders", version: "1.0.0" },
    channels: { orders: { address: "/orders", messages: { paid: messageObject } } },
    operations: {
      sendPaid: {
        action: "send",
        channel: { $ref: "#/channels/orders" },
        messages: [{ $ref: "#/channels/orders/messages/paid" }],
        ...operation,
      },
    },
  };
}

const refers = { comments: { references: { AsyncAPI: { operationId: "sendPaid" } } } };
const expects = (content: unknown, rest: object = {}) =>
  pact(message(content, { description: "paid", rules: { $: type }, ...refers, ...rest }));
const text = { type: "string" };
const place = "[root].interactions[0].contents.content";

describe("both say the same of", () => {
  const schema = whole({
    event: { const: "paid" },
    id: { type: "integer" },
    state: { enum: ["open", "closed"] },
    at: { ...text, format: "date-time" },
    code: { ...text, pattern: "^[A-Z]{3}$" },
    lines: { type: "array", items: whole({ sku: text, count: { type: "integer", minimum: 1 } }) },
    who: { anyOf: [{ type: "null" }, whole({ name: text })] },
  });
  test.each([
    ["a part of an event", { event: "paid", id: 1 }, []],
    ["a wrong constant", { event: "sold" }, [`message.payload.incompatible ${place}.event`]],
    ["a wrong type", { id: "1" }, [`message.payload.incompatible ${place}.id`]],
    ["a value that the enum lacks", { state: "lost" }, [`message.payload.incompatible ${place}.state`]],
    ["a broken date", { at: "yesterday" }, [`message.payload.incompatible ${place}.at`]],
    ["a text that the pattern refuses", { code: "abc" }, [`message.payload.incompatible ${place}.code`]],
    [
      "a wrong item",
      {
        lines: [
          { sku: "a", count: 1 },
          { sku: 5, count: 0 },
        ],
      },
      [`message.payload.incompatible ${place}.lines.1.count`, `message.payload.incompatible ${place}.lines.1.sku`],
    ],
    ["what may be null", { who: null }, []],
    [
      "several at once",
      { event: 5, id: "x" },
      [`message.payload.incompatible ${place}.event`, `message.payload.incompatible ${place}.id`],
    ],
  ])("%s", async (_, content, want) => {
    const document = asyncApi({ payload: schema });
    const given = expects(content);
    expect(await hookbook(document, given)).toEqual(want);
    expect(await comparator(document, given)).toEqual(want);
  });

  test("a field that no schema knows; theirs is placed at the object, ours at the field", async () => {
    const document = asyncApi({ payload: schema });
    const given = expects({ id: 1, more: 1 });
    expect(await hookbook(document, given)).toEqual([`message.payload.incompatible ${place}.more`]);
    expect(await comparator(document, given)).toEqual([`message.payload.incompatible ${place}`]);
  });

  test("an operation that there is not", async () => {
    const document = asyncApi({ payload: schema });
    const given = expects({ id: 1 }, { comments: { references: { AsyncAPI: { operationId: "sendSold" } } } });
    const want = ["message.operation.unknown [root].interactions[0].comments.references.AsyncAPI.operationId"];
    expect(await hookbook(document, given)).toEqual(want);
    expect(await comparator(document, given)).toEqual(want);
  });

  test("a header of a wrong shape", async () => {
    const document = asyncApi({ payload: schema, headers: whole({ "x-attempt": { ...text, pattern: "^[0-9]+$" } }) });
    const right = expects({ id: 1 }, { metadata: { "x-attempt": "1" } });
    const wrong = expects({ id: 1 }, { metadata: { "x-attempt": "one" } });
    expect(await hookbook(document, right)).toEqual([]);
    expect(await comparator(document, right)).toEqual([]);
    const want = ["message.headers.incompatible [root].interactions[0].metadata.x-attempt"];
    expect(await hookbook(document, wrong)).toEqual(want);
    expect(await comparator(document, wrong)).toEqual(want);
  });
});

describe("where the comparator errs, this check does not:", () => {
  interface Difference {
    readonly name: string;
    readonly document: object;
    readonly pact: object;
    readonly ours: readonly string[];
    /** Errors, or that it throws. */
    readonly theirs: readonly string[] | "throws";
  }
  const openapi = {
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: {},
    webhooks: {
      paid: {
        post: {
          requestBody: { content: { "application/json": { schema: whole({ id: { type: "integer" } }) } } },
          responses: {},
        },
      },
    },
  };
  const wrongId = `message.payload.incompatible ${place}.id`;
  const schema = whole({ id: { type: "integer" } });
  const noMatch = ["message.no.match [root].interactions[0]"];
  const cases: readonly Difference[] = [
    {
      name: "a message and OpenAPI's webhooks",
      document: openapi,
      pact: expects({ id: "x" }, { comments: {} }),
      ours: [wrongId],
      theirs: [],
    },
    {
      name: "a reference in lower case",
      document: asyncApi({ payload: schema }),
      pact: expects({ id: 1 }, { comments: { references: { asyncapi: { operationId: "sendPaid" } } } }),
      ours: [],
      theirs: ["message.references.missing [root].interactions[0].comments.references.AsyncAPI"],
    },
    {
      name: "no reference",
      document: asyncApi({ payload: schema }),
      pact: expects({ id: 1 }, { comments: {} }),
      ours: [],
      theirs: ["message.references.missing [root].interactions[0].comments.references.AsyncAPI"],
    },
    {
      name: "an operation with all messages of its channel",
      document: asyncApi({ payload: schema }, { messages: undefined }),
      pact: expects({ id: 1 }),
      ours: [],
      theirs: noMatch,
    },
    {
      name: "allOf",
      document: asyncApi({ payload: { allOf: [whole({ id: { type: "integer" } }), whole({ name: text })] } }),
      pact: expects({ id: 1, name: "x" }),
      ours: [],
      theirs: [`message.payload.incompatible ${place}`],
    },
    {
      name: "additionalProperties: true",
      document: asyncApi({ payload: { ...schema, additionalProperties: true } }),
      pact: expects({ id: 1, more: 1 }),
      ours: [],
      theirs: [`message.payload.incompatible ${place}`],
    },
    {
      name: "a payload with its schema's format",
      document: asyncApi({ payload: { schemaFormat: "application/vnd.aai.asyncapi+json;version=3.0.0", schema } }),
      pact: expects({ id: "x" }),
      ours: [wrongId],
      theirs: [],
    },
    {
      name: "headers of a trait",
      document: asyncApi({
        payload: schema,
        traits: [{ headers: whole({ "x-attempt": { ...text, pattern: "^[0-9]+$" } }) }],
      }),
      pact: expects({ id: 1 }, { metadata: { "x-attempt": "one" } }),
      ours: ["message.headers.incompatible [root].interactions[0].metadata.x-attempt"],
      theirs: [],
    },
    {
      name: "JSON in a string",
      document: asyncApi({
        payload: whole({ body: { ...text, contentMediaType: "application/json", contentSchema: schema } }),
      }),
      pact: expects({ body: '{"id":"x"}' }),
      ours: [`message.payload.incompatible ${place}.body.id`],
      theirs: [],
    },
    {
      name: "a matcher against the schema",
      document: asyncApi({ payload: whole({ event: { const: "paid" } }) }),
      pact: expects(
        { event: "paid" },
        { rules: { "$.event": { combine: "AND", matchers: [{ match: "regex", regex: "^totally-other$" }] } } },
      ),
      ours: [
        "message.payload.incompatible [root].interactions[0].matchingRules.body.$.event",
        "pact.matcher.contradiction [root].interactions[0].matchingRules.body.$.event",
      ],
      theirs: [],
    },
    {
      name: "AsyncAPI 2",
      document: {
        asyncapi: "2.6.0",
        info: { title: "T", version: "1" },
        channels: { "/a": { subscribe: { operationId: "sendPaid", message: { name: "paid", payload: schema } } } },
      },
      pact: expects({ id: "x" }),
      ours: [wrongId],
      theirs: "throws",
    },
    {
      name: "messages of version 3",
      document: asyncApi({ payload: schema }),
      pact: {
        consumer: { name: "a" },
        provider: { name: "b" },
        messages: [{ description: "paid", contents: { id: "x" } }],
        metadata: { pactSpecification: { version: "3.0.0" } },
      },
      ours: ["message.payload.incompatible [root].messages[0].contents.id"],
      theirs: [],
    },
  ];

  test.each(cases)("$name", async ({ document, pact: given, ours, theirs }) => {
    const plain = JSON.parse(JSON.stringify(document));
    expect(await hookbook(plain, given)).toEqual(ours);
    if (theirs === "throws") await expect(comparator(plain, given)).rejects.toThrow();
    else expect(await comparator(plain, given)).toEqual(theirs);
  });

  test("what was received as if it had been sent: each side is asked for by its role", async () => {
    const document = asyncApi({ payload: schema }, { action: "receive" });
    expect(await comparator(document, expects({ id: 1 }))).toEqual([]);
    const sent = {
      ...(document as { operations: object }),
      operations: {
        ...(document as { operations: object }).operations,
        other: { action: "send", channel: { $ref: "#/channels/orders" } },
      },
    };
    expect((await check(sent, expects({ id: 1 }))).results).toMatchObject([{ code: "message.operation.unknown" }]);
  });
});

/** How documents are read that an export writes, and why reading them otherwise would be wrong. */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/model/index.ts";
import { exportContract } from "../../../src/pipeline.ts";
import { asyncapi, codes, contractOf, fixed, forms, names, openapi, post, ref } from "../../normalize/helpers.ts";

describe("several forms of one webhook", () => {
  const named = (parts: object) => ({ "x-webhook-name": "paid", ...parts });
  const a = fixed({ t: "a" });

  test("operations of a path item with a name, in the order of the document", async () => {
    const given = await contractOf(
      openapi({ webhooks: { paid: named({ put: post(a).post, get: post(a).post, ...post(a) }) } }),
    );
    expect(forms(given)).toEqual({
      paid: ["PUT ? application/json json", "GET ? application/json json", "POST ? application/json json"],
    });
    expect(codes(given)).toEqual([]);
  });

  test.each([
    ["no name", { put: post(a).post, ...post(a) }],
    ["another payload", named({ put: post(fixed({ t: "b" })).post, ...post(a) })],
    ["another text", named({ put: post(a, { description: "B" }).post, ...post(a, { description: "A" }) })],
    [
      "another example",
      named({
        put: { requestBody: { content: { "application/json": { schema: a, example: { t: "a", x: 1 } } } } },
        post: { requestBody: { content: { "application/json": { schema: a, example: { t: "a" } } } } },
      }),
    ],
  ])("two webhooks: %s", async (_, item) => {
    expect(names(await contractOf(openapi({ webhooks: { paid: item } })))).toHaveLength(2);
  });

  test("two keys are two webhooks that want one name", async () => {
    const given = await contractOf(openapi({ webhooks: { a: named(post(a)), b: named(post(a)) } }));
    expect(names(given)).toEqual(["a", "b"]);
    expect(codes(given)).toContain("webhook-name-taken");
  });

  test("security and replies of each count", async () => {
    const { contract } = await contractOf(
      openapi({
        webhooks: {
          paid: named({
            put: post(a, { security: [{ x: [] }], responses: { 200: { description: "One" } } }).post,
            ...post(a, { security: [{ y: [] }, { x: [] }], responses: { 200: { description: "Two" } } }),
          }),
        },
      }),
    );
    expect(contract.webhooks[0]).toMatchObject({
      security: [{ x: [] }, { y: [] }],
      replies: [{ description: "One" }, { description: "Two" }],
    });
  });
});

describe("an object in the query", () => {
  const query = async (parameters: readonly object[]) => {
    const given = openapi({
      webhooks: { a: { get: { parameters } } },
      components: { schemas: { E: fixed({ t: "e" }) } },
    });
    return (await contractOf(given)).contract.webhooks[0];
  };

  test("is the whole query where it is exploded", async () => {
    const webhook = await query([{ in: "query", name: "q", explode: true, schema: ref("E"), example: { t: "e" } }]);
    expect(webhook).toMatchObject({
      payload: { $ref: "#/schemas/E" },
      examples: [{ name: "example", payload: { t: "e" } }],
    });
  });

  test("stands beside other parameters", async () => {
    const webhook = await query([
      { in: "query", name: "q", explode: true, schema: ref("E") },
      { in: "query", name: "p", required: true, schema: { type: "string" } },
    ]);
    expect(webhook?.payload).toEqual({
      allOf: [{ type: "object", properties: { p: { type: "string" } }, required: ["p"] }, { $ref: "#/schemas/E" }],
    });
  });

  test.each([
    ["not exploded", { schema: ref("E") }],
    ["an array", { explode: true, schema: { type: "array", items: ref("E") } }],
    ["in brackets", { explode: true, style: "deepObject", schema: ref("E") }],
    ["of no type", { explode: true, schema: { enum: ["a"] } }],
    ["JSON", { content: { "application/json": { schema: ref("E") } } }],
  ])("is a field: %s", async (_, parameter) => {
    const webhook = await query([{ in: "query", name: "q", ...parameter }]);
    expect(webhook?.payload).toMatchObject({ properties: { q: expect.anything() } });
  });
});

test("headers of AsyncAPI are in lower case through references, which others see as they are", async () => {
  const { contract } = await contractOf(
    asyncapi({
      channels: { c: { messages: { m: { headers: ref("H"), payload: { properties: { h: ref("H") } } } } } },
      operations: { o: { action: "send", channel: { $ref: "#/channels/c" } } },
      components: { schemas: { H: { type: "object", required: ["X-A"], properties: { "X-A": { const: "1" } } } } },
    }),
  );
  expect(contract.webhooks[0]?.headers).toEqual({
    type: "object",
    required: ["x-a"],
    properties: { "x-a": { const: "1" } },
  });
  expect(contract.schemas["H"]).toMatchObject({ required: ["X-A"] });
});

test("a document that is too deep to be read again is written, and said to be so", async () => {
  let payload: JsonObject = { type: "object" };
  for (let depth = 0; depth < 247; depth++) payload = { properties: { a: payload } };
  const { contract } = await contractOf(
    asyncapi({
      channels: { c: { messages: { m: { payload } } } },
      operations: { o: { action: "send", channel: { $ref: "#/channels/c" } } },
    }),
  );
  const { value, diagnostics } = await exportContract(contract, { to: "openapi", syntax: "yaml" });
  expect(value.text).toContain("openapi: 3.1.1");
  expect(diagnostics.map(({ code }) => code)).toEqual(["export-not-read-back"]);
});

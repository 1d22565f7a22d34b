/** What pacts say that consumers read: for coverage, and for whom a change reaches. */
import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/model/index.ts";
import { coverageOf, documentedProperties, impactOf, impactText, propertiesRead } from "../../../src/pact/static.ts";
import { checkWith, contextOf, message, pact, paid, type, whole } from "./helpers.ts";

const inner = {
  type: "string",
  contentMediaType: "application/json",
  contentSchema: whole({ id: { type: "integer" }, note: { type: "string" } }),
};
const document = paid(
  whole({
    payload: inner,
    items: {
      type: "array",
      items: whole({ sku: { type: "string" }, tags: { type: "object", additionalProperties: { type: "string" } } }),
    },
    address: whole({ city: { type: "string" }, zip: { type: "string" } }),
  }),
  { parameters: [{ name: "X-Attempt", in: "header", required: true, schema: { type: "string" } }] },
);
const rules = { $: type };
const consumer = (name: string, content: object, metadata?: Record<string, string>) => ({
  ...pact(message(content, { rules, ...(metadata === undefined ? {} : { metadata }) })),
  consumer: { name },
});
const billing = consumer("billing", { payload: '{"id":1}', items: [{ sku: "a", tags: { x: "y" } }] });
const crm = consumer("crm", { address: {} }, { "x-attempt": "1" });

test("what is read: inside JSON strings, of every item, under any name", async () => {
  const context = await contextOf(document);
  expect(propertiesRead(checkWith(context, billing, crm).matches, context)).toEqual([
    {
      webhook: "paid",
      consumer: "billing",
      files: ["pact-0.json"],
      properties: ["/items", "/items/*", "/items/*/sku", "/items/*/tags", "/items/*/tags/*", "/payload", "/payload/id"],
      leaves: ["/items/*/sku", "/items/*/tags/*", "/payload/id"],
      headers: [],
    },
    {
      webhook: "paid",
      consumer: "crm",
      files: ["pact-1.json"],
      properties: ["/address"],
      leaves: ["/address"],
      headers: ["x-attempt"],
    },
  ]);
});

test("what is documented, recursive schemas once", async () => {
  const node = {
    type: "object",
    properties: { name: { type: "string" }, next: { $ref: "#/components/schemas/Node" } },
  };
  const context = await contextOf(
    paid(
      { oneOf: [{ $ref: "#/components/schemas/Node" }, whole({ other: {} })] },
      {},
      { components: { schemas: { Node: node } } },
    ),
  );
  const [webhook] = context.contract.webhooks;
  expect(webhook && documentedProperties(webhook, context)).toEqual(["/name", "/next", "/other"]);
});

test("coverage by event and by property", async () => {
  const context = await contextOf({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    webhooks: Object.fromEntries(
      ["paid", "refunded", "lost"].map((name) => [
        name,
        {
          post: {
            requestBody: {
              content: {
                "application/json": { schema: whole({ [name]: { type: "integer" }, id: { type: "integer" } }) },
              },
            },
          },
        },
      ]),
    ),
  });
  const report = checkWith(
    context,
    pact(message({ id: 1 }, { rules }), message({ id: "wrong" }, { description: "refunded", rules })),
  );
  expect(coverageOf(report, context)).toEqual({
    events: [
      {
        webhook: "paid",
        handled: true,
        pacts: ["pact.json"],
        consumers: ["billing"],
        optedOut: [],
        properties: { documented: 2, read: 1, unread: ["/paid"] },
      },
      {
        webhook: "refunded",
        handled: false,
        pacts: ["pact.json"],
        consumers: ["billing"],
        optedOut: [],
        properties: { documented: 2, read: 1, unread: ["/refunded"] },
      },
      {
        webhook: "lost",
        handled: false,
        pacts: [],
        consumers: [],
        optedOut: [],
        properties: { documented: 2, read: 0, unread: ["/id", "/lost"] },
      },
    ],
    summary: {
      documented: 3,
      handled: 1,
      inPact: 2,
      optedOut: 0,
      percent: 33.3,
      properties: { documented: 6, read: 2, percent: 33.3 },
    },
  });
});

describe("whom a change reaches", () => {
  const change = (part: Change["in"], pointer: string, parts: Partial<Change> = {}): Change => ({
    rule: "some-rule",
    level: "breaking",
    webhook: "paid",
    in: part,
    pointer,
    message: "Something changed.",
    cause: "1",
    base: null,
    revision: null,
    ...parts,
  });
  test.each([
    [
      "a field that one reads",
      change("payload", "/payload/id"),
      "breaks `billing` (reads /payload/id); `crm` does not read it",
    ],
    ["a field that nobody reads", change("payload", "/payload/note"), "`billing` and `crm` do not read it"],
    [
      "what holds fields that are read",
      change("payload", "/items"),
      "breaks `billing` (reads /items); `crm` does not read it",
    ],
    [
      "an item's field",
      change("payload", "/items/*/sku"),
      "breaks `billing` (reads /items/*/sku); `crm` does not read it",
    ],
    [
      "a member of a map",
      change("payload", "/items/*/tags/*"),
      "breaks `billing` (reads /items/*/tags/*); `crm` does not read it",
    ],
    [
      "something in what is read as a whole",
      change("payload", "/address/zip"),
      "breaks `crm` (reads /address); `billing` does not read it",
    ],
    [
      "another place of the same change",
      change("payload", "/payload/note", { also: ["/payload/id"] }),
      "breaks `billing` (reads /payload/id); `crm` does not read it",
    ],
    ["the whole event", change("webhook", ""), "breaks `billing` and `crm`"],
    [
      "the whole payload",
      change("payload", ""),
      "breaks `billing` (reads /items, /payload) and `crm` (reads /address)",
    ],
    [
      "a header",
      change("headers", "/x-attempt"),
      "breaks `crm` (reads the header x-attempt); `billing` does not read it",
    ],
    ["the answer", change("reply", "/204"), "breaks `billing` and `crm`"],
    [
      "what is only risky",
      change("payload", "/payload/id", { level: "risky" }),
      "may reach `billing` (reads /payload/id); `crm` does not read it",
    ],
    ["an event that no pact is about", change("payload", "/a", { webhook: "other" }), ""],
  ])("%s", async (_, given, want) => {
    const context = await contextOf(document);
    const reads = propertiesRead(checkWith(context, billing, crm).matches, context);
    const [impact] = impactOf([given], reads);
    expect(impact && impactText(impact)).toBe(want);
  });
});

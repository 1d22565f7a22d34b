import { describe, expect, test } from "vitest";
import type { Schema } from "../../src/model/index.ts";
import { asyncapi, codes, contractOf, omissions, openapi, post, ref } from "./helpers.ts";

/** The payload and named schemas of one webhook. */
async function schemasOf(schema: unknown, components: object = {}, rest: object = {}) {
  const given = await contractOf(
    openapi({ webhooks: { a: post(schema) }, components: { schemas: components }, ...rest }),
  );
  return { given, payload: given.contract.webhooks[0]?.payload as Schema, schemas: given.contract.schemas };
}

const pair = ({ payload, schemas }: { payload: Schema; schemas: unknown }) => ({ payload, schemas });

interface Case {
  readonly why: string;
  readonly schema: unknown;
  readonly components: object;
  readonly want: unknown;
}

describe("dialects", () => {
  test.each([
    { why: "example", schema: { example: "a" }, want: { examples: ["a"] } },
    { why: "example beside examples", schema: { example: "a", examples: ["b"] }, want: { examples: ["b"] } },
    {
      why: "a property of that name",
      schema: { properties: { example: { type: "string" } } },
      want: { properties: { example: { type: "string" } } },
    },
  ])("$why", async ({ schema, want }) => {
    expect((await schemasOf(schema)).payload).toEqual(want);
  });
});

describe("references", () => {
  test.each<Case>([
    {
      why: "to a component",
      schema: ref("A"),
      components: { A: { type: "string" } },
      want: { payload: { $ref: "#/schemas/A" }, schemas: { A: { type: "string" } } },
    },
    {
      why: "into the middle of a component",
      schema: { $ref: "#/components/schemas/A/properties/id" },
      components: { A: { type: "object", properties: { id: { type: "string" } } } },
      want: { payload: { $ref: "#/schemas/id" }, schemas: { id: { type: "string" } } },
    },
    {
      why: "with siblings, which stay",
      schema: { ...ref("A"), description: "This one", maxLength: 3 },
      components: { A: { type: "string" } },
      want: {
        payload: { $ref: "#/schemas/A", description: "This one", maxLength: 3 },
        schemas: { A: { type: "string" } },
      },
    },
    {
      why: "a chain stays a chain",
      schema: ref("A"),
      components: { A: ref("B"), B: { type: "string" } },
      want: { payload: { $ref: "#/schemas/A" }, schemas: { A: { $ref: "#/schemas/B" }, B: { type: "string" } } },
    },
    {
      why: "recursion through a property and an item stays",
      schema: ref("Tree"),
      components: { Tree: { properties: { next: ref("Tree"), all: { items: ref("Tree") } } } },
      want: {
        payload: { $ref: "#/schemas/Tree" },
        schemas: {
          Tree: { properties: { next: { $ref: "#/schemas/Tree" }, all: { items: { $ref: "#/schemas/Tree" } } } },
        },
      },
    },
    {
      why: "names are made safe, and those that become alike are told apart",
      schema: { allOf: [ref("a.b"), ref("a-b"), ref("A_B")] },
      components: { "a.b": { minLength: 1 }, "a-b": { minLength: 2 }, A_B: { minLength: 3 } },
      want: {
        payload: { allOf: [{ $ref: "#/schemas/a_b" }, { $ref: "#/schemas/a_b_2" }, { $ref: "#/schemas/A_B_3" }] },
        schemas: { a_b: { minLength: 1 }, a_b_2: { minLength: 2 }, A_B_3: { minLength: 3 } },
      },
    },
    {
      why: "by anchor and by $id",
      schema: { allOf: [{ $ref: "#here" }, { $ref: "urn:thing" }] },
      components: { A: { $anchor: "here", minLength: 1 }, B: { $id: "urn:thing", minLength: 2 } },
      want: {
        payload: { allOf: [{ $ref: "#/schemas/A" }, { $ref: "#/schemas/B" }] },
        schemas: { A: { minLength: 1 }, B: { minLength: 2 } },
      },
    },
    {
      why: "$defs are followed and not kept",
      schema: {
        $defs: { X: { type: "string" } },
        items: { $ref: "#/webhooks/a/post/requestBody/content/application~1json/schema/$defs/X" },
      },
      components: {},
      want: { payload: { items: { $ref: "#/schemas/X" } }, schemas: { X: { type: "string" } } },
    },
    {
      why: "a boolean schema",
      schema: { properties: { a: ref("Whatever"), b: false } },
      components: { Whatever: true },
      want: { payload: { properties: { a: { $ref: "#/schemas/Whatever" }, b: false } }, schemas: { Whatever: true } },
    },
    {
      why: "names that every object has",
      schema: { properties: { constructor: ref("constructor"), toString: { type: "string" } } },
      components: { constructor: { type: "string" } },
      want: {
        payload: { properties: { constructor: { $ref: "#/schemas/constructor_" }, toString: { type: "string" } } },
        schemas: { constructor_: { type: "string" } },
      },
    },
  ])("$why", async ({ schema, components, want }) => {
    const found = await schemasOf(schema, components);
    expect(pair(found)).toEqual(want);
    expect(codes(found.given)).toEqual([]);
    expect(omissions(found.given).filter((line) => !line.includes("no webhook uses"))).toEqual([]);
  });

  test("into another file, and from there to a third beside it", async () => {
    const given = await contractOf({
      ...openapi({ webhooks: { a: post({ $ref: "./shared/order.json#/Order" }), b: { $ref: "hooks.json#/b" } } }),
      "shared/order.json": { Order: { properties: { item: { $ref: "item.json" } } } },
      "shared/item.json": { type: "string" },
      "hooks.json": { b: post({ $ref: "shared/item.json" }) },
    });
    expect(given.contract.schemas).toEqual({
      Order: { properties: { item: { $ref: "#/schemas/item" } } },
      item: { type: "string" },
    });
    expect(given.contract.webhooks.map(({ source }) => `${source.file}#${source.pointer}`)).toEqual([
      "openapi.json#/webhooks/a/post",
      "hooks.json#/b/post",
    ]);
  });

  test("a $ref in an example, a const or a default is data", async () => {
    const data = { $ref: "#/nowhere" };
    const found = await schemasOf({ const: data, default: data, enum: [data], examples: [data] });
    expect(found.payload).toEqual({ const: data, default: data, enum: [data], examples: [data] });
    expect(codes(found.given)).toEqual([]);
  });

  test.each([
    { why: "nowhere", $ref: "#/components/schemas/Gone", code: "reference-not-found" },
    { why: "a file that is not there", $ref: "gone.json", code: "file-not-found" },
    { why: "a circle of nothing but references", $ref: "#/components/schemas/Self", code: "reference-cycle" },
    { why: "out of the folder", $ref: "../../up.json", code: "reference-outside-root" },
  ])("$why: an omission and a diagnostic, and the rest is read", async ({ $ref, code }) => {
    const found = await schemasOf(
      { type: "object", properties: { a: { $ref, description: "kept" } } },
      { Self: { $ref: "#/components/schemas/Self" } },
    );
    expect(codes(found.given)).toContain(code);
    expect(found.given.contract.omissions.map(({ reason }) => reason).join()).toContain("leads");
    expect(found.payload).toMatchObject({ type: "object", properties: { a: { description: "kept" } } });
  });
});

describe("cycles without a step into the value", () => {
  test.each([
    {
      why: "of one",
      components: { A: { allOf: [ref("A"), { minLength: 1 }] } },
      want: { A: { allOf: [{}, { minLength: 1 }] } },
    },
    {
      why: "of two",
      components: { A: { anyOf: [ref("B")] }, B: { oneOf: [ref("A"), { type: "string" }] } },
      want: { A: { anyOf: [{ $ref: "#/schemas/B" }] }, B: { oneOf: [{}, { type: "string" }] } },
    },
    { why: "through not", components: { A: { not: ref("A") } }, want: { A: { not: {} } } },
  ])("$why are cut with a diagnostic", async ({ components, want }) => {
    const found = await schemasOf(ref("A"), components);
    expect(found.schemas).toEqual(want);
    expect(codes(found.given)).toEqual(["schema-cycle"]);
    expect(omissions(found.given)).toHaveLength(1);
  });
});

describe("draft-07 in AsyncAPI", () => {
  test.each([
    {
      why: "a list of items, with and without more",
      given: { items: [{ type: "string" }, true], additionalItems: { type: "number" } },
      want: { prefixItems: [{ type: "string" }, true], items: { type: "number" } },
    },
    {
      why: "additionalItems beside one schema means nothing",
      given: { items: {}, additionalItems: false },
      want: { items: {} },
    },
    {
      why: "no more than the list",
      given: { items: [{}], additionalItems: false },
      want: { prefixItems: [{}], items: false },
    },
    {
      why: "dependencies of both kinds",
      given: { dependencies: { a: ["b"], c: { minProperties: 2 } } },
      want: { dependentRequired: { a: ["b"] }, dependentSchemas: { c: { minProperties: 2 } } },
    },
    {
      why: "a discriminator is a property's name",
      given: { discriminator: "kind" },
      want: { discriminator: { propertyName: "kind" } },
    },
    {
      why: "a property with the name of a keyword is a property",
      given: {
        properties: { dependencies: { type: "string" }, discriminator: { type: "string" }, items: { type: "array" } },
      },
      want: {
        properties: { dependencies: { type: "string" }, discriminator: { type: "string" }, items: { type: "array" } },
      },
    },
    {
      why: "references in what was rewritten are followed",
      given: { items: [{ $ref: "#/components/schemas/A" }], dependencies: { x: { $ref: "#/components/schemas/A" } } },
      want: { prefixItems: [{ $ref: "#/schemas/A" }], dependentSchemas: { x: { $ref: "#/schemas/A" } } },
    },
  ])("$why", async ({ given, want }) => {
    const { contract } = await contractOf(
      asyncapi({
        channels: { c: { messages: { m: { payload: given } } } },
        operations: { o: { action: "send", channel: { $ref: "#/channels/c" } } },
        components: { schemas: { A: { type: "string" } } },
      }),
    );
    expect(contract.webhooks[0]?.payload).toEqual(want);
  });

  test("the same words in OpenAPI 3.1 are 2020-12 and stay", async () => {
    const { payload } = await schemasOf({ discriminator: { propertyName: "kind" }, prefixItems: [{}] });
    expect(payload).toEqual({ discriminator: { propertyName: "kind" }, prefixItems: [{}] });
  });
});

describe("what is no schema", () => {
  test.each<Omit<Case, "components">>([
    { why: "text", schema: "string", want: true },
    { why: "a list", schema: [], want: true },
    { why: "null", schema: null, want: true },
    { why: "a $ref that is no text", schema: { $ref: 5, type: "string" }, want: { type: "string" } },
    {
      why: "a property without anything",
      schema: { type: "object", properties: { a: null, b: { type: "string" } } },
      want: { type: "object", properties: { a: true, b: { type: "string" } } },
    },
    { why: "a branch", schema: { oneOf: [{ type: "string" }, null] }, want: { oneOf: [{ type: "string" }] } },
    { why: "every branch", schema: { anyOf: [null], minLength: 1 }, want: { minLength: 1 } },
    { why: "items", schema: { type: "array", items: "string" }, want: { type: "array" } },
    {
      why: "an item of a tuple",
      schema: { prefixItems: [5, { type: "string" }] },
      want: { prefixItems: [true, { type: "string" }] },
    },
    { why: "properties that are a list", schema: { type: "object", properties: [] }, want: { type: "object" } },
    { why: "additionalProperties of a wrong type", schema: { additionalProperties: "no" }, want: {} },
  ])("$why allows anything and is an omission", async ({ schema, want }) => {
    const found = await schemasOf(schema);
    expect(found.payload).toEqual(want);
    expect(omissions(found.given)).toHaveLength(1);
  });
});

test("a schema that is a reference to itself is reported once", async () => {
  const given = await contractOf(
    openapi({ webhooks: { a: post(ref("Self")) }, components: { schemas: { Self: ref("Self") } } }),
  );
  expect(codes(given)).toEqual(["reference-cycle"]);
  expect(omissions(given)).toHaveLength(1);
});

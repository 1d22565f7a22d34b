import { describe, expect, test } from "vitest";
import type { Json } from "../../src/model/index.ts";
import { asyncapi, codes, contractOf, omissions } from "./helpers.ts";

const AVRO = "application/vnd.apache.avro;version=1.9.0";

/** The contract of one message whose payload is an Avro schema. */
function avro(schema: unknown, files: Readonly<Record<string, unknown>> = {}) {
  const payload = { schemaFormat: AVRO, schema };
  return contractOf({ ...asyncapi({ channels: { c: { messages: { m: { payload } } } } }), ...files });
}

async function schemasOf(schema: unknown, files?: Readonly<Record<string, unknown>>) {
  const { contract } = await avro(schema, files);
  return { payload: contract.webhooks[0]?.payload as Json, schemas: contract.schemas };
}

const record = (name: string, fields: Readonly<Record<string, unknown>>, rest: object = {}) => ({
  type: "record",
  name,
  fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
  ...rest,
});

const BYTES = "^[\\u0000-\\u00ff]*$";
const ref = (name: string) => ({ $ref: `#/schemas/${name}` });

describe("a type without a name", () => {
  test.each<{ why: string; given: unknown; want: unknown }>([
    { why: "null", given: "null", want: { type: "null" } },
    { why: "boolean", given: "boolean", want: { type: "boolean" } },
    { why: "int", given: "int", want: { type: "integer", format: "int32" } },
    { why: "long", given: { type: "long" }, want: { type: "integer", format: "int64" } },
    { why: "float", given: "float", want: { type: "number", format: "float" } },
    { why: "double", given: "double", want: { type: "number", format: "double" } },
    { why: "string", given: "string", want: { type: "string" } },
    { why: "bytes", given: "bytes", want: { type: "string", pattern: BYTES } },
    { why: "a type in a type", given: { type: { type: "string" } }, want: { type: "string" } },
    { why: "an array", given: { type: "array", items: "string" }, want: { type: "array", items: { type: "string" } } },
    {
      why: "a map",
      given: { type: "map", values: "boolean" },
      want: { type: "object", additionalProperties: { type: "boolean" } },
    },
    { why: "a union with null", given: ["null", "string"], want: { type: ["string", "null"] } },
    { why: "a union of one", given: ["string"], want: { type: "string" } },
    {
      why: "a union of several, in which 1 may be any number",
      given: ["null", "int", "double", "string"],
      want: {
        anyOf: [
          { type: "integer", format: "int32" },
          { type: "number", format: "double" },
          { type: "string" },
          { type: "null" },
        ],
      },
    },
    {
      why: "words of JSON Schema",
      given: { type: "string", minLength: 2, pattern: "^a", "x-note": 1 },
      want: { type: "string", minLength: 2, pattern: "^a", "x-note": 1 },
    },
  ])("$why", async ({ given, want }) => {
    expect((await schemasOf(given)).payload).toEqual(want);
  });
});

describe("a logical type", () => {
  test.each<{ why: string; given: unknown; want: unknown }>([
    { why: "uuid", given: { type: "string", logicalType: "uuid" }, want: { type: "string", format: "uuid" } },
    {
      why: "timestamp-millis",
      given: { type: "long", logicalType: "timestamp-millis" },
      want: { type: "integer", format: "int64", description: "Milliseconds since 1970-01-01T00:00:00Z." },
    },
    {
      why: "date",
      given: { type: "int", logicalType: "date" },
      want: { type: "integer", format: "int32", description: "Days since 1970-01-01." },
    },
    {
      why: "decimal, which is written as a number more often than as bytes",
      given: { type: "bytes", logicalType: "decimal", precision: 9, scale: 2 },
      want: { type: ["string", "number"], description: "A decimal number of 9 digits, 2 of them after the point." },
    },
    {
      why: "decimal without a number of digits, which is none",
      given: { type: "bytes", logicalType: "decimal", precision: {} },
      want: { type: "string", pattern: expect.any(String) },
    },
    { why: "one that does not fit", given: { type: "string", logicalType: "date" }, want: { type: "string" } },
    {
      why: "an unknown one",
      given: { type: "long", logicalType: "star-date" },
      want: { type: "integer", format: "int64" },
    },
  ])("$why", async ({ given, want }) => {
    expect((await schemasOf(given)).payload).toEqual(want);
  });
});

describe("a named type", () => {
  test("is a schema of its own, which its name refers to wherever it stands", async () => {
    const address = record("Address", { city: "string" });
    const given = record("Order", {
      from: address,
      to: "Address",
      via: { type: "array", items: "Address" },
      byName: { type: "map", values: "Address" },
      last: ["null", "Address"],
    });
    const { payload, schemas } = await schemasOf(given);
    expect(payload).toEqual(ref("Order"));
    expect(schemas).toEqual({
      Order: {
        type: "object",
        properties: {
          from: ref("Address"),
          to: ref("Address"),
          via: { type: "array", items: ref("Address") },
          byName: { type: "object", additionalProperties: ref("Address") },
          last: { anyOf: [ref("Address"), { type: "null" }] },
        },
        required: ["from", "to", "via", "byName"],
      },
      Address: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    });
  });

  test("may refer to itself", async () => {
    const { schemas } = await schemasOf(record("Tree", { children: { type: "array", items: "Tree" } }));
    expect(schemas).toEqual({
      Tree: {
        type: "object",
        properties: { children: { type: "array", items: ref("Tree") } },
        required: ["children"],
      },
    });
  });

  test("is found by its full name, and by its own within its namespace", async () => {
    const inner = record("Inner", { a: "string" }, { namespace: "org.example.other" });
    const sibling = record("Sibling", { inner, again: "org.example.other.Inner" });
    const given = record(
      "Outer",
      { sibling, other: "Sibling", full: "org.example.Sibling" },
      { namespace: "org.example" },
    );
    const { contract, diagnostics } = await avro(given);
    expect(diagnostics.map(({ code }) => code)).not.toContain("avro-violation");
    expect(contract.schemas["Outer"]).toMatchObject({
      properties: { sibling: ref("Sibling"), other: ref("Sibling"), full: ref("Sibling") },
    });
    expect(contract.schemas["Sibling"]).toMatchObject({ properties: { inner: ref("Inner"), again: ref("Inner") } });
  });

  test("of two namespaces with one name are two schemas", async () => {
    const given = record("Outer", {
      a: record("Id", { a: "string" }, { namespace: "org.a" }),
      b: record("Id", { b: "string" }, { namespace: "org.b" }),
      c: "org.b.Id",
    });
    const { schemas } = await schemasOf(given);
    expect(schemas["Outer"]).toMatchObject({ properties: { a: ref("Id"), b: ref("Id_2"), c: ref("Id_2") } });
    expect(schemas["Id_2"]).toMatchObject({ properties: { b: { type: "string" } } });
  });

  test("enum and fixed", async () => {
    const { schemas } = await schemasOf(
      record("R", {
        closed: { type: "enum", name: "Closed", symbols: ["A", "B"] },
        open: { type: "enum", name: "Open", symbols: ["A", "B"], default: "A" },
        one: { type: "enum", name: "One", symbols: ["A"], default: "A" },
        hash: { type: "fixed", name: "Hash", size: 16 },
      }),
    );
    expect(schemas).toMatchObject({
      Closed: { type: "string", enum: ["A", "B"] },
      Open: { type: "string", enum: ["A", "B"], "x-open-enum": true },
      One: { type: "string", enum: ["A"] },
      Hash: { type: "string", pattern: BYTES, minLength: 16, maxLength: 16 },
    });
    expect(schemas["Closed"]).not.toHaveProperty("x-open-enum");
    expect(schemas["One"]).not.toHaveProperty("x-open-enum");
  });
});

test("a field is required unless it has a default or may be null, and keeps both and its doc", async () => {
  const fields = [
    { name: "needed", type: "string", doc: "Always there." },
    { name: "count", type: "int", default: 1 },
    { name: "maybe", type: ["null", "string"], default: null },
    { name: "nullable", type: ["string", "null"] },
    { name: "at", type: { type: "long", logicalType: "timestamp-millis" }, doc: "When." },
  ];
  const { schemas } = await schemasOf({ type: "record", name: "R", doc: "A record.", fields });
  expect(schemas["R"]).toEqual({
    type: "object",
    description: "A record.",
    properties: {
      needed: { type: "string", description: "Always there." },
      count: { type: "integer", format: "int32", default: 1 },
      maybe: { type: ["string", "null"], default: null },
      nullable: { type: ["string", "null"] },
      at: {
        type: "integer",
        format: "int64",
        description: "When.\n\nMilliseconds since 1970-01-01T00:00:00Z.",
      },
    },
    required: ["needed", "at"],
  });
});

describe("in files", () => {
  const order = record("Order", { id: "string", to: { $ref: "./address.avsc" }, from: "Address" });
  const files = { "order.avsc": order, "address.avsc": record("Address", { city: "string" }) };

  test("a schema may refer to others, which are read once", async () => {
    const message = { payload: { schemaFormat: AVRO, schema: { $ref: "./order.avsc" } } };
    const document = asyncapi({ channels: { c: { messages: { a: message, b: message } } } });
    const { contract, diagnostics } = await contractOf({ ...document, ...files });
    expect(Object.keys(contract.schemas).sort()).toEqual(["Address", "Order"]);
    expect(contract.webhooks.map(({ payload }) => payload)).toEqual([ref("Order"), ref("Order")]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["no-operation", "route-ambiguous"]);
  });

  test("in AsyncAPI 2 the message says the format", async () => {
    const message = { schemaFormat: AVRO, payload: { $ref: "./order.avsc" } };
    const document = {
      asyncapi: "2.6.0",
      info: { title: "T", version: "1" },
      channels: { c: { subscribe: { message } } },
    };
    const { contract } = await contractOf({ "asyncapi.json": document, ...files });
    expect(contract.webhooks[0]?.payload).toEqual(ref("Order"));
  });

  test("the file's name says the format where the document does not", async () => {
    const payload = { type: "object", properties: { order: { $ref: "./order.avsc" } } };
    const document = asyncapi({ channels: { c: { messages: { m: { payload } } } } });
    const { contract } = await contractOf({ ...document, ...files });
    expect(contract.webhooks[0]?.payload).toMatchObject({ properties: { order: ref("order") } });
    expect(contract.schemas["order"]).toEqual(ref("Order_2"));
    expect(contract.omissions).toEqual([]);
  });

  test("a list that refers to itself ends", async () => {
    const { schemas } = await schemasOf(
      { $ref: "./list.avsc" },
      { "list.avsc": { type: "array", items: { $ref: "./list.avsc" } } },
    );
    expect(schemas).toEqual({ list: { type: "array", items: ref("list") } });
  });
});

test("a component that is an Avro schema may be named by a JSON Schema", async () => {
  const components = { schemas: { Order: { schemaFormat: AVRO, schema: record("Order", { id: "string" }) } } };
  const payload = { type: "object", properties: { order: { $ref: "#/components/schemas/Order" } } };
  const { contract } = await contractOf(asyncapi({ channels: { c: { messages: { m: { payload } } } }, components }));
  expect(contract.webhooks[0]?.payload).toMatchObject({ properties: { order: ref("Order") } });
  expect(contract.schemas["Order"]).toEqual(ref("Order_2"));
  expect(contract.schemas["Order_2"]).toMatchObject({ properties: { id: { type: "string" } } });
});

test("an Avro schema may refer to a component that is one", async () => {
  const components = { schemas: { Address: { schemaFormat: AVRO, schema: record("Address", { city: "string" }) } } };
  const schema = record("Order", { to: { $ref: "#/components/schemas/Address" }, from: "Address" });
  const payload = { schemaFormat: AVRO, schema };
  const { contract } = await contractOf(asyncapi({ channels: { c: { messages: { m: { payload } } } }, components }));
  expect(contract.schemas["Order"]).toMatchObject({ properties: { to: ref("Address"), from: ref("Address") } });
});

describe("what is wrong is said, and anything is allowed in its place", () => {
  test.each<{ why: string; given: unknown; problem: string }>([
    { why: "an unknown name", given: "Adress", problem: 'there is no type "Adress"' },
    { why: "a number", given: 7, problem: "a type is a name, an object or a list of types" },
    { why: "no type", given: { items: "string" }, problem: 'it has no "type"' },
    { why: "an empty union", given: [], problem: "a union is empty" },
    { why: "an array of nothing", given: { type: "array" }, problem: 'it has no "items"' },
    {
      why: "a record without fields",
      given: { type: "record", name: "R" },
      problem: 'a record has no list of "fields"',
    },
    { why: "an enum without symbols", given: { type: "enum", name: "E" }, problem: 'an enum has no list of "symbols"' },
    { why: "a fixed without size", given: { type: "fixed", name: "F" }, problem: 'a fixed has no "size"' },
    {
      why: "a field without type",
      given: { type: "record", name: "R", fields: [{ name: "a" }] },
      problem: 'a field needs a "name" and a "type"',
    },
    {
      why: "a text",
      given: '{"type": "string"}',
      problem: "it is a text; it is read where it is written as JSON or YAML",
    },
    {
      why: "a name that is defined twice",
      given: record("R", { a: record("S", { x: "int" }), b: record("S", { y: "int" }) }),
      problem: 'the name "S" is defined twice; the first definition counts',
    },
  ])("$why", async ({ given, problem }) => {
    const result = await avro(given);
    expect(codes(result)).toContain("avro-violation");
    expect(omissions(result).join("\n")).toContain(problem);
  });

  test("attributes that are not read are named, once for the schema", async () => {
    const given = record("R", { a: { type: "string", "avro.java.string": "String" } }, { aliases: ["Q"] });
    expect(omissions(await avro(given))).toEqual([
      "/channels/c/messages/m/payload/schema: attributes of Avro that say nothing of the JSON are not read (aliases, avro.java.string)",
    ]);
  });
});

test.each([
  ["application/vnd.google.protobuf;version=3", "a schema in Protobuf"],
  ["application/raml+yaml;version=1.0", "a schema in RAML"],
  ["application/vnd.example", "a schema"],
])("a schema of format %s is left out with its format", async (schemaFormat, words) => {
  const payload = { schemaFormat, schema: "whatever" };
  const given = await contractOf(asyncapi({ channels: { c: { messages: { m: { payload } } } } }));
  expect(given.contract.webhooks[0]?.payload).toBe(true);
  expect(omissions(given)).toEqual([
    `/channels/c/messages/m/payload/schema: ${words} (schemaFormat ${JSON.stringify(schemaFormat)}) is not read, so anything is allowed here`,
  ]);
});

test("a schema of OpenAPI is read with its own words", async () => {
  const schema = { type: "object", properties: { a: { type: "string", nullable: true } } };
  const payload = { schemaFormat: "application/vnd.oai.openapi;version=3.0.0", schema };
  const { contract } = await contractOf(asyncapi({ channels: { c: { messages: { m: { payload } } } } }));
  expect(contract.webhooks[0]?.payload).toEqual({ type: "object", properties: { a: { type: ["string", "null"] } } });
  expect(contract.omissions).toEqual([]);
});

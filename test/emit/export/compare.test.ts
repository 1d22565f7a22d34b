import { describe, expect, test } from "vitest";
import { compareContracts } from "../../../src/emit/export/compare.ts";
import { sameSchema } from "../../../src/emit/export/same-schema.ts";
import type { Contract, Schema, Webhook } from "../../../src/model/index.ts";

const source = { file: "a.yaml", pointer: "/w" };

const webhook: Webhook = {
  name: "w",
  key: "w",
  route: [{ in: "body", at: "/t", value: "w" }],
  forms: [
    { method: "POST", address: null, contentType: "application/json", encoding: "json" },
    { method: "PUT", address: "/a", contentType: "application/json", encoding: "json" },
    { method: "PUT", address: "/b", contentType: "application/json", encoding: "json" },
  ],
  headers: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
  payload: { $ref: "#/schemas/P" },
  examples: [{ name: "e", summary: "S", description: "D", payload: { t: "w" }, headers: { a: "1" }, source }],
  security: [{ s: ["x"] }, {}],
  replies: [
    { status: "200", description: "D", contentType: "application/json", payload: { $ref: "#/schemas/P" } },
    { status: "4XX", headers: { type: "object", properties: { b: true } } },
  ],
  summary: "S",
  description: "D",
  deprecated: true,
  tags: ["t"],
  externalDocs: { url: "https://example.com" },
  source,
};

const contract: Contract = {
  id: "c",
  title: "T",
  version: "1",
  description: "D",
  format: "openapi-3.1",
  webhooks: [webhook],
  schemas: { P: { type: "object", properties: { again: { $ref: "#/schemas/P" }, t: { const: "w" } } } },
  security: { s: { type: "oauth2", details: { flows: {} } } },
  omissions: [],
  source,
};

const found = (changed: Contract) => compareContracts(contract, changed, [["/w"]]).map(({ part }) => part);
const changed = (parts: Partial<Webhook>): Contract => ({ ...contract, webhooks: [{ ...webhook, ...parts }] });
const [post, put, last] = webhook.forms as [never, never, never];
const [ok, wrong] = webhook.replies as [object, object];
const [example] = webhook.examples as [object];

describe("a difference of a webhook is found", () => {
  test.each<[string, Partial<Webhook>]>([
    ["name", { name: "v" }],
    ["key", { key: "v" }],
    ["summary", { summary: "" }],
    ["description", { description: "E" }],
    ["deprecated", { deprecated: false }],
    ["route", { route: [] }],
    ["tags", { tags: [] }],
    ["externalDocs", { externalDocs: { url: "https://example.com", description: "" } }],
    ["security", { security: [{}, { s: ["x"] }] }],
    ["security", { security: [{ s: [] }, {}] }],
    ["forms", { forms: [put, post, last] }],
    ["forms", { forms: [post, put] }],
    ["payload", { payload: { type: "object" } }],
    ["headers", { headers: { type: "object", properties: { a: { type: "string" } } } }],
    ["headers", { headers: { type: "object", properties: { a: true }, required: ["a"] } }],
    ["headers", { headers: { ...(webhook.headers as object), description: "D" } }],
    ["examples", { examples: [] }],
    ["examples", { examples: [{ ...example, payload: { t: 1 } } as never] }],
    ["examples", { examples: [{ ...example, description: "" } as never] }],
    ["examples", { examples: [{ ...example, headers: {} } as never] }],
    ["replies", { replies: [ok as never] }],
    ["replies", { replies: [{ ...ok, description: "" } as never, wrong as never] }],
    ["replies", { replies: [{ ...ok, payload: true } as never, wrong as never] }],
    ["replies", { replies: [ok as never, { status: "4XX" }] }],
    ["replies", { replies: [ok as never, wrong as never, wrong as never] }],
    ["webhook", { source: { file: "a.yaml", pointer: "/v" } }],
  ])("%s", (part, parts) => {
    expect(found(changed(parts))).toEqual([part]);
  });
});

test.each<[string, Partial<Contract>]>([
  ["title", { title: "" }],
  ["version", { version: "2" }],
  ["description", { description: "" }],
  ["security", { security: { s: { type: "oauth2" } } }],
  ["payload", { schemas: { P: { type: "object", properties: { again: true, t: { const: "w" } } } } }],
])("a difference of the contract is found: %s", (part, parts) => {
  expect(found({ ...contract, ...parts })).toContain(part);
});

test("what says nothing is no difference", () => {
  expect(found(contract)).toEqual([]);
  expect(
    found({ ...contract, id: "d", format: "asyncapi-3.0", omissions: [{ pointer: "", reason: "", source }] }),
  ).toEqual([]);
  expect(found(changed({ forms: [post, last, put], replies: [...webhook.replies].reverse() }))).toEqual([]);
  expect(
    found({
      ...changed({
        payload: { $ref: "#/schemas/Q" },
        replies: [{ ...ok, payload: { $ref: "#/schemas/Q" } } as never, wrong as never],
      }),
      schemas: { Q: { properties: { t: { const: "w" }, again: { $ref: "#/schemas/Q" } }, type: "object" } },
    }),
  ).toEqual([]);
});

describe("schemas", () => {
  const same = (left: Schema, right: Schema, schemas: Contract["schemas"] = {}) =>
    sameSchema(left, right, { left: { ...contract, schemas }, right: { ...contract, schemas } });
  const schemas: Contract["schemas"] = {
    A: { properties: { next: { $ref: "#/schemas/B" } } },
    B: { properties: { next: { $ref: "#/schemas/A" } } },
    C: { properties: { next: { $ref: "#/schemas/D" } } },
    D: { properties: { next: { $ref: "#/schemas/E" } } },
    E: { properties: { next: false } },
  };
  const kinds = (mapping: object, propertyName = "k") => ({ discriminator: { propertyName, mapping } }) as Schema;

  test.each<[Schema, Schema]>([
    [true, {}],
    [false, { not: {} }],
    [{ required: ["a", "b"] }, { required: ["b", "a"] }],
    [{ type: ["string", "null"] }, { type: ["null", "string"] }],
    [{ $ref: "#/schemas/A" }, { $ref: "#/schemas/B" }],
    [kinds({ a: "#/schemas/A" }), kinds({ a: "#/schemas/B" })],
  ])("the same: %j and %j", (left, right) => {
    expect(same(left, right, schemas)).toBe(true);
  });

  test.each<[Schema, Schema]>([
    [true, false],
    [{ const: 1 }, { const: "1" }],
    [{ enum: [1, 2] }, { enum: [2, 1] }],
    [{ $ref: "#/schemas/A" }, { $ref: "#/schemas/C" }],
    [{ $ref: "#/schemas/A" }, true],
    [{ $ref: "#/schemas/A", description: "D" }, { $ref: "#/schemas/A" }],
    [{ items: { minLength: 1 } }, { items: { minLength: 2 } }],
    [{ properties: { a: true } }, { properties: { b: true } }],
    [{ allOf: [true] }, { allOf: [true, true] }],
    [kinds({ a: "#/schemas/A" }), kinds({ a: "#/schemas/E" })],
    [kinds({ a: "#/schemas/A" }), kinds({ b: "#/schemas/A" })],
    [kinds({ a: "#/schemas/A" }), kinds({ a: "#/schemas/A" }, "l")],
    [kinds({ a: "#/schemas/A" }), { discriminator: { propertyName: "k" } }],
  ])("not the same: %j and %j", (left, right) => {
    expect(same(left, right, schemas)).toBe(false);
    expect(same(right, left, schemas)).toBe(false);
  });
});

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createPayloadCheck } from "../../src/bridge/check-payload.ts";
import type { Contract, Json, Schema } from "../../src/model/index.ts";
import { loadContract } from "../../src/pipeline.ts";
import { fullSample, minimalSample, sampleVariants, webhookSample } from "../../src/samples/index.ts";
import { loaded, readable } from "../corpus/documents.ts";
import { contractOf } from "../emit/helpers.ts";

const repository = join(import.meta.dirname, "../..");
const CONTRACTS = [
  "bandwidth-webrtc/openapi.yaml",
  "conference/openapi.yaml",
  "bandwidth-voice-messaging/asyncapi.yaml",
];

async function contractAt(path: string): Promise<Contract> {
  const { value } = await loadContract(path, { cwd: repository, id: "contract" });
  if (value === null) throw new Error(`${path} cannot be read`);
  return value.contract;
}

/** What the contract's own validators refuse of what was made for its webhooks, and for which nothing was made. */
function faultsOf(contract: Contract): readonly string[] {
  const check = createPayloadCheck(contract);
  return contract.webhooks.flatMap((webhook) => {
    const { name } = webhook;
    const wholes = (["minimal", "full"] as const).flatMap((mode) => {
      const sample = webhookSample(contract, webhook, mode);
      if (!sample.ok) return [`${name} ${mode}: ${sample.reason}`];
      return check(webhook, sample.value).map(
        ({ instancePath, message }) => `${name} ${mode}: ${instancePath} ${message}`,
      );
    });
    const variants = sampleVariants(contract, webhook).flatMap((variant) => {
      return check(webhook, variant.payload).map(({ message }) => `${name} ${variant.name}: ${message}`);
    });
    return [...wholes, ...variants];
  });
}

describe("every webhook gets payloads that its own validator accepts", () => {
  test.each(readable)("$name", async (document) => {
    expect(faultsOf((await loaded(document)).value.contract)).toEqual([]);
  });

  test.each(CONTRACTS)("%s", async (path) => {
    const contract = await contractAt(`specs/${path}`);
    expect(faultsOf(contract)).toEqual([]);
    expect(
      faultsOf({ ...contract, webhooks: contract.webhooks.map((webhook) => ({ ...webhook, examples: [] })) }),
    ).toEqual([]);
  });
});

interface Case {
  readonly schema: Schema;
  readonly minimal: Json;
  readonly full: Json;
  readonly named?: Readonly<Record<string, Schema>>;
}

const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  required,
});

/** Written out, Biome takes the schema for a promise. */
const THEN = "then";

const CASES: Readonly<Record<string, Case>> = {
  "what is required, and everything": {
    schema: object({ id: { type: "integer" }, email: { type: "string", format: "email" } }, ["id"]),
    minimal: { id: 1001 },
    full: { id: 1001, email: "ada@example.com" },
  },
  "examples, constants and defaults of the document": {
    schema: object({
      a: { type: "string", examples: ["shown"], default: "usual" },
      b: { const: 7 },
      c: { enum: [null, "first"] },
      d: { type: "string", default: "usual" },
    }),
    minimal: {},
    full: { a: "shown", b: 7, c: "first", d: "usual" },
  },
  "allOf is one": {
    schema: {
      allOf: [object({ a: { minimum: 3 } }, ["a"]), object({ a: { type: "integer", maximum: 4, multipleOf: 2 } })],
    },
    minimal: { a: 4 },
    full: { a: 4 },
  },
  "a reference into itself ends": {
    schema: { $ref: "#/schemas/Node" },
    named: { Node: object({ id: { type: "integer" }, next: { $ref: "#/schemas/Node" } }, ["id"]) },
    minimal: { id: 1001 },
    full: { id: 1001, next: { id: 1001 } },
  },
  "a reference into itself that is required ends at null": {
    schema: { $ref: "#/schemas/Node" },
    named: { Node: object({ next: { anyOf: [{ $ref: "#/schemas/Node" }, { type: "null" }] } }, ["next"]) },
    minimal: { next: null },
    full: { next: null },
  },
  "if, then and else": {
    schema: {
      ...(object({ kind: { enum: ["card", "cash"] }, number: { type: "integer" } }, ["kind"]) as object),
      if: { properties: { kind: { const: "card" } } },
      [THEN]: { required: ["number"] },
    },
    minimal: { kind: "cash" },
    full: { kind: "card", number: 1001 },
  },
  "exactly one of two properties": {
    schema: {
      ...(object({ a: { type: "boolean" }, b: { type: "boolean" } }) as object),
      oneOf: [{ required: ["a"] }, { required: ["b"] }],
    },
    minimal: { a: true },
    full: { a: true },
  },
  "branches that nothing but values tells apart": {
    schema: { oneOf: [object({ a: { type: "string" } }), object({ a: { type: "boolean" } })] },
    minimal: { a: "a" },
    full: { a: "a" },
  },
  "properties that need others": {
    schema: { ...(object({ a: { const: 1 }, b: { const: 2 } }, ["a"]) as object), dependentRequired: { a: ["b"] } },
    minimal: { a: 1, b: 2 },
    full: { a: 1, b: 2 },
  },
  "names by pattern, and of a map": {
    schema: object({
      tags: { type: "object", patternProperties: { "^x-[a-z]{3}$": { const: 1 } }, additionalProperties: false },
      counts: { type: "object", additionalProperties: { type: "integer" } },
    }),
    minimal: {},
    full: { tags: { "x-cde": 1 }, counts: { example: 1 } },
  },
  lists: {
    schema: object({
      unique: { type: "array", items: { type: "string", format: "date" }, minItems: 3, uniqueItems: true },
      pair: { type: "array", prefixItems: [{ const: "a" }, { const: "b" }], items: false },
      some: { type: "array", contains: { const: "x" }, minContains: 2, items: { type: "string" } },
    }),
    minimal: {},
    full: { unique: ["2026-01-15", "2026-01-16", "2026-01-17"], pair: ["a", "b"], some: ["x", "x"] },
  },
  patterns: {
    schema: object({
      currency: { type: "string", pattern: "^[A-Z]{3}$" },
      digits: { type: "string", pattern: "^\\d+$" },
      phone: { type: "string", pattern: "^\\+[1-9]\\d{1,14}$" },
      code: { type: "string", pattern: "^(AB|CD)-\\d{2}(?:-[x-z])?$" },
      long: { type: "string", pattern: "^[a-c]+$", minLength: 12 },
    }),
    minimal: {},
    full: { currency: "USD", digits: "1001", phone: "+12025550100", code: "AB-45-x", long: "abcabcabcabc" },
  },
  "JSON in a string is written as a string": {
    schema: {
      type: "string",
      contentMediaType: "application/json",
      contentSchema: object({ id: { type: "integer" }, ended_at: { type: "string" } }, ["id"]),
    },
    minimal: '{"id":1001}',
    full: '{"id":1001,"ended_at":"2026-01-15T09:30:00Z"}',
  },
  "a batch has an event": {
    schema: { type: "array", items: object({ a: { const: 1 } }, ["a"]) },
    minimal: [{ a: 1 }],
    full: [{ a: 1 }],
  },
  "open enums, and what has no type": {
    schema: object({ state: { type: "string", enum: ["on", "off"], "x-open-enum": true }, any: true, text: {} }),
    minimal: {},
    full: { state: "on", any: "any", text: "An example" },
  },
  "nothing that is not described": {
    schema: { allOf: [object({ a: { const: 1 } })], properties: { b: { const: 2 } }, unevaluatedProperties: false },
    minimal: {},
    full: { b: 2, a: 1 },
  },
  "what not refuses": {
    schema: {
      ...(object({ a: { enum: [1, 2] }, b: { const: 2 } }, ["a"]) as object),
      not: { properties: { a: { const: 1 } } },
    },
    minimal: { a: 2 },
    full: { a: 2, b: 2 },
  },
};

describe("samples", () => {
  test.each(Object.entries(CASES))("%s", (_, { schema, minimal, full, named = {} }) => {
    const contract = contractOf({ event: schema }, named);
    expect(minimalSample(contract, schema)).toEqual({ ok: true, value: minimal });
    expect(fullSample(contract, schema)).toEqual({ ok: true, value: full });
  });

  test.each<[string, Schema, string]>([
    ["false", false, "nothing was found that keeps to its schema"],
    ["two constants", { allOf: [{ const: 1 }, { const: 2 }] }, "nothing was found that keeps to its schema"],
    [
      "a required property without a value",
      object({ a: object({ b: { type: "string", minLength: 3, maxLength: 2 } }, ["b"]) }, ["a"]),
      "nothing was found that keeps to the schema of /a/b",
    ],
    ["itself without end", { $ref: "#/schemas/Loop" }, "nothing was found that keeps to the schema of /l/l/l"],
  ])("nothing keeps to %s, and it is said so", (_, schema, reason) => {
    const contract = contractOf({ event: schema }, { Loop: object({ l: { $ref: "#/schemas/Loop" } }, ["l"]) });
    expect(minimalSample(contract, schema)).toEqual({ ok: false, reason });
  });

  test("references that double at every level end", () => {
    const named = Object.fromEntries(
      Array.from({ length: 30 }, (_, level) => {
        const next: Schema = level === 29 ? { type: "string" } : { $ref: `#/schemas/L${level + 1}` };
        return [`L${level}`, object({ a: next, b: next }, ["a", "b"])];
      }),
    );
    const contract = contractOf({ event: { $ref: "#/schemas/L0" } }, named);
    expect(fullSample(contract, { $ref: "#/schemas/L0" })).toEqual({
      ok: false,
      reason: "its schema leads to too many values",
    });
  });
});

describe("variants", () => {
  const named = {
    Card: object({ kind: { const: "card" }, last4: { type: ["string", "null"] } }, ["kind"]),
    Cash: { ...(object({ kind: { const: "cash" } }, ["kind"]) as object), title: "Cash in hand" },
  };
  const schema = object(
    { id: { type: "integer" }, paid: { oneOf: [{ $ref: "#/schemas/Card" }, { $ref: "#/schemas/Cash" }] } },
    ["id"],
  );

  test("examples, smallest, fullest, every branch, every null", () => {
    const source = { file: "openapi.yaml", pointer: "" };
    const examples = [{ name: "shown", payload: { id: 5, paid: { kind: "cash" } }, source }];
    const contract = contractOf({ paid: { payload: schema, examples } }, named);
    const [webhook] = contract.webhooks;
    if (webhook === undefined) throw new Error("there is none");
    expect(sampleVariants(contract, webhook)).toEqual([
      { name: "shown", kind: "example", payload: { id: 5, paid: { kind: "cash" } } },
      { name: "minimal", kind: "minimal", payload: { id: 5 } },
      { name: "full", kind: "full", payload: { id: 5, paid: { kind: "card", last4: "last4" } } },
      { name: "/paid/last4: null", kind: "null", payload: { id: 5, paid: { kind: "card", last4: null } } },
    ]);
    const alone = { ...contract, webhooks: [{ ...webhook, examples: [] }] };
    expect(sampleVariants(alone, { ...webhook, examples: [] }).map(({ name }) => name)).toEqual([
      "minimal",
      "full",
      "/paid: Cash in hand",
      "/paid/last4: null",
    ]);
  });

  test("what the caller's validator refuses is left out, and so are routes' values that are not there", () => {
    const route = [{ in: "body", at: "/type", value: "paid" }] as const;
    const contract = contractOf({ paid: { payload: schema, route } }, named);
    const [webhook] = contract.webhooks;
    if (webhook === undefined) throw new Error("there is none");
    const accepts = (payload: Json) => Object.keys(payload as object).length === 2;
    expect(sampleVariants(contract, webhook, { accepts })).toEqual([
      { name: "minimal", kind: "minimal", payload: { id: 1001, type: "paid" } },
    ]);
  });
});

import { b, type Case, E, i, N, oa, obj, R, s, wh } from "./vendor-words.ts";

const aas2 = (payload: unknown, headers?: unknown, more = {}) => ({
  asyncapi: "2.6.0",
  info: { title: "T", version: "1" },
  channels: {
    "order/paid": {
      subscribe: {
        operationId: "orderPaid",
        message: { name: "orderPaid", payload, ...(headers ? { headers } : {}), ...more },
      },
    },
  },
});
const aas3 = (payload: unknown, headers?: unknown, more = {}) => ({
  asyncapi: "3.0.0",
  info: { title: "T", version: "1" },
  channels: {
    orders: {
      address: "order/paid",
      messages: { orderPaid: { name: "orderPaid", payload, ...(headers ? { headers } : {}), ...more } },
    },
  },
  operations: {
    orderPaid: {
      action: "send",
      channel: { $ref: "#/channels/orders" },
      messages: [{ $ref: "#/channels/orders/messages/orderPaid" }],
    },
  },
});
const oa30 = (schema: unknown, schemas = {}) => ({
  openapi: "3.0.3",
  info: { title: "T", version: "1" },
  paths: {
    "/sub": {
      post: { responses: { "201": { description: "" } }, callbacks: { e: { "{$request.body#/url}": wh(schema, N) } } },
    },
  },
  components: { schemas },
});

/** The same events in other words, and changes that go with them. */
export const formats: readonly Case[] = [
  [
    "aas 2 to 3 with headers",
    aas2(obj({ id: s }, ["id"]), obj({ "X-Id": s }, ["X-Id"])),
    aas3(obj({ id: s }, ["id"]), obj({ "x-id": s }, ["x-id"])),
    [],
  ],
  [
    "aas 2 traits to 3 inline",
    aas2(obj({ id: s }), undefined, { traits: [{ headers: obj({ "X-Id": s }) }] }),
    aas3(obj({ id: s }), obj({ "X-Id": s })),
    [],
  ],
  [
    "aas 2 to 3 and change",
    aas2(obj({ id: s, n: i }, ["id", "n"])),
    aas3(obj({ id: s, n: i }, ["id"])),
    ["breaking property-became-optional orderPaid /n"],
  ],
  [
    "aas3 avro-like schemaFormat",
    aas3({ schemaFormat: "application/schema+json;version=draft-07", schema: obj({ id: s }) }),
    aas3(obj({ id: s })),
    [],
  ],
  [
    "aas3 address changed",
    aas3(obj({ id: s })),
    JSON.parse(JSON.stringify(aas3(obj({ id: s }))).replace("order/paid", "orders/paid")),
    ["breaking address-changed orderPaid webhook:"],
  ],
  [
    "aas3 two messages one payload const",
    aas3({ oneOf: [obj({ t: { const: "a" } }, ["t"]), obj({ t: { const: "b" } }, ["t"])] }),
    aas3({
      oneOf: [obj({ t: { const: "a" } }, ["t"]), obj({ t: { const: "b" } }, ["t"]), obj({ t: { const: "c" } }, ["t"])],
    }),
    ["safe webhook-added c webhook:"],
  ],
  [
    "3.0 exclusiveMinimum flag",
    oa30(obj({ a: { type: "number", minimum: 0, exclusiveMinimum: true } })),
    E(obj({ a: { type: "number", exclusiveMinimum: 0 } })),
    [],
  ],
  [
    "3.0 nullable enum with null",
    oa30(obj({ a: { type: "string", nullable: true, enum: ["x", "y", null] } })),
    E(obj({ a: { enum: ["x", "y", null] } })),
    [],
  ],
  [
    "3.0 ref siblings ignored",
    oa30(obj({ a: { $ref: "#/components/schemas/A", description: "d" } }), { A: s }),
    E(obj({ a: s })),
    [],
  ],
  [
    "3.0 nullable ref via allOf removed",
    oa30(obj({ a: { nullable: true, allOf: [R("A")] } }), { A: obj({ x: s }) }),
    E(obj({ a: R("A") }), { A: obj({ x: s }) }),
    ["safe type-narrowed e /a"],
  ],
  [
    "default and example only",
    E(obj({ a: { type: "string", default: "x", example: "y" } })),
    E(obj({ a: { type: "string", default: "z", examples: ["q"] } })),
    [],
  ],
  [
    "deprecated property",
    E(obj({ a: s })),
    E(obj({ a: { type: "string", deprecated: true } })),
    ["safe deprecated e /a"],
  ],
  [
    "deprecated and renamed",
    E(obj({ user_name: s }, ["user_name"])),
    E(obj({ username: s }, ["username"])),
    ["breaking property-removed e /user_name", "safe property-added e /username"],
  ],
  [
    "variants merged into one object",
    E({
      oneOf: [obj({ kind: { const: "a" }, x: s }, ["kind", "x"]), obj({ kind: { const: "b" }, y: s }, ["kind", "y"])],
    }),
    E(obj({ kind: { enum: ["a", "b"] }, x: s, y: s }, ["kind"])),
    ["breaking webhook-removed a webhook:", "breaking webhook-removed b webhook:", "safe webhook-added e webhook:"],
  ],
  [
    "inner variants merged",
    E(
      obj({
        v: {
          oneOf: [
            obj({ kind: { const: "a" }, x: s }, ["kind", "x"]),
            obj({ kind: { const: "b" }, y: s }, ["kind", "y"]),
          ],
        },
      }),
    ),
    E(obj({ v: obj({ kind: { enum: ["a", "b"] }, x: s, y: s }, ["kind"]) })),
    [
      "breaking property-became-optional e /v/x",
      "breaking property-became-optional e /v/y",
      "safe variant-removed e /v",
      "safe variant-removed e /v",
    ],
  ],
  [
    "object split into variants",
    E(obj({ v: obj({ kind: { enum: ["a", "b"] }, x: s, y: s }, ["kind"]) })),
    E(
      obj({
        v: {
          oneOf: [
            obj({ kind: { const: "a" }, x: s }, ["kind", "x"]),
            obj({ kind: { const: "b" }, y: s }, ["kind", "y"]),
          ],
        },
      }),
    ),
    [
      "risky variant-added e /v",
      "risky variant-added e /v",
      "safe property-became-required e /v/x",
      "safe property-became-required e /v/y",
    ],
  ],
  [
    "type object omitted",
    E(obj({ a: obj({ b: s }) })),
    E(obj({ a: { properties: { b: s } } })),
    ["breaking type-widened e /a"],
  ],
  [
    "items oneOf grown",
    E(
      obj({
        l: { type: "array", items: { oneOf: [obj({ k: { const: "a" } }, ["k"]), obj({ k: { const: "b" } }, ["k"])] } },
      }),
    ),
    E(
      obj({
        l: {
          type: "array",
          items: {
            oneOf: [
              obj({ k: { const: "a" } }, ["k"]),
              obj({ k: { const: "b" } }, ["k"]),
              obj({ k: { const: "c" } }, ["k"]),
            ],
          },
        },
      }),
    ),
    ["risky variant-added e /l/*"],
  ],
  ["enum 1 vs 1.0", E(obj({ a: { enum: [1, 2] } })), E(obj({ a: { enum: [1.0, 2] } })), []],
  ["enum case", E(obj({ a: { enum: ["PAID"] } })), E(obj({ a: { enum: ["paid"] } })), ["breaking const-changed e /a"]],
  [
    "envelope via allOf ref plus discriminator root",
    oa(
      { ev: wh({ oneOf: [R("A"), R("B")], discriminator: { propertyName: "type" } }) },
      {
        Env: obj({ id: s, type: s }, ["id", "type"]),
        A: { allOf: [R("Env"), obj({ type: { const: "A" }, x: s })] },
        B: { allOf: [R("Env"), obj({ type: { const: "B" }, y: s })] },
      },
    ),
    oa(
      { ev: wh({ oneOf: [R("A"), R("B")], discriminator: { propertyName: "type" } }) },
      {
        Env: obj({ id: s, type: s, livemode: b }, ["id", "type", "livemode"]),
        A: { allOf: [R("Env"), obj({ type: { const: "A" }, x: i })] },
        B: { allOf: [R("Env"), obj({ type: { const: "B" }, y: s })] },
      },
    ),
    ["breaking type-changed A /x", "safe property-added A /livemode", "safe property-added B /livemode"],
  ],
  ["const bool flag flipped", E(obj({ test: { const: false } })), E(obj({ test: b })), ["risky enum-removed e /test"]],
  ["PUT", oa({ e: wh(obj({})) }), oa({ e: { put: wh(obj({})).post } }), ["breaking method-changed e webhook:"]],
  [
    "empty schema to object",
    E(obj({ a: {} })),
    E(obj({ a: obj({ x: s }) })),
    ["safe property-added e /a/x", "safe type-narrowed e /a"],
  ],
  ["string to enum", E(obj({ a: s })), E(obj({ a: { type: "string", enum: ["x"] } })), ["safe enum-introduced e /a"]],
  [
    "format email dropped for pattern",
    E(obj({ a: { type: "string", format: "email" } })),
    E(obj({ a: { type: "string", pattern: "@" } })),
    ["risky format-removed e /a", "safe constraint-tightened e /a"],
  ],
  [
    "multipleOf",
    E(obj({ a: { type: "number", multipleOf: 0.01 } })),
    E(obj({ a: { type: "number", multipleOf: 0.001 } })),
    ["risky constraint-loosened e /a"],
  ],
  [
    "const null to string",
    E(obj({ a: { type: "null" } })),
    E(obj({ a: { type: ["string", "null"] } })),
    ["breaking type-widened e /a"],
  ],
  [
    "propertyNames",
    E(obj({ a: { type: "object", propertyNames: { pattern: "^[a-z]+$" } } })),
    E(obj({ a: { type: "object", propertyNames: { pattern: "^[a-z0-9]+$" } } })),
    ["risky constraint-loosened e /a"],
  ],
  [
    "header required dropped and type",
    E(obj({}), {}, { parameters: [{ name: "X-Retry", in: "header", required: true, schema: i }] }),
    E(obj({}), {}, { parameters: [{ name: "X-Retry", in: "header", schema: s }] }),
    ["breaking header-became-optional e headers:/x-retry", "breaking type-changed e headers:/x-retry"],
  ],
  [
    "header removed",
    E(obj({}), {}, { parameters: [{ name: "X-Retry", in: "header", required: true, schema: i }] }),
    E(obj({})),
    ["breaking header-removed e headers:/x-retry"],
  ],
  [
    "form encoding array",
    oa({ e: wh(obj({ a: { type: "array", items: s } }), N, "multipart/form-data") }),
    oa({
      e: wh(obj({ a: { type: "array", items: s }, f: { type: "string", format: "binary" } }), N, "multipart/form-data"),
    }),
    ["safe property-added e /f"],
  ],
  [
    "not enum",
    E(obj({ a: { type: "string", not: { enum: ["x"] } } })),
    E(obj({ a: s })),
    ["risky constraint-loosened e /a"],
  ],
  [
    "contains",
    E(obj({ l: { type: "array", items: s, contains: { const: "x" } } })),
    E(obj({ l: { type: "array", items: s } })),
    ["risky constraint-loosened e /l"],
  ],
  [
    "array of refs changed to ids",
    E(obj({ items: { type: "array", items: obj({ id: s }) } })),
    E(obj({ items: { type: "array", items: s } })),
    ["breaking type-changed e /items/*"],
  ],
  [
    "map to list",
    E(obj({ m: { type: "object", additionalProperties: s } })),
    E(obj({ m: { type: "array", items: s } })),
    ["breaking type-changed e /m"],
  ],
  ["bool schema true prop", E(obj({ a: true })), E(obj({ a: {} })), []],
  ["prop false", E(obj({ a: s })), E(obj({ a: false })), ["breaking property-removed e /a"]],
  [
    "x-open-enum opened",
    E(obj({ a: { type: "string", enum: ["x"] } })),
    E(obj({ a: { type: "string", enum: ["x"], "x-open-enum": true } })),
    ["risky enum-opened e /a"],
  ],
];

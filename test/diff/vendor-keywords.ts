import { b, type Case, i, n, oa, obj, R, s, wh, when } from "./vendor-words.ts";

const js = (x: unknown, mt = "application/json") => ({ type: "string", contentMediaType: mt, contentSchema: x });
const sec = {
  securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" }, basic: { type: "http", scheme: "basic" } },
};

/** What was done by one keyword or part of a description. */
export const keywords: readonly Case[] = [
  [
    "if then added",
    oa({ e: wh(obj({ status: { enum: ["ok", "failed"] }, reason: s })) }),
    oa({
      e: wh({
        ...obj({ status: { enum: ["ok", "failed"] }, reason: s }),
        ...when({ properties: { status: { const: "failed" } }, required: ["status"] }, { required: ["reason"] }),
      }),
    }),
    ["safe constraint-tightened e "],
  ],
  [
    "if then dropped",
    oa({
      e: wh({
        ...obj({ status: { enum: ["ok", "failed"] }, reason: s }),
        ...when({ properties: { status: { const: "failed" } }, required: ["status"] }, { required: ["reason"] }),
      }),
    }),
    oa({ e: wh(obj({ status: { enum: ["ok", "failed"] }, reason: s })) }),
    ["risky constraint-loosened e "],
  ],
  [
    "dependentRequired dropped",
    oa({ e: wh(obj({ card: s, billing: s }, [], { dependentRequired: { card: ["billing"] } })) }),
    oa({ e: wh(obj({ card: s, billing: s })) }),
    ["risky constraint-loosened e "],
  ],
  [
    "dependentRequired to required",
    oa({ e: wh(obj({ card: s, billing: s }, [], { dependentRequired: { card: ["billing"] } })) }),
    oa({ e: wh(obj({ card: s, billing: s }, ["billing"])) }),
    ["safe property-became-required e /billing"],
  ],
  [
    "contentSchema inner removed",
    oa({ e: wh(obj({ payload: js(obj({ id: i, url: s }, ["id", "url"])) }, ["payload"])) }),
    oa({ e: wh(obj({ payload: js(obj({ id: { type: ["integer", "string"] } }, ["id"])) }, ["payload"])) }),
    ["breaking property-removed e /payload/url", "breaking type-widened e /payload/id"],
  ],
  [
    "string to object",
    oa({ e: wh(obj({ payload: js(obj({ id: i })) })) }),
    oa({ e: wh(obj({ payload: obj({ id: i }) })) }),
    ["breaking type-changed e /payload"],
  ],
  [
    "security or added",
    oa({ e: wh(obj({}), { security: [{ key: [] }] }) }, {}, sec),
    oa({ e: wh(obj({}), { security: [{ key: [] }, { basic: [] }] }) }, {}, sec),
    ["breaking security-changed e webhook:"],
  ],
  [
    "security or dropped",
    oa({ e: wh(obj({}), { security: [{ key: [] }, { basic: [] }] }) }, {}, sec),
    oa({ e: wh(obj({}), { security: [{ key: [] }] }) }, {}, sec),
    ["breaking security-changed e webhook:"],
  ],
  [
    "security and added",
    oa({ e: wh(obj({}), { security: [{ key: [] }] }) }, {}, sec),
    oa({ e: wh(obj({}), { security: [{ key: [], basic: [] }] }) }, {}, sec),
    ["breaking security-changed e webhook:"],
  ],
  [
    "security order and names",
    oa({ e: wh(obj({}), { security: [{ key: [] }, { basic: [] }] }) }, {}, sec),
    oa(
      { e: wh(obj({}), { security: [{ b: [] }, { k: [] }] }) },
      {},
      { securitySchemes: { k: sec.securitySchemes.key, b: sec.securitySchemes.basic } },
    ),
    [],
  ],
  [
    "replies",
    oa({ e: wh(obj({}), { responses: { "200": { description: "" }, "410": { description: "" } } }) }),
    oa({ e: wh(obj({}), { responses: { "2XX": { description: "" } } }) }),
    ["breaking reply-removed e reply:/410"],
  ],
  [
    "reply body new required",
    oa({
      e: wh(obj({}), {
        responses: { "200": { description: "", content: { "application/json": { schema: obj({ ok: b }) } } } },
      }),
    }),
    oa({
      e: wh(obj({}), {
        responses: {
          "200": {
            description: "",
            content: { "application/json": { schema: obj({ ok: b, challenge: s }, ["challenge"]) } },
          },
        },
      }),
    }),
    ["breaking property-added e reply:/200/payload/challenge"],
  ],
  [
    "form added",
    oa({ e: wh(obj({ a: s })) }),
    oa({
      e: {
        post: {
          requestBody: {
            content: {
              "application/json": { schema: obj({ a: s }) },
              "application/x-www-form-urlencoded": { schema: obj({ a: s }) },
            },
          },
          responses: { "200": { description: "" } },
        },
      },
    }),
    ["safe form-added e webhook:"],
  ],
  [
    "charset only",
    oa({ e: wh(obj({ a: s })) }),
    oa({ e: wh(obj({ a: s }), {}, "application/json; charset=utf-8") }),
    [],
  ],
  [
    "json to cloudevents",
    oa({ e: wh(obj({ a: s })) }),
    oa({ e: wh(obj({ a: s }), {}, "application/cloudevents+json") }),
    ["breaking content-type-changed e webhook:"],
  ],
  [
    "tuple longer",
    oa({ e: wh(obj({ pos: { type: "array", prefixItems: [n, n], items: false, minItems: 2 } })) }),
    oa({ e: wh(obj({ pos: { type: "array", prefixItems: [n, n, n], items: false, minItems: 2 } })) }),
    ["risky constraint-loosened e /pos"],
  ],
  [
    "list to tuple",
    oa({ e: wh(obj({ pos: { type: "array", items: n } })) }),
    oa({ e: wh(obj({ pos: { type: "array", prefixItems: [n, n], items: false, minItems: 2 } })) }),
    ["safe constraint-tightened e /pos", "safe constraint-tightened e /pos"],
  ],
  [
    "recursive child required dropped",
    oa(
      { e: wh(R("Node")) },
      { Node: obj({ id: s, name: s, children: { type: "array", items: R("Node") } }, ["id", "name"]) },
    ),
    oa(
      { e: wh(R("Tree")) },
      {
        Tree: obj({ id: s, name: s, children: { type: "array", items: R("Leafy") } }, ["id"]),
        Leafy: obj({ id: s, name: s, children: { type: "array", items: R("Tree") } }, ["id", "name"]),
      },
    ),
    ["breaking property-became-optional e /name"],
  ],
  [
    "recursion unrolled",
    oa({ e: wh(R("Node")) }, { Node: obj({ id: s, next: R("Node") }, ["id"]) }),
    oa({ e: wh(R("A")) }, { A: obj({ id: s, next: R("B") }, ["id"]), B: obj({ id: s, next: R("A") }, ["id"]) }),
    [],
  ],
  [
    "nullable to list",
    {
      openapi: "3.0.3",
      info: { title: "T", version: "1" },
      paths: {},
      "x-webhooks": { e: wh(obj({ a: { type: "string", nullable: true }, c: { allOf: [R("X")], nullable: true } })) },
      components: { schemas: { X: obj({ q: s }) } },
    },
    oa(
      { e: wh(obj({ a: { type: ["string", "null"] }, c: { anyOf: [R("X"), { type: "null" }] } })) },
      { X: obj({ q: s }) },
    ),
    [],
  ],
  ["integer to number", oa({ e: wh(obj({ ts: i })) }), oa({ e: wh(obj({ ts: n })) }), ["breaking type-widened e /ts"]],
  ["number to integer", oa({ e: wh(obj({ ts: n })) }), oa({ e: wh(obj({ ts: i })) }), ["safe type-narrowed e /ts"]],
  [
    "int32 to int64",
    oa({ e: wh(obj({ ts: { type: "integer", format: "int32" } })) }),
    oa({ e: wh(obj({ ts: { type: "integer", format: "int64" } })) }),
    ["risky format-changed e /ts"],
  ],
  [
    "object to batch",
    oa({ e: wh(obj({ id: s }), { "x-webhook-name": "e" }) }),
    oa({ e: wh({ type: "array", items: obj({ id: s }) }, { "x-webhook-name": "e" }) }),
    ["breaking type-changed e "],
  ],
  [
    "property moved",
    oa({ e: wh(obj({ customer_email: s, customer: obj({ id: s }) }, ["customer_email"])) }),
    oa({ e: wh(obj({ customer: obj({ id: s, email: s }, ["email"]) })) }),
    ["breaking property-removed e /customer_email", "safe property-added e /customer/email"],
  ],
  [
    "enum to oneOf const",
    oa({ e: wh(obj({ st: { type: "string", enum: ["a", "b"] } })) }),
    oa({
      e: wh(
        obj({
          st: {
            oneOf: [
              { const: "a", title: "A" },
              { const: "b", title: "B" },
            ],
          },
        }),
      ),
    }),
    [],
  ],
  [
    "open enum by anyOf",
    oa({ e: wh(obj({ st: { type: "string", enum: ["a", "b"], "x-open-enum": true } })) }),
    oa({ e: wh(obj({ st: { anyOf: [{ type: "string", enum: ["a", "b", "c"] }, s] } })) }),
    ["safe open-enum-value-added e /st"],
  ],
  [
    "oneOf int string added bool",
    oa({ e: wh(obj({ v: { oneOf: [s, i] } })) }),
    oa({ e: wh(obj({ v: { oneOf: [s, i, b] } })) }),
    ["risky variant-added e /v"],
  ],
  [
    "unevaluated closed extended via allOf",
    oa({ e: wh({ allOf: [R("B")], properties: { x: s }, unevaluatedProperties: false }) }, { B: obj({ id: s }) }),
    oa(
      { e: wh({ allOf: [R("B")], properties: { x: s }, unevaluatedProperties: false }) },
      { B: obj({ id: s, extra: s }) },
    ),
    ["risky property-added-to-closed-object e /extra"],
  ],
  [
    "patternProperties",
    oa({ e: wh(obj({ m: { type: "object", patternProperties: { "^x-": s }, additionalProperties: false } })) }),
    oa({ e: wh(obj({ m: { type: "object", patternProperties: { "^[xy]-": s }, additionalProperties: false } })) }),
    ["risky constraint-loosened e /m", "safe constraint-tightened e /m"],
  ],
  [
    "writeOnly readOnly same",
    oa({ e: wh(obj({ id: { type: "string", readOnly: true } })) }),
    oa({ e: wh(obj({ id: s })) }),
    [],
  ],
  [
    "format date to date-time",
    oa({ e: wh(obj({ d: { type: "string", format: "date" } })) }),
    oa({ e: wh(obj({ d: { type: "string", format: "date-time" } })) }),
    ["risky format-changed e /d"],
  ],
  [
    "minItems",
    oa({ e: wh(obj({ l: { type: "array", items: s, minItems: 1 } }, ["l"])) }),
    oa({ e: wh(obj({ l: { type: "array", items: s } }, ["l"])) }),
    ["risky constraint-loosened e /l"],
  ],
];

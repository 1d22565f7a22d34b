import { type Case, i, N, oa, obj, R, s, wh } from "./vendor-words.ts";

const hdr = (name: string, schema: unknown, required = false) => ({ name, in: "header", required, schema });
const slackEv = (t: string, more: object = {}) => obj({ type: { const: t }, user: s, ...more }, ["type"]);
const disc = (names: [string, string][]) => ({
  oneOf: names.map(([, k]) => R(k)),
  discriminator: {
    propertyName: "kind",
    mapping: Object.fromEntries(names.map(([v, k]) => [v, `#/components/schemas/${k}`])),
  },
});

/** What well-known vendors did to their events. */
export const events: readonly Case[] = [
  [
    "stripe thin",
    oa(
      {
        "invoice.paid": wh(
          obj({ id: s, type: { const: "invoice.paid" }, data: obj({ object: R("Invoice") }, ["object"]) }, [
            "id",
            "type",
            "data",
          ]),
        ),
      },
      { Invoice: obj({ id: s, total: i }, ["id"]) },
    ),
    oa({
      "invoice.paid": wh(
        obj({ id: s, type: { const: "invoice.paid" }, related_object: obj({ id: s, type: s, url: s }, ["id"]) }, [
          "id",
          "type",
          "related_object",
        ]),
      ),
    }),
    ["breaking property-removed invoice.paid /data", "safe property-added invoice.paid /related_object"],
  ],
  [
    "stripe expandable",
    oa({ e: wh(obj({ customer: s })) }),
    oa({ e: wh(obj({ customer: { anyOf: [s, R("C")] } })) }, { C: obj({ id: s }) }),
    ["breaking type-widened e /customer"],
  ],
  [
    "shopify gid",
    oa({ e: wh(obj({ id: { type: "integer", format: "int64" }, admin: s }, ["id"])) }),
    oa({ e: wh(obj({ id: { type: "string", pattern: "^gid://" }, admin: s }, ["id"])) }),
    ["breaking type-changed e /id"],
  ],
  [
    "shopify headers",
    oa({
      e: wh(obj({ id: i }), {
        ...N,
        parameters: [hdr("X-Shopify-Topic", s, true), hdr("X-Shopify-API-Version", { enum: ["2024-01"] })],
      }),
    }),
    oa({
      e: wh(obj({ id: i }), {
        ...N,
        parameters: [
          hdr("x-shopify-topic", s, true),
          hdr("X-Shopify-API-Version", { enum: ["2024-01", "2024-04"] }),
          hdr("X-Shopify-Event-Id", s, true),
        ],
      }),
    }),
    ["risky enum-value-added e headers:/x-shopify-api-version", "safe header-added e headers:/x-shopify-event-id"],
  ],
  [
    "twilio form",
    oa({
      status: wh(
        obj({ MessageStatus: { type: "string", enum: ["sent", "delivered"] }, To: s }, ["MessageStatus"]),
        {},
        "application/x-www-form-urlencoded",
      ),
    }),
    oa({
      status: wh(
        obj({ MessageStatus: { type: "string", enum: ["sent", "delivered", "read"] }, To: s, ErrorCode: i }, [
          "MessageStatus",
        ]),
        {},
        "application/x-www-form-urlencoded",
      ),
    }),
    ["risky enum-value-added status /MessageStatus", "safe property-added status /ErrorCode"],
  ],
  [
    "twilio form to json",
    oa({ status: wh(obj({ To: s }), {}, "application/x-www-form-urlencoded") }),
    oa({ status: wh(obj({ To: s })) }),
    ["breaking content-type-changed status webhook:"],
  ],
  [
    "slack nested oneOf",
    oa({
      slack: wh(
        obj(
          {
            type: { const: "event_callback" },
            event: { oneOf: [slackEv("message", { text: s }), slackEv("reaction_added", { reaction: s })] },
          },
          ["type", "event"],
        ),
        { "x-webhook-name": "slack" },
      ),
    }),
    oa({
      slack: wh(
        obj(
          {
            type: { const: "event_callback" },
            event: {
              oneOf: [
                slackEv("message", { text: s, blocks: { type: "array", items: { type: "object" } } }),
                slackEv("reaction_added", { reaction: s }),
                slackEv("app_mention"),
              ],
            },
          },
          ["type", "event"],
        ),
        { "x-webhook-name": "slack" },
      ),
    }),
    ["risky variant-added slack /event", "safe property-added slack /event/blocks"],
  ],
  [
    "github shared",
    oa(
      {
        a: wh(obj({ action: { const: "x" }, sender: R("User") }, ["action", "sender"])),
        b: wh(
          obj({ action: { const: "y" }, sender: R("User"), owner: { anyOf: [R("User"), { type: "null" }] } }, [
            "action",
          ]),
        ),
      },
      { User: obj({ login: s, type: { enum: ["User", "Bot"] }, email: s }, ["login", "type"]) },
    ),
    oa(
      {
        a: wh(obj({ action: { const: "x" }, sender: R("SimpleUser") }, ["action", "sender"])),
        b: wh(
          obj(
            { action: { const: "y" }, sender: R("SimpleUser"), owner: { anyOf: [R("SimpleUser"), { type: "null" }] } },
            ["action"],
          ),
        ),
      },
      {
        SimpleUser: obj(
          { login: s, type: { enum: ["User", "Bot", "Organization"] }, email: { type: ["string", "null"] } },
          ["login"],
        ),
      },
    ),
    [
      "breaking property-became-optional x /sender/type",
      "breaking property-became-optional y /sender/type",
      "breaking type-widened x /sender/email",
      "breaking type-widened y /sender/email",
      "risky enum-value-added x /sender/type",
      "risky enum-value-added y /sender/type",
    ],
  ],
  [
    "discriminator rename",
    oa(
      {
        e: wh(
          obj({
            src: disc([
              ["card", "Card"],
              ["bank", "Bank"],
            ]),
          }),
          { "x-webhook-name": "e" },
        ),
      },
      { Card: obj({ kind: s, last4: s }, ["kind"]), Bank: obj({ kind: s, iban: s }, ["kind"]) },
    ),
    oa(
      {
        e: wh(
          obj({
            src: disc([
              ["card", "CardV2"],
              ["bank", "BankV2"],
            ]),
          }),
          { "x-webhook-name": "e" },
        ),
      },
      { CardV2: obj({ kind: s, last4: s }, ["kind"]), BankV2: obj({ kind: s, iban: s }, ["kind"]) },
    ),
    [],
  ],
  [
    "discriminator value added",
    oa(
      {
        e: wh(
          obj({
            src: disc([
              ["card", "Card"],
              ["bank", "Bank"],
            ]),
          }),
          { "x-webhook-name": "e" },
        ),
      },
      { Card: obj({ kind: s, last4: s }, ["kind"]), Bank: obj({ kind: s, iban: s }, ["kind"]) },
    ),
    oa(
      {
        e: wh(
          obj({
            src: disc([
              ["card", "Card"],
              ["bank", "Bank"],
              ["wallet", "Wallet"],
            ]),
          }),
          { "x-webhook-name": "e" },
        ),
      },
      {
        Card: obj({ kind: s, last4: s }, ["kind"]),
        Bank: obj({ kind: s, iban: s }, ["kind"]),
        Wallet: obj({ kind: s, wallet: s }, ["kind", "wallet"]),
      },
    ),
    ["risky variant-added e /src"],
  ],
  [
    "allOf refactor",
    oa({ e: wh(obj({ id: s, at: { type: "string", format: "date-time" }, total: i }, ["id", "at", "total"])) }),
    oa(
      { e: wh({ allOf: [R("Base"), { properties: { total: i }, required: ["total"] }] }) },
      {
        Base: {
          type: "object",
          properties: { id: s, at: { type: "string", format: "date-time" } },
          required: ["at", "id"],
        },
      },
    ),
    [],
  ],
  [
    "allOf refactor loses required",
    oa({ e: wh(obj({ id: s, total: i }, ["id", "total"])) }),
    oa({ e: wh({ allOf: [R("Base"), obj({ total: i })] }) }, { Base: obj({ id: s }, ["id"]) }),
    ["breaking property-became-optional e /total"],
  ],
  [
    "map value type widened",
    oa({ e: wh(obj({ meta: { type: "object", additionalProperties: s } })) }),
    oa({ e: wh(obj({ meta: { type: "object", additionalProperties: { type: ["string", "number"] } } })) }),
    ["breaking type-widened e /meta/*"],
  ],
  [
    "typed map opened",
    oa({ e: wh(obj({ meta: { type: "object", additionalProperties: s } })) }),
    oa({ e: wh(obj({ meta: { type: "object" } })) }),
    ["breaking type-widened e /meta/*"],
  ],
  [
    "closed everywhere incl nested",
    oa({ e: wh(obj({ a: obj({ x: s }, [], { additionalProperties: false }) }, [], { additionalProperties: false })) }),
    oa({
      e: wh(
        obj({ a: obj({ x: s, y: s }, [], { additionalProperties: false }), c: s }, [], { additionalProperties: false }),
      ),
    }),
    ["risky property-added-to-closed-object e /a/y", "risky property-added-to-closed-object e /c"],
  ],
  [
    "const to enum",
    oa({ e: wh(obj({ v: { const: "1.0" } })) }),
    oa({ e: wh(obj({ v: { enum: ["1.0", "1.1"] } })) }),
    ["risky enum-value-added e /v"],
  ],
  [
    "enum to const",
    oa({ e: wh(obj({ v: { enum: ["1.0", "1.1"] } })) }),
    oa({ e: wh(obj({ v: { const: "1.1" } })) }),
    ["safe enum-value-removed e /v"],
  ],
];

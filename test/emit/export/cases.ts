import { asyncapi, fixed, openapi, post, ref } from "../../normalize/helpers.ts";

/** What a format does to a contract that it cannot say all of; empty where it says everything. */
export interface Outcome {
  /** The messages of `export-loses`, all of them. */
  readonly losses?: readonly string[];
  /** What is not the same when it is read again, as `differingParts` tells it. */
  readonly differs?: readonly string[];
  /** Where the document says a name or a route outright, by pointer. */
  readonly extensions?: readonly string[];
}

export interface Case {
  readonly why: string;
  readonly files: Readonly<Record<string, unknown>>;
  readonly asyncapi?: Outcome;
  readonly openapi?: Outcome;
}

const json = (schema: unknown, rest: object = {}) => ({ "application/json": { schema, ...rest } });
const string = { type: "string" };

/** AsyncAPI: messages by key, all sent by POST to wherever the receiver wants them. */
function messages(byKey: Readonly<Record<string, object>>, parts: object = {}): Record<string, unknown> {
  const keys = Object.keys(byKey);
  return asyncapi({
    channels: {
      hooks: { messages: Object.fromEntries(keys.map((key) => [key, { $ref: `#/components/messages/${key}` }])) },
    },
    operations: Object.fromEntries(
      keys.map((key) => [
        key,
        {
          action: "send",
          channel: { $ref: "#/channels/hooks" },
          messages: [{ $ref: `#/channels/hooks/messages/${key}` }],
        },
      ]),
    ),
    ...parts,
    components: { messages: byKey, ...("components" in parts ? (parts.components as object) : {}) },
  });
}

/** AsyncAPI: one message, sent by each of these operations; `at` is the address of its channel. */
function sent(
  message: object,
  operations: readonly { at?: string; method?: string; [field: string]: unknown }[],
  parts: object = {},
) {
  return asyncapi({
    channels: Object.fromEntries(
      operations.map(({ at }, index) => [
        `c${index}`,
        { address: at ?? null, messages: { m: { $ref: "#/components/messages/m" } } },
      ]),
    ),
    operations: Object.fromEntries(
      operations.map(({ at, method, ...operation }, index) => [
        `o${index}`,
        {
          action: "send",
          channel: { $ref: `#/channels/c${index}` },
          messages: [{ $ref: `#/channels/c${index}/messages/m` }],
          bindings: { http: { method: method ?? "POST" } },
          ...operation,
        },
      ]),
    ),
    ...parts,
    components: { messages: { m: message }, ...("components" in parts ? (parts.components as object) : {}) },
  });
}

export const cases: readonly Case[] = [
  {
    why: "callbacks: expressions, paths, several addresses of one and the same",
    files: openapi({
      webhooks: { both: { $ref: "#/components/pathItems/both" } },
      paths: {
        "/subscribe": {
          post: {
            callbacks: {
              done: { "{$request.body#/url}": post(fixed({ type: "done" })) },
              failed: {
                "https://example.com/{tenant}/failed?x=1#y": { $ref: "#/components/pathItems/failed" },
                "{$request.query.url}/failed": { $ref: "#/components/pathItems/failed" },
              },
              both: { "{$request.body#/url}": { $ref: "#/components/pathItems/both" } },
            },
          },
        },
      },
      components: { pathItems: { failed: post(fixed({ type: "failed" })), both: post(fixed({ type: "both" })) } },
    }),
  },
  {
    why: "addresses that tell webhooks apart",
    files: openapi({
      components: {
        callbacks: {
          a: { "{$request.body#/url}/orders/{id}": post({ type: "object" }) },
          b: { "{$request.body#/url}/refunds": post({ type: "object" }) },
        },
      },
    }),
  },
  {
    why: "several methods of one path item are webhooks each",
    files: openapi({ webhooks: { hook: { post: post(fixed({ t: "a" })).post, put: post(fixed({ t: "b" })).post } } }),
  },
  {
    why: "several methods that nothing tells apart",
    files: openapi({ webhooks: { hook: { post: post({}).post, put: post({}).post, delete: post({}).post } } }),
  },
  {
    why: "a discriminator with a mapping splits the payload",
    files: openapi({
      webhooks: {
        pet: post(
          {
            oneOf: [ref("Cat"), ref("Dog"), ref("Bird-1")],
            discriminator: { propertyName: "kind", mapping: { miau: "#/components/schemas/Cat", wau: "Dog" } },
          },
          {},
        ),
      },
      components: {
        schemas: Object.fromEntries(
          ["Cat", "Dog", "Bird-1"].map((name) => [
            name,
            {
              type: "object",
              title: name,
              required: ["kind"],
              properties: { kind: string, friend: { oneOf: [ref("Cat"), ref("Dog")] } },
            },
          ]),
        ),
      },
    }),
    asyncapi: {
      extensions: [
        "/components/messages/miau/x-webhook-route",
        "/components/messages/wau/x-webhook-route",
        "/components/messages/Bird-1/x-webhook-route",
      ],
    },
    openapi: {
      extensions: [
        "/webhooks/miau/x-webhook-route",
        "/webhooks/wau/x-webhook-route",
        "/webhooks/Bird-1/x-webhook-route",
      ],
    },
  },
  {
    why: "constants split the payload, through allOf and names of branches",
    files: openapi({
      webhooks: {
        order: {
          post: {
            summary: "Whole",
            description: "All",
            requestBody: {
              content: json(
                {
                  type: "object",
                  required: ["id"],
                  properties: { id: string },
                  oneOf: [
                    { ...fixed({ type: "paid" }), description: "Paid it was", deprecated: true },
                    { ...fixed({ type: "sent" }), "x-webhook-name": "gone" },
                    { allOf: [ref("Base"), fixed({ type: "lost" })] },
                  ],
                },
                {
                  examples: {
                    paid: { summary: "P", value: { id: "1", type: "paid" } },
                    lost: { value: { id: "3", type: "lost" } },
                  },
                },
              ),
            },
          },
        },
      },
      components: {
        schemas: { Base: { type: "object", properties: { at: { type: "string", format: "date-time" } } } },
      },
    }),
    asyncapi: {
      extensions: ["/components/messages/gone/x-webhook-name"],
    },
    openapi: {
      extensions: ["/webhooks/gone/x-webhook-name"],
    },
  },
  {
    why: "a discriminator inside a payload",
    files: openapi({
      webhooks: {
        a: post(fixed({ t: "a" }, { properties: { t: { const: "a" }, pet: ref("Pet"), plain: ref("Plain") } })),
      },
      components: {
        schemas: {
          Pet: {
            oneOf: [ref("Cat"), ref("Dog")],
            discriminator: { propertyName: "kind", mapping: { c: "Cat", d: "Dog" } },
          },
          Plain: { anyOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind" } },
          Cat: fixed({ kind: "c" }),
          Dog: fixed({ kind: "d" }),
        },
      },
    }),
    asyncapi: {
      losses: [
        '"a" loses, as AsyncAPI 3.0, the mapping of its discriminator in "Pet": in a Schema Object it is the name of a property.',
      ],
      differs: ["a: payload"],
    },
  },
  {
    why: "recursion, and names of schemas that have to be escaped or made safe",
    files: openapi({
      webhooks: {
        a: post(ref("a~1b")),
        b: post({
          type: "object",
          properties: { tree: { $ref: "#/components/schemas/a b" }, "x/y~z": string, "": string },
        }),
      },
      components: {
        schemas: {
          "a/b": fixed({ t: "x" }, { description: "Recursive", additionalProperties: ref("a~1b") }),
          "a b": { type: "array", items: { anyOf: [string, { $ref: "#/components/schemas/a b" }, ref("payload")] } },
          payload: { type: "object", properties: { $ref: string, ünï: ref("constructor") } },
          constructor: { type: ["string", "null"], enum: ["a", null] },
        },
      },
    }),
  },
  {
    why: "headers with one value, described, deprecated, in examples all alike or not",
    files: openapi({
      webhooks: {
        a: {
          parameters: [
            {
              in: "header",
              name: "X-Event",
              required: true,
              description: "Which",
              schema: { const: "a" },
              example: "a",
            },
            {
              in: "header",
              name: "X-Id",
              deprecated: true,
              schema: { type: "string" },
              examples: { one: { value: "1" }, two: { value: "2" } },
            },
            { in: "header", name: "x-plain", schema: true },
          ],
          post: {
            requestBody: {
              content: json({ type: "object" }, { examples: { one: { value: {} }, two: { value: { a: 1 } } } }),
            },
          },
        },
        b: {
          parameters: [{ in: "header", name: "x-event", schema: { type: "string", enum: ["b"] } }],
          post: { requestBody: { content: json({ type: "object" }) } },
        },
      },
    }),
  },
  {
    why: "AsyncAPI headers that are more than a list of headers",
    files: messages(
      {
        list: {
          headers: { $ref: "#/components/schemas/H" },
          payload: fixed({ t: "list" }),
          examples: [{ payload: { t: "list" }, headers: { "X-A": "1" } }],
        },
        more: {
          headers: {
            allOf: [
              { $ref: "#/components/schemas/H" },
              { type: "object", properties: { "Content-Type": string, b: { type: "integer" } } },
            ],
            additionalProperties: false,
            description: "D",
          },
          payload: fixed({ t: "more" }),
          examples: [
            { name: "one", payload: { t: "more" }, headers: { "x-a": "1", "x-other": "2" } },
            { name: "two", payload: { t: "more" } },
          ],
        },
      },
      { components: { schemas: { H: { type: "object", required: ["X-A"], properties: { "X-A": string } } } } },
    ),
    openapi: {
      losses: [
        '"more" loses, as OpenAPI 3.1, what is said of its headers together ("additionalProperties" and "description").',
        '"more" loses, as OpenAPI 3.1, its header "content-type", which OpenAPI has no parameter for.',
        '"more" loses, as OpenAPI 3.1, "x-other" of its example "one": no parameter describes this header.',
      ],
      differs: ["more: headers", "more: examples"],
    },
  },
  {
    why: "bodies of other types, and several of one webhook",
    files: openapi({
      webhooks: {
        form: {
          post: { requestBody: { content: { "application/x-www-form-urlencoded": { schema: fixed({ t: "form" }) } } } },
        },
        parts: { put: { requestBody: { content: { "multipart/form-data": { schema: fixed({ t: "parts" }) } } } } },
        charset: {
          post: {
            requestBody: { content: { "application/json; charset=utf-8": { schema: fixed({ t: "charset" }) } } },
          },
        },
        cloud: {
          post: { requestBody: { content: { "application/cloudevents+json": { schema: fixed({ t: "cloud" }) } } } },
        },
        any: { post: { requestBody: { content: { "*/*": { schema: fixed({ t: "any" }) } } } } },
        two: {
          post: {
            requestBody: {
              content: {
                "application/x-www-form-urlencoded": { schema: fixed({ t: "two" }) },
                "application/json": { schema: fixed({ t: "two" }), examples: { e: { value: { t: "two" } } } },
              },
            },
          },
        },
      },
    }),
    asyncapi: {
      extensions: ["/components/messages/two/x-webhook-name", "/components/messages/two-form/x-webhook-name"],
    },
  },
  {
    why: "bodies that say nothing, everything or nothing at all",
    files: openapi({
      webhooks: {
        none: { post: {} },
        anything: post(true),
        nothing: post(false),
        named: post(ref("Any")),
        batch: post({ type: "array", items: ref("Never") }),
      },
      components: { schemas: { Any: true, Never: false } },
    }),
  },
  {
    why: "security: alternatives, conjunctions, none, scopes, signatures",
    files: openapi({
      webhooks: {
        alternatives: post(fixed({ t: "alternatives" }), { security: [{ basic: [] }, { token: [] }] }),
        both: post(fixed({ t: "both" }), { security: [{ token: [], signature: [] }, { basic: [] }] }),
        maybe: post(fixed({ t: "maybe" }), { security: [{}, { bearer: [] }] }),
        scoped: post(fixed({ t: "scoped" }), { security: [{ oauth: ["a", "b"] }, { oidc: ["x"] }] }),
        otherwise: post(fixed({ t: "otherwise" }), { security: [{ oauth: ["a"] }] }),
        tls: post(fixed({ t: "tls" }), { security: [{ tls: [] }] }),
        open: post(fixed({ t: "open" }), { security: [] }),
      },
      components: {
        securitySchemes: {
          basic: { type: "http", scheme: "Basic", description: "User and password" },
          bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT", "x-more": { a: 1 } },
          token: { type: "apiKey", in: "header", name: "X-Token" },
          signature: {
            type: "apiKey",
            in: "header",
            name: "x-sig",
            "x-webhook-signature": { header: "x-sig", algorithm: "hmac-sha256", encoding: "hex" },
          },
          oauth: {
            type: "oauth2",
            flows: { clientCredentials: { tokenUrl: "https://example.com/token", scopes: { a: "A", b: "B" } } },
          },
          oidc: { type: "openIdConnect", openIdConnectUrl: "https://example.com/oidc" },
          tls: { type: "mutualTLS" },
        },
      },
    }),
    asyncapi: {
      losses: [
        'The contract loses, as AsyncAPI 3.0, of its security scheme "tls" its type "mutualTLS".',
        '"both" loses, as AsyncAPI 3.0, that "token" and "signature" are needed together: each is written as an alternative.',
        '"maybe" loses, as AsyncAPI 3.0, that it may come without authentication.',
        '"otherwise" loses, as AsyncAPI 3.0, the scopes of "oauth" that it needs.',
        '"tls" loses, as AsyncAPI 3.0, its security scheme "tls".',
      ],
      differs: ["schemes", "both: security", "maybe: security", "otherwise: security", "tls: security"],
    },
  },
  {
    why: "security schemes of brokers",
    files: sent(
      { payload: fixed({ t: "m" }) },
      [
        {
          security: [
            { $ref: "#/components/securitySchemes/user" },
            { $ref: "#/components/securitySchemes/key" },
            { $ref: "#/components/securitySchemes/token" },
            { $ref: "#/components/securitySchemes/oauth" },
          ],
        },
      ],
      {
        components: {
          securitySchemes: {
            user: { type: "userPassword" },
            key: { type: "apiKey", in: "user" },
            token: { type: "httpApiKey", in: "query", name: "t", "x-webhook-signature": "github" },
            oauth: {
              type: "oauth2",
              scopes: ["s"],
              flows: { clientCredentials: { tokenUrl: "https://example.com/token", availableScopes: { s: "S" } } },
            },
          },
        },
      },
    ),
    openapi: {
      losses: [
        'The contract loses, as OpenAPI 3.1, of its security scheme "key" its type "apiKey".',
        'The contract loses, as OpenAPI 3.1, of its security scheme "user" its type "userPassword".',
        '"m" loses, as OpenAPI 3.1, the security requirement "user".',
        '"m" loses, as OpenAPI 3.1, the security requirement "key".',
      ],
      differs: ["schemes", "m: security"],
    },
  },
  {
    why: "examples: names, texts, JSON in strings, values of every kind, keys of every kind",
    files: openapi({
      webhooks: {
        a: post(
          {
            type: "object",
            properties: {
              t: { const: "a" },
              inner: { type: "string", contentMediaType: "application/json", contentSchema: ref("Inner") },
            },
            required: ["t"],
          },
          {
            requestBody: {
              content: json(
                {
                  type: "object",
                  properties: {
                    t: { const: "a" },
                    inner: { type: "string", contentMediaType: "application/json", contentSchema: ref("Inner") },
                  },
                  required: ["t"],
                },
                {
                  examples: {
                    "a b/c": { summary: "S", description: "A longer text", value: { t: "a", inner: '{"n":1}' } },
                    "x-é": {
                      value: JSON.parse(
                        '{"t":"a","__proto__":{"a":[null,true,1.5,""]},"constructor":"yes","on":"2020-01-01"}',
                      ),
                    },
                    "1": { value: null },
                  },
                },
              ),
            },
          },
        ),
        b: { post: { requestBody: { content: json(fixed({ t: "b" }), { example: { t: "b" } }) } } },
        c: post(fixed({ t: "c" }, { examples: [{ t: "c" }] })),
      },
      components: { schemas: { Inner: { type: "object", properties: { n: { type: "integer" } } } } },
    }),
    asyncapi: {
      losses: [
        '"a" loses, as AsyncAPI 3.0, the description of its example "a b/c": a Message Example Object has none.',
      ],
      differs: ["a: examples"],
    },
  },
  {
    why: "keywords of every draft, and our own",
    files: openapi({
      webhooks: {
        a: post({
          type: "object",
          title: "T",
          required: ["z", "a"],
          properties: {
            z: { const: "z" },
            a: { type: ["string", "null"], enum: ["x", "y", null], "x-open-enum": true },
            list: { type: "array", items: string, "x-query-array": "bracketed" },
            tuple: { type: "array", prefixItems: [string, true], items: false, minItems: 1 },
            pair: { prefixItems: [{ type: "integer" }, ref("Leaf")] },
            none: false,
            null: { const: null, default: null, examples: [null] },
            date: { type: "string", format: "date-time", pattern: "^\\d+$", readOnly: true },
          },
          patternProperties: { "^x-": { type: "number", exclusiveMinimum: 0, multipleOf: 0.5 } },
          dependentRequired: { a: ["z"] },
          dependentSchemas: { list: { required: ["tuple"] }, pair: true },
          if: { required: ["a"] },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { minProperties: 2 },
          else: false,
          propertyNames: { maxLength: 30 },
          unevaluatedProperties: false,
          $comment: "C",
          externalDocs: { url: "https://example.com/a" },
          "x-own": [{ a: 1 }],
        }),
        b: post({
          type: "object",
          dependentRequired: { a: ["z"] },
          dependentSchemas: { a: { required: ["y"] } },
          not: { required: ["n"] },
        }),
      },
      components: {
        schemas: {
          Leaf: { $ref: "#/components/schemas/Deep", description: "Beside" },
          Deep: { $defs: { x: string }, properties: { y: { $ref: "#/components/schemas/Deep/$defs/x" } } },
        },
      },
    }),
  },
  {
    why: "the query: fields one by one, JSON in a field, with and without a body",
    files: openapi({
      webhooks: {
        fields: {
          get: {
            parameters: [
              { in: "query", name: "t", required: true, schema: { const: "fields" } },
              { in: "query", name: "list", description: "Many", schema: { type: "array", items: string } },
              { in: "query", name: "more", deprecated: true, content: json({ type: "object" }) },
            ],
          },
        },
        empty: { head: {} },
        posted: { post: { parameters: [{ in: "query", name: "t", required: true, schema: { const: "posted" } }] } },
        whole: {
          get: {
            parameters: [
              {
                in: "query",
                name: "any",
                explode: true,
                schema: ref("Event"),
                examples: { one: { summary: "S", value: { t: "whole" } } },
              },
            ],
          },
        },
        body: { get: { requestBody: { content: json(fixed({ t: "body" })) } } },
      },
      components: { schemas: { Event: { allOf: [fixed({ t: "whole" })] } } },
    }),
    asyncapi: {
      losses: [
        '"posted" loses, as AsyncAPI 3.0, that the fields of its POST form are in the query: a POST operation has a body.',
        '"body" loses, as AsyncAPI 3.0, the body of its GET form: a GET operation has its fields in the query.',
      ],
      differs: ["posted: forms", "body: forms"],
    },
  },
  {
    why: "one message by POST and by GET, with examples and replies of each",
    files: sent(
      {
        summary: "S",
        description: "D",
        tags: [{ name: "t" }],
        headers: { type: "object", properties: { h: string } },
        payload: { $ref: "#/components/schemas/E" },
        examples: [{ name: "one", payload: { t: "m" }, headers: { h: "1" } }],
      },
      [
        {
          method: "POST",
          reply: { channel: { $ref: "#/channels/r" }, messages: [{ $ref: "#/channels/r/messages/ack" }] },
        },
        {
          method: "GET",
          reply: { channel: { $ref: "#/channels/r" }, messages: [{ $ref: "#/channels/r/messages/xml" }] },
        },
      ],
      {
        channels: {
          c0: { messages: { m: { $ref: "#/components/messages/m" } } },
          c1: { messages: { m: { $ref: "#/components/messages/m" } } },
          r: {
            messages: {
              ack: { description: "Fine", bindings: { http: { statusCode: 200 } } },
              xml: {
                description: "A document",
                contentType: "application/xml",
                bindings: { http: { statusCode: 200 } },
              },
            },
          },
        },
        components: { schemas: { E: fixed({ t: "m" }) } },
      },
    ),
    openapi: {
      extensions: ["/webhooks/m/x-webhook-name"],
    },
  },
  {
    why: "one message by GET alone, by GET first, and at several addresses in several ways",
    files: asyncapi({
      channels: {
        c: {
          address: null,
          messages: { g: { $ref: "#/components/messages/g" }, gp: { $ref: "#/components/messages/gp" } },
        },
        a: { address: "/a", messages: { n: { $ref: "#/components/messages/n" } } },
        b: { address: "/b/{id}", parameters: { id: {} }, messages: { n: { $ref: "#/components/messages/n" } } },
      },
      operations: {
        g: {
          action: "send",
          channel: { $ref: "#/channels/c" },
          messages: [{ $ref: "#/channels/c/messages/g" }],
          bindings: { http: { method: "GET" } },
        },
        gp1: {
          action: "send",
          channel: { $ref: "#/channels/c" },
          messages: [{ $ref: "#/channels/c/messages/gp" }],
          bindings: { http: { method: "GET" } },
        },
        gp2: { action: "send", channel: { $ref: "#/channels/c" }, messages: [{ $ref: "#/channels/c/messages/gp" }] },
        n1: {
          action: "send",
          channel: { $ref: "#/channels/a" },
          messages: [{ $ref: "#/channels/a/messages/n" }],
          bindings: { http: { method: "PUT" } },
        },
        n2: { action: "send", channel: { $ref: "#/channels/b" }, messages: [{ $ref: "#/channels/b/messages/n" }] },
        n3: {
          action: "send",
          channel: { $ref: "#/channels/b" },
          messages: [{ $ref: "#/channels/b/messages/n" }],
          bindings: { http: { method: "GET" } },
        },
      },
      components: {
        messages: {
          g: { payload: fixed({ t: "g" }), examples: [{ name: "e", payload: { t: "g" } }] },
          gp: { payload: fixed({ t: "gp" }) },
          n: { payload: fixed({ t: "n" }, { examples: [{ t: "n" }] }), examples: [{ name: "e", payload: { t: "n" } }] },
        },
      },
    }),
    openapi: {
      extensions: [
        "/webhooks/gp/x-webhook-name",
        "/components/callbacks/n/~1a/x-webhook-name",
        "/components/callbacks/n/~1b~1{id}/x-webhook-name",
      ],
    },
  },
  {
    why: "replies: ranges, headers, contents, and several of one status",
    files: openapi({
      webhooks: {
        a: post(fixed({ t: "a" }), {
          responses: {
            "200": {
              description: "Fine",
              headers: { "X-Next": { required: true, description: "Where to", schema: string } },
              content: { ...json(ref("Ack")), "text/plain": {} },
            },
            "4XX": { description: "Wrong" },
            default: { description: "" },
          },
        }),
      },
      components: { schemas: { Ack: { type: "object", properties: { again: ref("Ack") } } } },
    }),
  },
  {
    why: "AsyncAPI replies that OpenAPI has one place for",
    files: sent({ payload: fixed({ t: "m" }) }, [{ reply: { channel: { $ref: "#/channels/r" } } }], {
      channels: {
        c0: { messages: { m: { $ref: "#/components/messages/m" } } },
        r: {
          messages: {
            ack: { description: "Fine", bindings: { http: { statusCode: 200 } } },
            more: {
              description: "More",
              contentType: "application/json",
              payload: { type: "object" },
              bindings: { http: { statusCode: 200 } },
            },
            bare: { payload: { type: "string" }, headers: { type: "object", properties: { "X-A": string } } },
            odd: { name: "4xx", description: "Wrong" },
            strange: { bindings: { http: { statusCode: 999 } } },
          },
        },
      },
    }),
    openapi: {
      losses: [
        '"m" loses, as OpenAPI 3.1, its reply with the status "999".',
        '"m" loses, as OpenAPI 3.1, 1 of its replies with the status 200, since a status has one response: "More".',
      ],
      differs: ["m: replies"],
    },
  },
  {
    why: "names that are not the keys, and routes that are written",
    files: openapi({
      "x-webhook-route": { in: "body", at: "/kind" },
      webhooks: {
        plain: post(fixed({ kind: "plain", type: "p" })),
        renamed: { "x-webhook-name": "another name", ...post(fixed({ kind: "r", type: "r" })) },
        "order/paid": post(fixed({ kind: "order.paid", type: "o" })),
        several: {
          "x-webhook-route": [
            { in: "body", at: "/kind", value: ["s", "t"] },
            { in: "header", at: "x-a", value: "1" },
          ],
          ...post(fixed({ kind: "s" })),
        },
        query: { "x-webhook-route": { in: "query", at: "which", value: 7 }, ...post({ type: "object" }) },
        same: post(fixed({ kind: "twin", a: 1 })),
        twin: post(fixed({ kind: "twin", a: 2 })),
      },
    }),
    asyncapi: {
      extensions: [
        "/components/messages/plain/x-webhook-route",
        "/components/messages/another_name/x-webhook-name",
        "/components/messages/another_name/x-webhook-route",
        "/components/messages/order.paid/x-webhook-route",
        "/components/messages/several/x-webhook-route",
        "/components/messages/query/x-webhook-route",
        "/components/messages/same/x-webhook-route",
        "/components/messages/twin/x-webhook-route",
      ],
    },
    openapi: {
      extensions: [
        "/webhooks/plain/x-webhook-route",
        "/webhooks/another name/x-webhook-name",
        "/webhooks/another name/x-webhook-route",
        "/webhooks/order.paid/x-webhook-route",
        "/webhooks/several/x-webhook-route",
        "/webhooks/query/x-webhook-route",
        "/webhooks/same/x-webhook-route",
        "/webhooks/twin/x-webhook-route",
      ],
    },
  },
  {
    why: "names that JavaScript, files and documents have trouble with",
    files: openapi({
      webhooks: JSON.parse(
        JSON.stringify({
          PROTO: post(fixed({ n: 1 })),
          constructor: post(fixed({ n: 2 })),
          "a/b~c": post(fixed({ n: 3 })),
          "日本 {x}": post(fixed({ n: 4 })),
          "": post(fixed({ n: 5 })),
          "x-order": post(fixed({ n: 6 })),
          "../../etc/passwd": post(fixed({ n: 7 })),
          "200": post(fixed({ n: 8 })),
          "a b": post(fixed({ n: 9 })),
          a_b: post(fixed({ n: 10 })),
          toString: { "{$url}": {}, ...post(fixed({ n: 11 })) },
          "yes: no #": { ...post(fixed({ n: 12 })), "x-webhook-name": "__proto__.x" },
        }).replace('"PROTO"', '"__proto__"'),
      ),
    }),
    asyncapi: {
      extensions: [
        "/components/messages/proto/x-webhook-name",
        "/components/messages/constructor_/x-webhook-name",
        "/components/messages/a_b_c/x-webhook-name",
        "/components/messages/u65e5_u672c_x/x-webhook-name",
        "/components/messages/x_order/x-webhook-name",
        "/components/messages/etc_passwd/x-webhook-name",
        "/components/messages/a_b-2/x-webhook-name",
        "/components/messages/toString_/x-webhook-name",
      ],
    },
    openapi: {
      extensions: [
        "/webhooks/proto/x-webhook-name",
        "/webhooks/constructor_/x-webhook-name",
        "/webhooks/toString_/x-webhook-name",
      ],
    },
  },
  {
    why: "texts, tags, links and deprecation",
    files: openapi({
      info: { title: "A: title # with signs", version: "1.10", description: "Line\n\n  indented\n\ttab \n- item\n" },
      webhooks: {
        a: post(fixed({ t: "a" }), {
          summary: "S",
          description: "One\r\nTwo\u2028\u0000",
          deprecated: true,
          tags: ["x", "y", "x"],
          externalDocs: { url: "https://example.com/?a=b#c", description: "More" },
        }),
        b: {
          summary: "Of the item",
          description: "Of the item",
          ...post(fixed({ t: "b" }), { description: "Of the operation" }),
        },
      },
    }),
    asyncapi: {
      losses: ['"a" loses, as AsyncAPI 3.0, that it has the tag "x" twice.'],
      differs: ["a: tags"],
    },
  },
  {
    why: "AsyncAPI 2, with a payload of several events",
    files: {
      "asyncapi.json": {
        asyncapi: "2.6.0",
        info: { title: "T", version: "1" },
        channels: {
          "orders/{id}": {
            parameters: { id: { schema: string } },
            subscribe: {
              message: {
                oneOf: [{ $ref: "#/components/messages/paid" }, { $ref: "#/components/messages/sent" }],
              },
            },
          },
        },
        components: {
          messages: {
            paid: {
              messageId: "p",
              title: "Paid",
              payload: {
                ...fixed({ t: "paid" }),
                discriminator: "t",
                dependencies: { a: ["b"], c: { required: ["d"] } },
              },
            },
            sent: {
              payload: {
                ...fixed({ t: "sent" }),
                definitions: { x: string },
                properties: { t: { const: "sent" }, x: { items: [string, true], additionalItems: false } },
              },
            },
          },
        },
      },
    },
  },
  { why: "no webhook at all", files: openapi({ info: { title: "", version: "" }, webhooks: {} }) },
];

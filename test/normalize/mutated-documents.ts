import { readFileSync } from "node:fs";
import fc from "fast-check";
import { parse } from "yaml";

/** Every place of a JSON value, as the path to it. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

/** A copy with what is at the path replaced, or deleted where `value` is undefined. */
function changed(whole: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof whole !== "object" || whole === null) return whole;
  if (Array.isArray(whole)) {
    return whole.flatMap((item, index) => {
      if (String(index) !== key) return [item];
      return rest.length === 0 && value === undefined ? [] : [changed(item, rest, value)];
    });
  }
  return Object.fromEntries(
    Object.entries(whole).flatMap(([name, member]) => {
      if (name !== key) return [[name, member]];
      return rest.length === 0 && value === undefined ? [] : [[name, changed(member, rest, value)]];
    }),
  );
}

const everything = {
  "openapi.json": {
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    "x-webhook-route": { in: "body", at: "/type" },
    security: [{ basic: [] }],
    webhooks: {
      a: {
        parameters: [{ in: "header", name: "X-Event", schema: { const: "a" } }],
        post: {
          summary: "S",
          deprecated: true,
          tags: ["t"],
          externalDocs: { url: "https://example.com" },
          security: [{ basic: [] }],
          "x-webhook-name": "first",
          requestBody: {
            content: {
              "application/json": {
                schema: {
                  oneOf: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }],
                  discriminator: { propertyName: "type", mapping: { a: "A", b: "#/components/schemas/B" } },
                },
                examples: { one: { value: { type: "a" } }, two: { externalValue: "./x.json" } },
              },
            },
          },
          responses: {
            "200": {
              description: "Ok",
              headers: { "x-a": { schema: {} } },
              content: { "application/json": { schema: {} } },
            },
          },
          callbacks: { again: { "{$request.body#/url}/b": { $ref: "#/components/pathItems/P" } } },
        },
      },
    },
    paths: { "/p": { post: { callbacks: { c: { $ref: "#/components/callbacks/C" } } } } },
    components: {
      callbacks: {
        C: { "{$url}": { get: { parameters: [{ in: "query", name: "q", schema: { type: "integer" } }] } } },
      },
      pathItems: { P: { put: { requestBody: { $ref: "#/components/requestBodies/R" } } } },
      requestBodies: {
        R: { content: { "application/x-www-form-urlencoded": { schema: { $ref: "#/components/schemas/Tree" } } } },
      },
      schemas: {
        A: { allOf: [{ $ref: "#/components/schemas/Base" }, { properties: { type: { const: "a" } } }] },
        B: {
          type: "object",
          required: ["type"],
          properties: {
            type: { enum: ["b"] },
            in: {
              type: "string",
              contentMediaType: "application/json",
              contentSchema: { $ref: "#/components/schemas/Base" },
            },
          },
        },
        Base: { type: "object", required: ["type"], properties: { id: { $ref: "#/components/schemas/A/allOf/1" } } },
        Tree: { properties: { all: { items: { $ref: "#/components/schemas/Tree" } } } },
      },
      securitySchemes: { basic: { type: "http", scheme: "basic", "x-webhook-signature": { preset: "github" } } },
    },
  },
  "asyncapi.json": {
    asyncapi: "3.0.0",
    info: { title: "T", version: "1" },
    defaultContentType: "application/json",
    servers: {
      s: { host: "example.com", protocol: "https", security: [{ $ref: "#/components/securitySchemes/key" }] },
    },
    channels: {
      c: {
        address: "/c/{id}",
        servers: [{ $ref: "#/servers/s" }],
        messages: { m: { $ref: "#/components/messages/M" }, n: { payload: true } },
      },
      r: { messages: { ok: { bindings: { http: { statusCode: 200 } } } } },
    },
    operations: {
      send: {
        action: "send",
        channel: { $ref: "#/channels/c" },
        messages: [{ $ref: "#/channels/c/messages/m" }],
        reply: { channel: { $ref: "#/channels/r" }, messages: [{ $ref: "#/channels/r/messages/ok" }] },
        traits: [{ bindings: { http: { method: "GET", query: {} } } }],
      },
      again: { action: "send", channel: { $ref: "#/channels/c" } },
      back: { action: "receive", channel: { $ref: "#/channels/r" } },
    },
    components: {
      messages: {
        M: {
          name: "M",
          traits: [{ headers: { type: "object", required: ["X-E"], properties: { "X-E": { const: "m" } } } }],
          payload: {
            schemaFormat: "application/schema+json;version=draft-07",
            schema: { $ref: "#/components/schemas/S" },
          },
          examples: [{ name: "e", payload: { t: "a" }, headers: {} }],
          tags: [{ name: "t" }],
        },
      },
      schemas: {
        S: { discriminator: "t", oneOf: [{ $ref: "#/components/schemas/X" }, { $ref: "#/components/schemas/Y" }] },
        X: { items: [{}, { $ref: "#/components/schemas/X" }], dependencies: { a: ["b"], c: {} } },
        Y: { properties: { t: { const: "y" } } },
      },
      securitySchemes: { key: { type: "httpApiKey", in: "header", name: "X-Key" } },
    },
  },
  "avro.json": {
    asyncapi: "3.0.0",
    info: { title: "T", version: "1" },
    channels: {
      c: {
        messages: {
          m: {
            payload: {
              schemaFormat: "application/vnd.apache.avro;version=1.9.0",
              schema: {
                type: "record",
                name: "R",
                namespace: "org.example",
                doc: "d",
                aliases: ["Q"],
                fields: [
                  { name: "a", type: { type: "enum", name: "E", symbols: ["A", "B"], default: "A" }, default: "A" },
                  { name: "b", type: ["null", "R", { type: "array", items: "org.example.E" }], default: null },
                  { name: "c", type: { type: "map", values: { type: "fixed", name: "F", size: 4 } } },
                  { name: "d", type: { type: "bytes", logicalType: "decimal", precision: 4, scale: 2 }, minLength: 1 },
                  { name: "e", type: { $ref: "#/components/schemas/Long" } },
                ],
              },
            },
          },
          n: { payload: { $ref: "#/components/schemas/Long" } },
        },
      },
    },
    components: {
      schemas: {
        Long: {
          schemaFormat: "application/vnd.apache.avro+json;version=1.9.0",
          schema: { type: "long", logicalType: "timestamp-millis" },
        },
      },
    },
  },
};

const spec = (path: string) => parse(readFileSync(new URL(`../../specs/${path}`, import.meta.url), "utf8"));

/** Each document with its places; the small ones are mutated the most. */
const documents = [
  ...Object.entries(everything).map(([file, value]) => ({ file, value: value as unknown, weight: 12 })),
  { file: "openapi.json", value: spec("bandwidth-webrtc/openapi.yaml"), weight: 3 },
  { file: "openapi.json", value: spec("conference/openapi.yaml"), weight: 1 },
  { file: "asyncapi.json", value: spec("bandwidth-voice-messaging/asyncapi.yaml"), weight: 1 },
].map((document) => ({ ...document, paths: pathsOf(document.value).slice(1) }));

const wrongs: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  "",
  "x",
  -1,
  1e308,
  [],
  {},
  [null],
  { $ref: "#" },
  { $ref: "" },
  { $ref: 5 },
  { $ref: "#/components/schemas/A" },
  { $ref: "#/webhooks/a" },
  { $ref: "#/channels/c" },
  { $ref: "nowhere.json#/a" },
  { allOf: [{ $ref: "#/components/schemas/A" }] },
  { oneOf: [{ $ref: "#/components/schemas/S" }, {}] },
  { constructor: {}, toString: null, hasOwnProperty: 1 },
  JSON.parse('{"__proto__":{"type":"object"}}'),
  ["constructor", "__proto__", 5],
];

export interface MutatedDocument {
  readonly file: string;
  readonly value: object;
}

/** Documents of which one to four places were deleted or replaced by something else, and which still say what they are. */
export function mutatedDocuments({ small = false } = {}): fc.Arbitrary<MutatedDocument> {
  const mutation = fc.record({
    at: fc.nat(),
    value: fc.oneof(fc.constantFrom(...wrongs), fc.jsonValue({ maxDepth: 3 })),
  });
  const chosen = small ? documents.filter(({ weight }) => weight > 10) : documents;
  return fc
    .record({
      document: fc.oneof(...chosen.map((document) => ({ arbitrary: fc.constant(document), weight: document.weight }))),
      mutations: fc.array(mutation, { minLength: 1, maxLength: 4 }),
    })
    .map(({ document: { file, value, paths }, mutations }) => ({
      file,
      value: mutations.reduce<unknown>(
        (whole, { at, value: replacement }) => changed(whole, paths[at % paths.length] ?? [], replacement),
        value,
      ) as object,
    }))
    .filter(({ value }) => typeof value === "object" && value !== null && /^3\./.test(versionOf(value)));
}

function versionOf(value: object): string {
  const { openapi, asyncapi } = value as Record<string, unknown>;
  return typeof openapi === "string" ? openapi : typeof asyncapi === "string" ? asyncapi : "";
}

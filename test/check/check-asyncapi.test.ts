import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkAsyncApi, sameFile } from "../../src/check/index.ts";
import type { Json, JsonObject } from "../../src/model/index.ts";
import { HOSTILE_MILLISECONDS_MAX } from "../limits.ts";

const at = sameFile("asyncapi.yaml");

function documentOf(version: string, more: JsonObject = {}): JsonObject {
  return {
    asyncapi: version,
    id: "urn:orders",
    defaultContentType: "application/json",
    info: {
      title: "Orders",
      version: "1",
      description: "About orders.",
      contact: { name: "a", url: "https://a.example", email: "a@a.example" },
      license: { name: "MIT", url: "https://a.example" },
    },
    ...(version.startsWith("2")
      ? {
          channels: {},
          servers: { a: { url: "a.example", protocol: "https" } },
          tags: [{ name: "a", description: "b" }],
        }
      : {}),
    ...more,
  };
}

const specs = join(import.meta.dirname, "../../specs");
const shipped = readdirSync(specs).flatMap((folder) =>
  readdirSync(join(specs, folder)).flatMap((file) => (/^asyncapi\./.test(file) ? [join(specs, folder, file)] : [])),
);

test.each(shipped)("nothing is found in %s", async (file) => {
  expect(await checkAsyncApi(parse(readFileSync(file, "utf8")), at)).toEqual([]);
});

test.each(["2.6.0", "3.0.0"])(
  "nothing is found in a good document, that there are newer versions least of all: %s",
  async (version) => {
    expect(await checkAsyncApi(documentOf(version), at)).toEqual([]);
  },
);

test("a schema in a format that the parser has no plug-in for is no finding", async () => {
  const schemaFormat = "application/vnd.apache.avro;version=1.9.0";
  const payload = { type: "record", name: "R", fields: [{ name: "a", type: "long" }] };
  const message = { messageId: "m", schemaFormat, payload, examples: [{ payload: { a: 1 } }] };
  const channels = { c: { subscribe: { operationId: "o", message } } };
  expect(await checkAsyncApi(documentOf("2.6.0", { channels }), at)).toEqual([]);
});

describe("its rules", () => {
  const payload = { type: "strin" };
  test.each<[string, Json, object[]]>([
    [
      "a property missing",
      documentOf("3.0.0", { info: { title: "a" } }),
      [
        {
          code: "asyncapi-violation",
          severity: "error",
          message: '"info" property must have required property "version" (asyncapi-document-resolved).',
          location: { file: "asyncapi.yaml", pointer: "/info" },
        },
      ],
    ],
    [
      "an unknown property",
      documentOf("3.0.0", { channnels: {} }),
      [
        {
          message: 'Property "channnels" is not expected to be here (asyncapi-document-resolved).',
          location: { pointer: "/channnels" },
        },
      ],
    ],
    [
      "a schema of no type: the cause alone",
      documentOf("3.0.0", { channels: { "a/b": { messages: { c: { payload } } } } }),
      [
        {
          message: expect.stringContaining("must be equal to one of the allowed values"),
          location: { pointer: "/channels/a~1b/messages/c/payload/type" },
        },
      ],
    ],
    [
      "a reference to nothing",
      documentOf("3.0.0", { operations: { a: { action: "send", channel: { $ref: "#/channels/no" } } } }),
      [
        {
          message: "'#/channels/no' does not exist (invalid-ref).",
          location: { pointer: "/operations/a/channel/$ref" },
        },
      ],
    ],
    [
      "a reference that was reported already",
      documentOf("3.0.0", {
        "x-hookbook-bundled": { missing: {} },
        operations: { a: { action: "send", channel: { $ref: "#/x-hookbook-bundled/missing" } } },
      }),
      [],
    ],
    [
      "an example that does not fit (version 2)",
      documentOf("2.6.0", {
        channels: {
          a: {
            subscribe: {
              operationId: "b",
              description: "b",
              message: {
                messageId: "c",
                contentType: "application/json",
                payload: { type: "string" },
                examples: [{ name: "a", summary: "a", payload: 7 }],
              },
            },
          },
        },
      }),
      [{ code: "asyncapi-violation", location: { pointer: "/channels/a/subscribe/message/examples/0/payload" } }],
    ],
    [
      "advice (version 2)",
      documentOf("2.6.0", {
        channels: {
          a: {
            subscribe: {
              operationId: "b",
              description: "b",
              message: { contentType: "application/json", payload: {} },
            },
          },
        },
      }),
      [
        {
          code: "asyncapi-advice",
          severity: "warning",
          message: expect.stringMatching(/\(asyncapi2-message-messageId\)\.$/),
        },
      ],
    ],
    ["no object", "text", [{ code: "asyncapi-violation", location: { pointer: "" } }]],
    ["null", null, [{ code: "asyncapi-violation" }]],
    [
      "an unknown version",
      documentOf("3.7.0"),
      [{ code: "specification-not-checked", message: expect.stringContaining("the version is too new") }],
    ],
  ])("%s", async (_, document, wanted) => {
    const diagnostics = await checkAsyncApi(document, at);
    expect(diagnostics).toMatchObject(wanted);
    expect(diagnostics).toHaveLength(wanted.length);
  });

  test("places are mapped back", async () => {
    const [diagnostic] = await checkAsyncApi(documentOf("3.0.0", { info: { title: "a" } }), (pointer) => ({
      file: "b.yaml",
      pointer: `/moved${pointer}`,
    }));
    expect(diagnostic?.location).toEqual({ file: "b.yaml", pointer: "/moved/info" });
  });

  test("a flood is cut, and how much was cut is said", async () => {
    const channels = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`c${index}`, { unknown: 1 }]));
    const diagnostics = await checkAsyncApi(documentOf("3.0.0", { channels }), at);
    expect(diagnostics).toHaveLength(21);
    expect(diagnostics.at(-1)).toMatchObject({
      code: "more-violations",
      message: expect.stringMatching(/^10 more violations of AsyncAPI 3\.0 /),
    });
  });
});

describe("nothing is read or fetched", () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    response.end('{"type": "nonsense"}');
  });
  afterAll(() => server.close());

  test("whatever a reference names, in data too", async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const file = join(tmpdir(), `hookbook-secret-${process.pid}.json`);
    writeFileSync(file, '{"type": "secret-of-the-file"}');
    const refs = [file, `file://${file}`, `${address}/a.json`, `${address}/b.json#/c`, "./package.json"].map(
      ($ref) => ({ $ref }),
    );
    const channels = { a: { messages: { b: { payload: { anyOf: refs }, examples: [{ payload: refs[2] as Json }] } } } };
    const diagnostics = await checkAsyncApi(documentOf("3.0.0", { channels }), at);
    expect(requests).toEqual([]);
    expect(JSON.stringify(diagnostics)).not.toContain("secret-of-the-file");
  });
});

describe("limits", () => {
  test("a pattern that never ends", async () => {
    const payload = { type: "string", pattern: "^(a+)+$" };
    const message = { payload, examples: [{ payload: `${"a".repeat(50)}b` }] };
    const begin = performance.now();
    const diagnostics = await checkAsyncApi(documentOf("2.6.0", { channels: { a: { subscribe: { message } } } }), at, {
      seconds: 3,
    });
    expect(performance.now() - begin).toBeLessThan(HOSTILE_MILLISECONDS_MAX);
    expect(diagnostics).toEqual([
      {
        code: "specification-not-checked",
        severity: "warning",
        message: "Whether this document keeps to AsyncAPI 2.6 could not be checked: it took longer than 3 s.",
        location: { file: "asyncapi.yaml", pointer: "" },
      },
    ]);
  });

  test("too little memory", async () => {
    const diagnostics = await checkAsyncApi(documentOf("3.0.0"), at, { mebibytes: 4 });
    expect(diagnostics).toMatchObject([
      { code: "specification-not-checked", message: expect.stringContaining("too much memory") },
    ]);
  });

  test("the next document is checked all the same, and several at once", async () => {
    const wrong = documentOf("3.0.0", { info: { title: "a" } });
    const results = await Promise.all(
      [documentOf("3.0.0"), wrong, documentOf("3.0.0"), wrong].map((document) => checkAsyncApi(document, at)),
    );
    expect(results.map((diagnostics) => diagnostics.length)).toEqual([0, 1, 0, 1]);
  });

  test("a document too deep is said so, not thrown", async () => {
    let schema: JsonObject = {};
    for (let depth = 0; depth < 20_000; depth++) schema = { not: schema };
    const diagnostics = await checkAsyncApi(documentOf("3.0.0", { components: { schemas: { a: schema } } }), at);
    expect(diagnostics).toMatchObject([{ code: "specification-not-checked" }]);
    expect(diagnostics[0]?.message).not.toContain("\n");
  });
});

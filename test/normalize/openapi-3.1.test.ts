import { describe, expect, test } from "vitest";
import { codes, contractOf, fixed, forms, names, omissions, openapi, post, ref, routes } from "./helpers.ts";

const object = { type: "object" };

describe("webhooks", () => {
  test("one webhook per method: POST, then the others in the document's order", async () => {
    const given = await contractOf(
      openapi({
        webhooks: {
          paid: { put: post(object).post, ...post(object), get: { parameters: [{ name: "id", in: "query" }] } },
          lost: post(object),
        },
      }),
    );
    expect(names(given)).toEqual(["paid", "paid-2", "paid-3", "lost"]);
    expect(forms(given)).toMatchObject({
      paid: ["POST ? application/json json"],
      "paid-2": ["PUT ? application/json json"],
      "paid-3": ["GET ? application/x-www-form-urlencoded query"],
    });
  });

  test("two keys that refer to one path item are two webhooks", async () => {
    const item = { $ref: "#/components/pathItems/changed" };
    const given = await contractOf(
      openapi({
        webhooks: { opened: item, closed: { ...item, summary: "Done" } },
        components: { pathItems: { changed: post(object) } },
      }),
    );
    expect(names(given)).toEqual(["opened", "closed"]);
    expect(given.contract.webhooks.map(({ summary }) => summary)).toEqual([undefined, "Done"]);
    expect(codes(given)).toEqual(["route-ambiguous"]);
  });

  test("x-webhooks that only repeat what webhooks has are the same webhooks", async () => {
    const item = { $ref: "#/components/pathItems/changed" };
    const given = await contractOf(
      openapi({
        webhooks: { changed: item },
        "x-webhooks": { changed: item },
        components: { pathItems: { changed: post(object) } },
      }),
    );
    expect(names(given)).toEqual(["changed"]);
  });

  test("what is empty, or only looks like a map of expressions, is an omission", async () => {
    const given = await contractOf(
      openapi({
        webhooks: {
          a: null,
          b: { post: null },
          c: { psot: { requestBody: {} } },
          d: { "{$url}": post(object), note: 1 },
        },
        paths: { "/a": { post: { callbacks: { none: null, some: { "{$url}": null } } } } },
      }),
    );
    expect(names(given)).toEqual(["d"]);
    expect(omissions(given)).toEqual([
      "/webhooks/a: is empty, so nothing says what is delivered",
      "/webhooks/b/post: is empty, so nothing says what is delivered",
      "/webhooks/b: has no operation, so nothing says what is delivered",
      "/webhooks/c/psot: not read",
      "/webhooks/c: has no operation, so nothing says what is delivered",
      "/webhooks/d/note: not read",
      "/paths/~1a/post/callbacks/none: is empty, so nothing says what is delivered",
      "/paths/~1a/post/callbacks/some/{$url}: is empty, so nothing says what is delivered",
      "/paths: 1 path of the sender's own API: no webhooks",
    ]);
  });

  test("a path item of the components that nothing refers to is an omission", async () => {
    const given = await contractOf(
      openapi({
        webhooks: { a: { $ref: "#/components/pathItems/used" } },
        paths: { "/a": { $ref: "#/components/pathItems/api" } },
        components: { pathItems: { used: post(object), api: post(object), spare: post(object) } },
      }),
    );
    expect(omissions(given)).toContain(
      "/components/pathItems/spare: nothing refers to it, so nothing says whether it is delivered",
    );
    expect(omissions(given)).toHaveLength(2);
  });

  test("a GET without parameters is an omission, and its response may be the payload", async () => {
    const content = { content: { "application/json": { schema: object } } };
    const given = await contractOf(
      openapi({ webhooks: { a: { get: {} }, b: { get: { responses: { 200: content } } } } }),
    );
    expect(omissions(given)).toEqual([
      "/webhooks/a/get: documents no query parameter, so nothing is known of its payload",
      "/webhooks/b/get/responses/200: describes what the receiver answers; no request body says what it is sent",
    ]);
    expect(codes(given)).toContain("payload-in-response");
  });

  test("a description may be kept in a file of its own", async () => {
    const description = { $ref: "./text.md" };
    const [[file, document] = ["", {}]] = Object.entries(
      openapi({
        info: { title: "T", version: "1", description },
        webhooks: {
          a: post({ description, properties: { b: { description: { $ref: "./gone.md" } } } }, { description }),
        },
      }),
    );
    const { contract } = await contractOf({ [file]: document, "text.md": "# Text\n\nMore.\n" });
    expect(contract.description).toBe("# Text\n\nMore.");
    expect(contract.webhooks[0]).toMatchObject({
      description: "# Text\n\nMore.",
      payload: { description: "# Text\n\nMore.", properties: { b: {} } },
    });
    expect(JSON.stringify(contract.webhooks[0]?.payload)).not.toContain("$ref");
    expect(contract.omissions.map(({ pointer }) => pointer)).toEqual([
      "/webhooks/a/post/requestBody/content/application~1json/schema/properties/b/description",
    ]);
  });

  test("a title or version that YAML reads as a number is taken", async () => {
    const { contract } = await contractOf(openapi({ info: { title: 2026, version: 1.5 } }));
    expect(contract).toMatchObject({ title: "2026", version: "1.5" });
  });

  test("what it says is in the model", async () => {
    const { contract } = await contractOf(
      openapi({
        info: { title: "Shop", version: "2.0", description: "All of it." },
        webhooks: {
          paid: {
            summary: "of the path item",
            description: "of the path item",
            ...post(object, {
              summary: "Somebody paid",
              deprecated: true,
              tags: ["money", 7],
              externalDocs: { url: "https://example.com/paid", description: "More" },
              security: [{ sign: [] }, { basic: [], key: ["read"] }],
              responses: {
                "200": {
                  description: "Taken",
                  headers: { "x-seen": { schema: { type: "string" } }, "X-Other": {} },
                  content: { "application/json": { schema: { type: "boolean" } } },
                },
                "4xx": { description: "Refused" },
                default: { description: "Otherwise" },
              },
            }),
          },
        },
        components: {
          securitySchemes: {
            sign: { type: "apiKey", in: "header", name: "X-Sign", "x-webhook-signature": "github" },
            basic: { type: "http", scheme: "Basic" },
            key: { type: "oauth2", flows: {} },
            unused: { type: "http", scheme: "bearer" },
          },
        },
      }),
    );
    expect(contract).toMatchObject({ id: "case", title: "Shop", version: "2.0", description: "All of it." });
    expect(contract.webhooks[0]).toMatchObject({
      name: "paid",
      summary: "Somebody paid",
      description: "of the path item",
      deprecated: true,
      tags: ["money"],
      externalDocs: { url: "https://example.com/paid", description: "More" },
      security: [{ sign: [] }, { basic: [], key: ["read"] }],
      replies: [
        {
          status: "200",
          description: "Taken",
          contentType: "application/json",
          payload: { type: "boolean" },
          headers: { type: "object", properties: { "x-seen": { type: "string" }, "x-other": true } },
        },
        { status: "4XX", description: "Refused" },
        { status: "default", description: "Otherwise" },
      ],
      source: { file: "openapi.json", pointer: "/webhooks/paid/post" },
    });
    expect(contract.security).toEqual({
      sign: { type: "apiKey", in: "header", name: "X-Sign", signature: "github" },
      basic: { type: "http", scheme: "basic" },
      key: { type: "oauth2", details: { flows: {} } },
    });
  });

  test("a name that begins with x- is a name, in webhooks and in callbacks", async () => {
    const given = await contractOf(
      openapi({
        webhooks: { "x-order": post(object), "x-internal": true },
        paths: { "/a": { get: { callbacks: { "x-done": { "{$url}": post(object) } } } } },
      }),
    );
    expect(names(given)).toEqual(["x-order", "x-done"]);
    expect(omissions(given)).toContain("/webhooks/x-internal: is not an object, so it cannot be read");
  });

  test("security: the root's is noted and not inherited; schemes nobody asks for are omissions", async () => {
    const given = await contractOf(
      openapi({
        security: [{ api: [] }],
        servers: [{ url: "https://example.com" }],
        webhooks: { a: post(object) },
        components: { securitySchemes: { api: { type: "http", scheme: "bearer" } } },
      }),
    );
    expect(given.contract.webhooks[0]?.security).toEqual([]);
    expect(given.contract.security).toEqual({});
    expect(omissions(given)).toEqual([
      "/components/securitySchemes/api: a security scheme that no webhook asks for",
      "/security: the root's security speaks of the sender's own API; webhooks state their own",
      "/servers: servers of the sender's own API",
    ]);
  });

  test.each(["constructor", "__proto__", "toString"])(
    "a security scheme named %s is one like any other",
    async (name) => {
      const text = `{"openapi":"3.1.0","info":{"title":"","version":""},
      "webhooks":{"a":{"post":{"security":[{"${name}":[]}],"requestBody":{"content":{"application/json":{}}}}}},
      "components":{"securitySchemes":{"${name}":{"type":"http","scheme":"basic"}}}}`;
      const { contract } = await contractOf({ "openapi.json": text });
      expect(Object.keys(contract.webhooks[0]?.security[0] ?? {})).toEqual([name]);
      expect(Object.entries(contract.security)).toEqual([[name, { type: "http", scheme: "basic" }]]);
    },
  );

  test("no webhook at all is a warning, and the sender's paths are omissions", async () => {
    const given = await contractOf(openapi({ paths: { "/a": {}, "/b": {} } }));
    expect(codes(given)).toEqual(["no-webhooks"]);
    expect(omissions(given)).toEqual(["/paths: 2 paths of the sender's own API: no webhooks"]);
  });
});

describe("bodies", () => {
  test.each([
    {
      why: "JSON comes first, whatever the order",
      content: { "application/x-www-form-urlencoded": { schema: object }, "application/json": { schema: object } },
      want: ["POST ? application/json json", "POST ? application/x-www-form-urlencoded form"],
    },
    {
      why: "a vendor's +json keeps its name and parameters",
      content: { "application/vnd.acme.v2+json; charset=utf-8": { schema: object } },
      want: ["POST ? application/vnd.acme.v2+json; charset=utf-8 json"],
    },
    { why: "any type is read as JSON", content: { "*/*": { schema: object } }, want: ["POST ? application/json json"] },
    {
      why: "multipart is a form of its own",
      content: { "multipart/form-data": { schema: object } },
      want: ["POST ? multipart/form-data multipart"],
    },
  ])("$why", async ({ content, want }) => {
    const given = await contractOf(openapi({ webhooks: { a: { post: { requestBody: { content } } } } }));
    expect(forms(given)).toEqual({ a: want });
    expect(omissions(given)).toEqual([]);
  });

  test("an encoding that says what is done anyway is no omission; others are", async () => {
    const encoding = {
      a: { contentType: "application/vnd.a+json" },
      b: { contentType: "text/plain; charset=utf-8", style: "form", explode: true },
      c: { style: "deepObject" },
      d: { contentType: "image/png, image/jpeg", headers: { "X-A": {} } },
      e: { style: "pipeDelimited" },
      f: { explode: false },
    };
    const content = { "multipart/form-data": { schema: object, encoding } };
    const given = await contractOf(openapi({ webhooks: { a: { post: { requestBody: { content } } } } }));
    const at = "/webhooks/a/post/requestBody/content/multipart~1form-data/encoding";
    expect(omissions(given)).toEqual([
      `${at}/d/contentType: the media type of a form's file is not checked`,
      `${at}/d/headers: headers of a form's part are not read`,
      `${at}/e/style: a field is not read in the style "pipeDelimited"`,
      `${at}/f/explode: a list in one field is read as JSON, not as items with commas between them`,
    ]);
  });

  test("of two media types whose schemas differ, the first is used and the other one noted", async () => {
    const content = { "text/json": { schema: { type: "string" } }, "application/json": { schema: object } };
    const given = await contractOf(openapi({ webhooks: { a: { post: { requestBody: { content } } } } }));
    expect(given.contract.webhooks[0]?.payload).toEqual({ type: "string" });
    expect(omissions(given)).toEqual([
      "/webhooks/a/post/requestBody/content/application~1json: its schema differs from that of text/json, which is used",
    ]);
  });

  test("a body that cannot be decoded is an omission, not a webhook that claims to be JSON", async () => {
    const content = { "application/xml": { schema: object } };
    const given = await contractOf(openapi({ webhooks: { a: { post: { requestBody: { content } } } } }));
    expect(names(given)).toEqual([]);
    expect(omissions(given)).toEqual([
      "/webhooks/a/post/requestBody/content/application~1xml: a body of type application/xml has no fields that could be decoded",
    ]);
  });

  test("no body: anything is allowed, and that is noted", async () => {
    const given = await contractOf(openapi({ webhooks: { a: { post: {} } } }));
    expect(given.contract.webhooks[0]?.payload).toBe(true);
    expect(omissions(given)).toEqual([
      "/webhooks/a/post: documents no request body, so nothing is known of its payload",
    ]);
  });

  test("GET with parameters: the query is the payload", async () => {
    const given = await contractOf(
      openapi({
        webhooks: {
          a: {
            parameters: [{ in: "query", name: "id", required: true, schema: { type: "integer" } }],
            get: {
              parameters: [
                { in: "query", name: "id", required: true, description: "Which", schema: { type: "string" } },
                { in: "header", name: "X-Kind", schema: { const: "a" } },
                { in: "header", name: "Content-Type", schema: { type: "string" } },
                { in: "path", name: "p", schema: { type: "string" } },
                { name: "nowhere" },
              ],
            },
          },
        },
      }),
    );
    expect(forms(given)).toEqual({ a: ["GET ? application/x-www-form-urlencoded query"] });
    expect(given.contract.webhooks[0]?.payload).toEqual({
      type: "object",
      properties: { id: { type: "string", description: "Which" } },
      required: ["id"],
    });
    expect(given.contract.webhooks[0]?.headers).toEqual({ type: "object", properties: { "x-kind": { const: "a" } } });
    expect(omissions(given)).toEqual([
      "/webhooks/a/get/parameters/4: a parameter without name or place",
      "/webhooks/a/get/parameters/2: OpenAPI ignores a header parameter named Content-Type",
      "/webhooks/a/get/parameters/3: a path parameter is part of the address that the receiver chose",
    ]);
  });

  test("a query parameter beside a body is an omission", async () => {
    const parameters = [{ in: "query", name: "v", schema: { type: "string" } }];
    const given = await contractOf(openapi({ webhooks: { a: post(object, { parameters }) } }));
    expect(given.contract.webhooks[0]?.payload).toEqual(object);
    expect(omissions(given)).toEqual([
      "/webhooks/a/post/parameters/0: a query parameter beside a body is not part of the payload",
    ]);
  });
});

describe("callbacks", () => {
  const operation = (callbacks: unknown) => ({ "/subscribe": { post: { callbacks } } });

  test.each([
    { why: "an expression alone", address: "{$request.body#/callbackUrl}", route: "-" },
    { why: "an expression and a path", address: "{$request.body#/url}/paid/", route: 'path = "/paid"' },
    { why: "a literal URL", address: "https://hooks.example.com/paid?a=1", route: 'path = "/paid"' },
    { why: "a path with a parameter", address: "{$request.query.url}/users/{id}", route: 'path = "/users/{id}"' },
    {
      why: "an expression in the query of a URL, as in the specification's own example",
      address: "http://example.com?transactionId={$request.body#/id}&email={$request.body#/email}",
      route: "-",
    },
    { why: "a name, which is no path", address: "paid", route: "-" },
    { why: "an expression as a host", address: "https://{$request.body#/host}/in", route: 'path = "/in"' },
    {
      why: "an expression as a segment",
      address: "https://a.example/{$request.body#/id}/in",
      route: 'path = "/{}/in"',
    },
    { why: "a URL without a path", address: "https://example.com/", route: "-" },
  ])("address: $why", async ({ address, route }) => {
    const item = (kind: string) => post({ type: "object", properties: { [kind]: { type: "string" } } });
    const given = await contractOf(
      openapi({ paths: operation({ one: { [address]: item("a") }, two: { "{$url}": item("b") } }) }),
    );
    expect(routes(given)).toMatchObject({ one: route });
    expect(given.contract.webhooks[0]?.forms[0]?.address).toBe(address);
  });

  test("a $ref to a callback that two operations share is one webhook; another address is another form", async () => {
    const given = await contractOf(
      openapi({
        paths: {
          "/a": { post: { callbacks: { done: { $ref: "#/components/callbacks/done" } } } },
          "/b": { post: { callbacks: { finished: { $ref: "#/components/callbacks/done" } } } },
          "/c": { put: { callbacks: { done: { "{$request.body#/other}": { $ref: "#/components/pathItems/done" } } } } },
        },
        components: {
          callbacks: { done: { "{$request.body#/url}": { $ref: "#/components/pathItems/done" } } },
          pathItems: { done: post(fixed({ type: "done" })) },
        },
      }),
    );
    expect(forms(given)).toEqual({
      done: ["POST {$request.body#/url} application/json json", "POST {$request.body#/other} application/json json"],
    });
  });

  test("several expressions and several methods are webhooks each", async () => {
    const given = await contractOf(
      openapi({
        paths: operation({
          done: {
            "{$request.body#/ok}": { ...post(object), put: post(object).post },
            "{$request.body#/failed}": post(object),
          },
        }),
      }),
    );
    expect(Object.values(forms(given)).flat()).toEqual([
      "POST {$request.body#/ok} application/json json",
      "PUT {$request.body#/ok} application/json json",
      "POST {$request.body#/failed} application/json json",
    ]);
    expect(codes(given)).toEqual(["route-ambiguous"]);
  });

  test("callbacks of a callback's operation, and of a webhook's, are webhooks too", async () => {
    // Said twice, and the same in everything: one event that two operations lead to.
    const inner = { inner: { "{$request.body#/next}": post(fixed({ t: "inner" })) } };
    const given = await contractOf(
      openapi({
        webhooks: { hook: post(fixed({ t: "hook" }), { callbacks: inner }) },
        paths: operation({ outer: { "{$url}": post(fixed({ t: "outer" }), { callbacks: inner }) } }),
      }),
    );
    expect(names(given).sort()).toEqual(["hook", "inner", "outer"]);
  });

  test("what goes to two literal paths is two webhooks, which a receiver tells apart by them", async () => {
    const payload = { type: "object", properties: { id: { type: "string" } } };
    const given = await contractOf(
      openapi({
        paths: {
          "/orders": { post: { callbacks: { created: { "{$url}/orders": post(payload) } } } },
          "/invoices": { post: { callbacks: { created: { "{$url}/invoices": post(payload) } } } },
        },
      }),
    );
    expect(names(given)).toEqual(["created", "created-2"]);
    expect(codes(given)).toEqual([]);
  });

  test("a callback that leads back to its own operation ends", async () => {
    const given = await contractOf(
      openapi({
        webhooks: {
          loop: post(object, { callbacks: { again: { "{$url}": { $ref: "#/webhooks/loop" } } } }),
        },
      }),
    );
    expect(forms(given)).toEqual({ loop: ["POST ? application/json json", "POST {$url} application/json json"] });
  });
});

describe("nothing is silent", () => {
  test.each([
    {
      where: "document",
      given: { webhooks: { a: post(object) }, tags: [], hooks: {}, "x-own": 1 },
      want: ["/hooks: not read", "/x-own: an extension that is not read"],
    },
    {
      where: "path item",
      given: { webhooks: { a: { ...post(object), servers: [], "x-own": 1 } } },
      want: ["/webhooks/a/servers: not read", "/webhooks/a/x-own: an extension that is not read"],
    },
    {
      where: "operation",
      given: { webhooks: { a: post(object, { servers: [] }) } },
      want: ["/webhooks/a/post/servers: not read"],
    },
    {
      where: "a path item without operation",
      given: { webhooks: { a: { summary: "soon" } } },
      want: ["/webhooks/a: has no operation, so nothing says what is delivered"],
    },
    {
      where: "a reference that leads nowhere, once",
      given: { webhooks: { a: { $ref: "#/components/pathItems/gone" }, b: post(ref("Gone")) } },
      want: [
        '/webhooks/a: its reference "#/components/pathItems/gone" leads nowhere',
        '/webhooks/b/post/requestBody/content/application~1json/schema/$ref: the reference "#/components/schemas/Gone" leads nowhere',
      ],
    },
    {
      where: "schemas that no webhook uses",
      given: {
        webhooks: { a: post(ref("Used")) },
        components: { schemas: { Used: object, Not: object, "x-Nor": {} } },
      },
      want: ["/components/schemas: no webhook uses 2 of its schemas (Not, x-Nor)"],
    },
    {
      where: "schemas of which a webhook uses a part",
      given: {
        webhooks: { a: post({ $ref: "#/components/schemas/Used/properties/deep/items" }) },
        components: { schemas: { Used: { properties: { deep: { items: object } } }, "Used/properties": object } },
      },
      want: ["/components/schemas: no webhook uses 1 of its schemas (Used/properties)"],
    },
    {
      where: "x-webhook-route that is no condition",
      given: { webhooks: { a: { ...post(object), "x-webhook-route": [{ in: "nowhere", at: "" }, 5] } } },
      want: [
        "/webhooks/a/x-webhook-route/0: is no condition { in, at, value? }",
        "/webhooks/a/x-webhook-route/1: is no condition { in, at, value? }",
      ],
    },
    {
      where: "x-webhook-route that names no place",
      given: {
        webhooks: {
          a: { ...post(object), "x-webhook-route": { in: "body", at: "type", value: "a" } },
          b: { ...post(object), "x-webhook-route": { in: "body", at: "/~2", value: "a" } },
          c: { ...post(object), "x-webhook-route": { in: "header", at: "", value: "a" } },
          d: { ...post(object), "x-webhook-route": { in: "path", at: "/a", value: "a" } },
        },
      },
      want: ["a", "b", "c", "d"].map((key) => `/webhooks/${key}/x-webhook-route: is no condition { in, at, value? }`),
    },
  ])("$where", async ({ given, want }) => {
    expect(omissions(await contractOf(openapi(given)))).toEqual(want);
  });
});

describe("examples", () => {
  const media = (rest: object, schema: object = object) => ({
    a: { post: { requestBody: { content: { "application/json": { schema, ...rest } } } } },
  });

  test.each([
    {
      why: "named ones, with what they say of themselves; a $ref is followed",
      given: media({
        examples: {
          one: { summary: "First", value: { a: 1 } },
          two: { $ref: "#/components/examples/Two" },
          "x-three": { value: 3 },
        },
      }),
      want: ['one {"a":1}', 'two {"a":2}', "x-three 3"],
    },
    { why: "one without a name", given: media({ example: { a: 1 } }), want: ['example {"a":1}'] },
    { why: "an example of null is one", given: media({ example: null }), want: ["example null"] },
    {
      why: "those of the schema where the media type has none",
      given: media({}, { examples: [{ a: 1 }, { a: 2 }], example: { a: 3 } }),
      want: ['example {"a":1}', 'example-2 {"a":2}'],
    },
    {
      why: "as OpenAPI 3.2 has them: as data, and as the text of the body",
      given: media({ examples: { one: { dataValue: { a: 1 } }, two: { serializedValue: '{"a":2}' } } }),
      want: ['one {"a":1}', 'two {"a":2}'],
    },
    {
      why: "a $ref in an example is data",
      given: media({ example: { $ref: "#/x" } }),
      want: ['example {"$ref":"#/x"}'],
    },
  ])("$why", async ({ given, want }) => {
    const document = openapi({ webhooks: given, components: { examples: { Two: { value: { a: 2 } } } } });
    const { contract } = await contractOf(document);
    expect(contract.webhooks[0]?.examples.map(({ name, payload }) => `${name} ${JSON.stringify(payload)}`)).toEqual(
      want,
    );
  });

  test("one beside several, and one whose text cannot be read, are omissions", async () => {
    const examples = { one: { value: { a: 1 } }, two: { serializedValue: "a=2" } };
    const given = await contractOf(openapi({ webhooks: media({ examples, example: { a: 3 } }) }));
    expect(given.contract.webhooks[0]?.examples.map(({ name }) => name)).toEqual(["one"]);
    expect(omissions(given)).toEqual([
      "/webhooks/a/post/requestBody/content/application~1json/examples/two: an example without a value that can be read",
      "/webhooks/a/post/requestBody/content/application~1json/example: beside examples, an example is not read",
    ]);
  });

  test("an event of a payload that is split has those of its own schema where it gets no other", async () => {
    const given = await contractOf(
      openapi({
        webhooks: media(
          { examples: { x: { value: { t: "b" } } } },
          {
            oneOf: [{ $ref: "#/components/schemas/A~0B%25" }, ref("B"), fixed({ t: "c" }, { example: { t: "c" } })],
          },
        ),
        components: {
          schemas: {
            "A~B%": fixed({ t: "a" }, { examples: [{ t: "a" }, { t: "a", x: 1 }] }),
            B: fixed({ t: "b" }, { example: { t: "b", x: 2 } }),
          },
        },
      }),
    );
    expect(given.contract.webhooks.map(({ examples }) => examples.map(({ name, payload }) => [name, payload]))).toEqual(
      [
        [
          ["example", { t: "a" }],
          ["example-2", { t: "a", x: 1 }],
        ],
        [["x", { t: "b" }]],
        [["example", { t: "c" }]],
      ],
    );
    expect(given.contract.webhooks[0]?.examples[0]?.source.pointer).toBe("/components/schemas/A~0B%/examples/0");
  });

  test("those of a payload that is split go to the event whose route they meet; the others are omissions", async () => {
    const schema = { oneOf: [fixed({ t: "a" }), fixed({ t: "b" })] };
    const given = await contractOf(
      openapi({
        webhooks: media({ examples: { x: { value: { t: "b" } }, y: { value: { t: "c" } }, z: { value: [] } } }, schema),
      }),
    );
    expect(given.contract.webhooks.map(({ name, examples }) => [name, examples.map((one) => one.name)])).toEqual([
      ["a", []],
      ["b", ["x"]],
    ]);
    expect(omissions(given).map((line) => line.split(":")[0])).toEqual([
      "/webhooks/a/post/requestBody/content/application~1json/examples/y/value",
      "/webhooks/a/post/requestBody/content/application~1json/examples/z/value",
    ]);
  });
});

describe("examples written as the text of their JSON", () => {
  const withExample = (schema: unknown, example: unknown) => ({
    post: { requestBody: { content: { "application/json": { schema, example } } } },
  });

  test.each([
    { why: "an object", schema: { type: "object" }, example: '{ "id": 1 }', want: { id: 1 } },
    { why: "through $ref and allOf", schema: { allOf: [ref("A")] }, example: '{"id":1}', want: { id: 1 } },
    { why: "a list", schema: { type: ["array", "null"] }, example: "[1]", want: [1] },
    { why: "no type, but properties", schema: { properties: { id: {} } }, example: "{}", want: {} },
    { why: "a string where one is right", schema: { type: "string" }, example: '{"id":1}', want: '{"id":1}' },
    { why: "where anything is right", schema: {}, example: '{"id":1}', want: '{"id":1}' },
    { why: "a number too large to keep", schema: { type: "object" }, example: '{"id":1e999}', want: '{"id":1e999}' },
    { why: "no JSON", schema: { type: "object" }, example: "{ id: 1 }", want: "{ id: 1 }" },
  ])("$why", async ({ schema, example, want }) => {
    const components = { schemas: { A: { type: "object" } } };
    const { contract } = await contractOf(openapi({ webhooks: { a: withExample(schema, example) }, components }));
    expect(contract.webhooks[0]?.examples.map(({ payload }) => payload)).toEqual([want]);
  });
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkVocabulary, sameFile } from "../../src/check/index.ts";
import { VOCABULARY } from "../../src/check/vocabulary-validator.ts";
import type { Json, JsonObject } from "../../src/model/index.ts";

const at = sameFile("a.yaml");
const root = join(import.meta.dirname, "../..");

/** What is found, as `pointer: message`. */
async function found(document: Json): Promise<string[]> {
  const diagnostics = await checkVocabulary(document, at);
  for (const { code } of diagnostics) expect(code).toBe("vocabulary-violation");
  return diagnostics.map(({ message, location }) => `${location.pointer}: ${message}`);
}

const shipped = readdirSync(join(root, "specs")).flatMap((folder) =>
  readdirSync(join(root, "specs", folder)).flatMap((file) =>
    /\.ya?ml$/.test(file) ? [join(root, "specs", folder, file)] : [],
  ),
);

test.each(shipped)("nothing is found in %s", async (file) => {
  expect(await found(parse(readFileSync(file, "utf8")))).toEqual([]);
});

describe("x-webhook-route", () => {
  const here = "/x-webhook-route";
  test.each<[string, Json, string[]]>([
    ["a condition", { in: "body", at: "/type" }, []],
    [
      "a list",
      [
        { in: "body", at: "/a~1b/0/c~0d" },
        { in: "header", at: "x-event", value: "a" },
      ],
      [],
    ],
    ["any of several values", { in: "query", at: "event", value: ["a", 1, true, null] }, []],
    ["the address", { in: "path", at: "", value: "/events/{id}" }, []],
    ["the whole body", { in: "body", at: "" }, []],
    ["an empty list", [], [`${here}: "x-webhook-route" must not be empty.`]],
    ["a text", "type", [`${here}: "x-webhook-route" must be an object or a list, not "type".`]],
    ["an item that is none", ["type"], [`${here}/0: "x-webhook-route/0" must be an object, not "type".`]],
    ["no place", { value: "a" }, [`${here}: "x-webhook-route" needs "in".`, `${here}: "x-webhook-route" needs "at".`]],
    [
      "an unknown place",
      { in: "cookie", at: "a" },
      [`${here}/in: "in" must be one of "body", "header", "query" or "path", not "cookie".`],
    ],
    [
      "a pointer without slash",
      { in: "body", at: "type" },
      [`${here}/at: "at" must be a JSON pointer such as "/event/type", not "type".`],
    ],
    [
      "a pointer with a wrong escape",
      { in: "body", at: "/a~2" },
      [`${here}/at: "at" must be a JSON pointer such as "/event/type", not "/a~2".`],
    ],
    [
      "a header in upper case",
      { in: "header", at: "X-Event" },
      [`${here}/at: "at" must be a header's name in lower case, not "X-Event".`],
    ],
    ["a parameter without a name", { in: "query", at: "" }, [`${here}/at: "at" must not be empty.`]],
    ["an address in the wrong member", { in: "path", at: "/a" }, [`${here}/at: "at" must be "", not "/a".`]],
    ["no values", { in: "body", at: "/a", value: [] }, [`${here}/value: "value" must not be empty.`]],
    [
      "an object as value",
      { in: "body", at: "/a", value: {} },
      [`${here}/value: "value" must be a string, a number, null, a list, true or false, not an object.`],
    ],
    [
      "a mistyped member",
      { in: "body", at: "/a", vaule: 1 },
      [`${here}/vaule: "vaule" is no property of "x-webhook-route".`],
    ],
  ])("%s", async (_, route, wanted) => {
    expect(await found({ "x-webhook-route": route })).toEqual(wanted);
  });
});

describe("x-webhook-name", () => {
  test.each<[Json, number]>([
    ["a", 0],
    ["conference-member", 0],
    ["Ü 1", 0],
    ["", 1],
    [7, 1],
    [null, 1],
    ["a\nb", 1],
    [["a"], 1],
  ])("%j", async (name, count) => {
    const violations = await found({ webhooks: { w: { post: { "x-webhook-name": name } } } });
    expect(violations).toHaveLength(count);
    for (const violation of violations) expect(violation).toMatch(/^\/webhooks\/w\/post\/x-webhook-name: /);
  });

  test("not at the document", async () => {
    expect(await found({ "x-webhook-name": "a" })).toEqual([
      "/x-webhook-name: The document has many webhooks, so x-webhook-name cannot name one.",
    ]);
  });
});

describe("x-webhook-signature", () => {
  const hmac = { header: "x-signature", algorithm: "hmac-sha256", encoding: "hex" };
  // What the presets stand for, written out: a recipe can say all of them.
  const recipes = {
    "standard-webhooks": {
      header: "webhook-signature",
      algorithm: "hmac-sha256",
      encoding: "base64",
      format: "v1,{signature}",
      separator: " ",
      signedContent: "{id}.{timestamp}.{body}",
      idHeader: "webhook-id",
      timestampHeader: "webhook-timestamp",
      timestampUnit: "seconds",
      toleranceSeconds: 300,
      secretEncoding: "base64",
      secretPrefix: "whsec_",
    },
    github: { header: "x-hub-signature-256", algorithm: "hmac-sha256", encoding: "hex", format: "sha256={signature}" },
    stripe: {
      header: "stripe-signature",
      algorithm: "hmac-sha256",
      encoding: "hex",
      format: "t={timestamp},v1={signature}",
      separator: ",",
      signedContent: "{timestamp}.{body}",
      toleranceSeconds: 300,
    },
    slack: {
      header: "x-slack-signature",
      algorithm: "hmac-sha256",
      encoding: "hex",
      format: "v0={signature}",
      signedContent: "v0:{timestamp}:{body}",
      timestampHeader: "x-slack-request-timestamp",
      toleranceSeconds: 300,
    },
    shopify: { header: "x-shopify-hmac-sha256", algorithm: "hmac-sha256", encoding: "base64" },
  };

  test.each<[string, Json, string[]]>([
    ...Object.keys(recipes).map((name): [string, Json, string[]] => [`preset ${name}`, name, []]),
    ...Object.entries(recipes).map(([name, recipe]): [string, Json, string[]] => [`recipe of ${name}`, recipe, []]),
    [
      "a preset with another header",
      { preset: "standard-webhooks", header: "svix-signature", idHeader: "svix-id", timestampHeader: "svix-timestamp" },
      [],
    ],
    [
      "a public key",
      {
        header: "x-signature-ed25519",
        algorithm: "ed25519",
        encoding: "hex",
        secretEncoding: "hex",
        signedContent: "{timestamp}{body}",
        timestampHeader: "x-signature-timestamp",
      },
      [],
    ],
    ["the URL and the method", { ...hmac, signedContent: "{method}\n{url}\n{body}" }, []],
    [
      "an unknown preset",
      "githup",
      [
        ': "x-webhook-signature" must be one of "standard-webhooks", "svix", "github", "stripe", "slack", "shopify", "twilio", "zoom" or "adyen", not "githup".',
      ],
    ],
    ["a number", 7, [': "x-webhook-signature" must be a string or an object, not 7.']],
    [
      "nothing",
      {},
      [
        ': "x-webhook-signature" needs "header".',
        ': "x-webhook-signature" needs "algorithm".',
        ': "x-webhook-signature" needs "encoding".',
      ],
    ],
    [
      "a header in upper case",
      { ...hmac, header: "X-Signature" },
      ['/header: "header" must be a header\'s name in lower case, not "X-Signature".'],
    ],
    [
      "an unknown algorithm",
      { ...hmac, algorithm: "md5" },
      [
        '/algorithm: "algorithm" must be one of "hmac-sha1", "hmac-sha256", "hmac-sha384", "hmac-sha512" or "ed25519", not "md5".',
      ],
    ],
    [
      "an unknown encoding",
      { ...hmac, encoding: "base32" },
      ['/encoding: "encoding" must be one of "hex", "base64" or "base64url", not "base32".'],
    ],
    [
      "a format without signature",
      { ...hmac, format: "v1=" },
      [expect.stringMatching(/^\/format: /) as unknown as string],
    ],
    [
      "a format with two signatures",
      { ...hmac, format: "{signature},{signature}" },
      [expect.stringMatching(/^\/format: /) as unknown as string],
    ],
    [
      "a format with two timestamps",
      { ...hmac, format: "{timestamp},{signature},{timestamp}" },
      [expect.stringMatching(/^\/format: /) as unknown as string],
    ],
    [
      "a format with an unknown placeholder",
      { ...hmac, format: "{digest}={signature}" },
      [expect.stringMatching(/^\/format: /) as unknown as string],
    ],
    [
      "content without body",
      { ...hmac, signedContent: "{url}" },
      ['/signedContent: "signedContent" must be a text with {body} or {form} in it, not "{url}".'],
    ],
    [
      "content with an unknown placeholder",
      { ...hmac, signedContent: "{nonce}{body}" },
      [expect.stringMatching(/^\/signedContent: /) as unknown as string],
    ],
    [
      "a timestamp from nowhere",
      { ...hmac, signedContent: "{timestamp}.{body}" },
      [': "x-webhook-signature" needs "timestampHeader".'],
    ],
    [
      "a tolerance about nothing",
      { ...hmac, toleranceSeconds: 300 },
      [': "x-webhook-signature" needs "timestampHeader".'],
    ],
    ["an id from nowhere", { ...hmac, signedContent: "{id}.{body}" }, [': "x-webhook-signature" needs "idHeader".']],
    [
      "a negative tolerance",
      { ...hmac, timestampHeader: "t", toleranceSeconds: -1 },
      ['/toleranceSeconds: "toleranceSeconds" must be >= 0.'],
    ],
    [
      "a mistyped member",
      { ...hmac, tolerance: 300 },
      ['/tolerance: "tolerance" is no property of "x-webhook-signature".'],
    ],
  ])("%s", async (_, signature, wanted) => {
    const document = { components: { securitySchemes: { a: { type: "apiKey", "x-webhook-signature": signature } } } };
    const here = "/components/securitySchemes/a/x-webhook-signature";
    expect(await found(document)).toEqual(
      wanted.map((text) => (typeof text === "string" ? here + text : expect.stringContaining(here))),
    );
  });

  test("only at a security scheme, of AsyncAPI too", async () => {
    expect(await found({ webhooks: { w: { post: { "x-webhook-signature": "github" } } } })).toEqual([
      "/webhooks/w/post/x-webhook-signature: x-webhook-signature has no meaning here.",
    ]);
    expect(
      await found({ operations: { o: { security: [{ type: "httpApiKey", "x-webhook-signature": "github" }] } } }),
    ).toEqual([]);
  });
});

describe("x-open-enum and x-query-array", () => {
  const inEnum = "/components/schemas/A/x-open-enum: ";
  const inArray = "/components/schemas/A/x-query-array: ";
  test.each<[string, JsonObject, string[]]>([
    ["open", { type: "string", enum: ["a"], "x-open-enum": true }, []],
    ["open, null among the values", { type: ["string", "null"], enum: ["a", null], "x-open-enum": true }, []],
    ["open, type left out", { enum: ["a"], "x-open-enum": true }, []],
    ["not true", { enum: ["a"], "x-open-enum": "yes" }, [`${inEnum}"x-open-enum" must be true, not "yes".`]],
    [
      "no enum",
      { type: "string", "x-open-enum": true },
      [`${inEnum}There is no enum beside x-open-enum, so nothing is open.`],
    ],
    [
      "numbers",
      { type: "integer", enum: [1], "x-open-enum": true },
      [`${inEnum}x-open-enum opens an enum of strings, and this is another.`],
    ],
    ["bracketed", { type: "array", "x-query-array": "bracketed" }, []],
    ["bracketed, type left out", { items: {}, "x-query-array": "bracketed" }, []],
    [
      "an unknown way",
      { type: "array", "x-query-array": "csv" },
      [`${inArray}"x-query-array" must be "bracketed", not "csv".`],
    ],
    ["no array", { type: "string", "x-query-array": "bracketed" }, [`${inArray}x-query-array has no meaning here.`]],
  ])("%s", async (_, schema, wanted) => {
    expect(await found({ components: { schemas: { A: schema } } })).toEqual(wanted);
  });
});

describe("where it is looked for", () => {
  const wrong = { "x-webhook-route": "wrong" };
  test.each<[string, Json]>([
    ["examples of a schema", { components: { schemas: { A: { examples: [wrong] } } } }],
    ["an example", { components: { schemas: { A: { example: wrong } } } }],
    ["a default", { components: { schemas: { A: { default: wrong } } } }],
    ["a const", { components: { schemas: { A: { const: wrong } } } }],
    ["an enum", { components: { schemas: { A: { enum: [wrong] } } } }],
    ["Example Objects", { components: { examples: { e: { value: wrong } } } }],
    [
      "examples of a media type",
      { paths: { "/a": { post: { requestBody: { content: { b: { examples: { e: { value: wrong } } } } } } } } },
    ],
    ["examples of a message", { components: { messages: { m: { examples: [{ payload: wrong }] } } } }],
    ["somebody else's extension", { "x-other": wrong }],
    [
      "properties of that name",
      { components: { schemas: { A: { properties: { "x-webhook-route": { type: "string" } } } } } },
    ],
  ])("not in %s", async (_, document) => {
    expect(await found(document)).toEqual([]);
  });

  test.each<[string, Json, string]>([
    ["the document", wrong, ""],
    ["a webhook", { webhooks: { w: wrong } }, "/webhooks/w"],
    ["a webhook of OpenAPI 3.0", { "x-webhooks": { w: { post: wrong } } }, "/x-webhooks/w/post"],
    [
      "a callback's operation",
      { paths: { "/a": { post: { callbacks: { c: { "{$url}": { post: wrong } } } } } } },
      "/paths/~1a/post/callbacks/c/{$url}/post",
    ],
    ["a message", { channels: { c: { messages: { m: wrong } } } }, "/channels/c/messages/m"],
    ["a branch", { components: { schemas: { A: { oneOf: [{}, wrong] } } } }, "/components/schemas/A/oneOf/1"],
    [
      "a property called default",
      { components: { schemas: { A: { properties: { default: wrong } } } } },
      "/components/schemas/A/properties/default",
    ],
    [
      "a property called examples",
      { components: { schemas: { A: { properties: { examples: wrong } } } } },
      "/components/schemas/A/properties/examples",
    ],
    ["a schema called enum", { components: { schemas: { enum: wrong } } }, "/components/schemas/enum"],
    [
      "headers of a message",
      { components: { messages: { m: { headers: { type: "object", ...wrong } } } } },
      "/components/messages/m/headers",
    ],
    ["a part that is a document of its own", { type: "object", properties: { a: wrong } }, "/properties/a"],
  ])("but in %s", async (_, document, place) => {
    expect(await found(document)).toEqual([
      `${place}/x-webhook-route: "x-webhook-route" must be an object or a list, not "wrong".`,
    ]);
  });

  test("not in the dark: what a document inherits or repeats", async () => {
    const shared = { type: "object", ...wrong };
    expect(await found({ components: { schemas: { A: shared, B: shared } } })).toHaveLength(1);
    expect(await found(JSON.parse('{"__proto__": {"x-webhook-route": "wrong"}}'))).toHaveLength(1);
    expect(await found(Object.create(wrong))).toEqual([]);
  });
});

test("depth, scalars and nothing at all", async () => {
  let schema: JsonObject = { "x-webhook-route": "wrong" };
  for (let depth = 0; depth < 100_000; depth++) schema = { not: schema };
  expect(await checkVocabulary(schema, at)).toHaveLength(1);
  for (const value of [null, "a", 7, true, [], {}] satisfies Json[]) expect(await found(value)).toEqual([]);
});

test("a flood is cut", async () => {
  const diagnostics = await checkVocabulary({ "x-webhook-route": Array.from({ length: 30 }, () => 7) }, at);
  expect(diagnostics).toHaveLength(21);
  expect(diagnostics.at(-1)).toMatchObject({
    code: "more-violations",
    message: expect.stringMatching(/^10 more violations of Hookbook's vocabulary/),
  });
});

describe("the page and the published schema", () => {
  const page = readFileSync(join(root, "docs/vocabulary.md"), "utf8");
  const schema = JSON.parse(readFileSync(join(root, "src/check/vocabulary.schema.json"), "utf8"));

  test("tell of every extension", () => {
    expect(existsSync(join(root, "docs/vocabulary.md"))).toBe(true);
    for (const extension of VOCABULARY) {
      expect(page).toContain(`\n## \`${extension}\``);
      expect(schema.properties).toHaveProperty([extension]);
      expect(schema.$defs[extension].description).toMatch(/\.$/);
    }
    expect(Object.keys(schema.properties).sort()).toEqual([...VOCABULARY].sort());
  });

  test("tell of every member of a recipe and of every preset", () => {
    for (const member of Object.keys(schema.$defs.recipe.properties)) expect(page).toContain(`| \`${member}\` |`);
    for (const preset of schema.$defs.preset.enum) expect(page).toContain(`| \`${preset}\` |`);
  });

  const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text ?? "");
  test.each(examples)("have examples that are right: %s", async (text) => {
    const document = parse(text);
    expect(VOCABULARY.some((extension) => text.includes(extension)) || text.includes("contentSchema")).toBe(true);
    expect(await found(document)).toEqual([]);
  });

  test("has an example for each", () => {
    for (const extension of VOCABULARY) expect(examples.some((text) => text.includes(extension))).toBe(true);
  });
});

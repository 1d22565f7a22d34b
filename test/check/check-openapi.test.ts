import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkOpenApi, sameFile } from "../../src/check/index.ts";
import type { Json, JsonObject } from "../../src/model/index.ts";
import { HOSTILE_MILLISECONDS_MAX } from "../limits.ts";

const VERSIONS = ["3.0.3", "3.1.1", "3.2.0"];

/** What is found, as `pointer: message`. */
async function found(document: Json): Promise<string[]> {
  const diagnostics = await checkOpenApi(document, sameFile("openapi.yaml"));
  for (const { severity, location } of diagnostics) {
    expect(severity).toBe("error");
    expect(location.file).toBe("openapi.yaml");
  }
  return diagnostics.map(({ message, location }) => `${location.pointer}: ${message}`);
}

/** A document with one operation that answers, plus what is given. */
function documentOf(version: string, more: JsonObject = {}): JsonObject {
  return { openapi: version, info: { title: "Orders", version: "1" }, paths: {}, ...more };
}

function withOperation(version: string, operation: JsonObject): JsonObject {
  return documentOf(version, {
    paths: { "/a": { post: { responses: { default: { description: "" } }, ...operation } } },
  });
}

function withSchema(version: string, schema: Json): JsonObject {
  return documentOf(version, { components: { schemas: { Order: schema } } });
}

const specs = join(import.meta.dirname, "../../specs");
const shipped = readdirSync(specs).flatMap((folder) =>
  readdirSync(join(specs, folder)).flatMap((file) => (/^openapi\./.test(file) ? [join(specs, folder, file)] : [])),
);

test.each(shipped)("nothing is found in %s", async (file) => {
  expect(await found(parse(readFileSync(file, "utf8")))).toEqual([]);
});

describe.each(VERSIONS)("OpenAPI %s", (version) => {
  test.each<[string, JsonObject, string[]]>([
    ["an empty document", documentOf(version), []],
    ["extensions", documentOf(version, { "x-anything": { at: "all" } }), []],
    [
      "a property missing",
      documentOf(version, { info: { title: "a" } }),
      ['/info: "version" is missing: an Info Object needs it.'],
    ],
    [
      "a wrong type",
      documentOf(version, { info: { title: ["a"], version: "1" } }),
      ['/info/title: "title" must be a string, not a list.'],
    ],
    ["an object that is none", documentOf(version, { info: null }), ['/info: "info" must be an object, not null.']],
    [
      "an unknown property",
      documentOf(version, { webhok: {} }),
      ['/webhok: "webhok" is no property of an OpenAPI Object.'],
    ],
    [
      "an unknown property deep inside",
      withOperation(version, { sumary: "a" }),
      ['/paths/~1a/post/sumary: "sumary" is no property of an Operation Object.'],
    ],
    [
      "a path without slash",
      documentOf(version, { paths: { orders: {} } }),
      ['/paths/orders: "orders" is no property of a Paths Object.'],
    ],
    [
      "no status",
      withOperation(version, { responses: { default: { description: "" }, ok: { description: "" } } }),
      ['/paths/~1a/post/responses/ok: "ok" is no property of a Responses Object.'],
    ],
    [
      "both of an alternative",
      withOperation(version, { parameters: [{ name: "a", in: "query", schema: {}, content: { "text/plain": {} } }] }),
      ['/paths/~1a/post/parameters/0: "schema" and "content" exclude each other.'],
    ],
    [
      "none of an alternative",
      withOperation(version, { parameters: [{ name: "a", in: "query" }] }),
      ['/paths/~1a/post/parameters/0: "parameters/0" needs either "schema" or "content".'],
    ],
    ["a list that is a scalar", documentOf(version, { tags: "a" }), ['/tags: "tags" must be a list, not "a".']],
    [
      "an unfit reference",
      withOperation(version, { requestBody: { $ref: 7 } }),
      ['/paths/~1a/post/requestBody/$ref: "$ref" must be a string, not 7.'],
    ],
    ["a reference", withOperation(version, { requestBody: { $ref: "#/components/requestBodies/a" } }), []],
    [
      "both example and examples",
      withOperation(version, { parameters: [{ name: "a", in: "query", schema: {}, example: 1, examples: {} }] }),
      ['/paths/~1a/post/parameters/0: "example" and "examples" exclude each other.'],
    ],
    [
      "a mistyped schema",
      withSchema(version, { type: "strin" }),
      [
        expect.stringMatching(/^\/components\/schemas\/Order\/type: "type" must be one of "array", .*, not "strin"\.$/),
      ] as unknown as string[],
    ],
    [
      "a broken pattern",
      withSchema(version, { pattern: "(" }),
      ['/components/schemas/Order/pattern: "pattern" must be a regular expression, not "(".'],
    ],
    ["a pattern that only the flag u would refuse", withSchema(version, { pattern: "a\\-b" }), []],
    [
      "a negative length",
      withSchema(version, { properties: { a: { maxLength: -1 } } }),
      ['/components/schemas/Order/properties/a/maxLength: "maxLength" must be >= 0.'],
    ],
    [
      "a schema that is a number",
      withSchema(version, { properties: { a: 7 } }),
      [
        expect.stringMatching(/^\/components\/schemas\/Order\/properties\/a: "a" must be an object.*, not 7\.$/),
      ] as unknown as string[],
    ],
    [
      "a schema of an unfit scheme",
      documentOf(version, { components: { securitySchemes: { a: { type: "basic" } } } }),
      [
        expect.stringMatching(
          /^\/components\/securitySchemes\/a\/type: "type" must be one of "apiKey", "http", .*, not "basic"\.$/,
        ),
      ] as unknown as string[],
    ],
    [
      "a scheme half told",
      documentOf(version, { components: { securitySchemes: { a: { type: "apiKey", in: "header" } } } }),
      ['/components/securitySchemes/a: "name" is missing: a Security Scheme Object needs it.'],
    ],
  ])("%s", async (_, document, wanted) => {
    expect(await found(document)).toEqual(wanted);
  });

  test("everything wrong in one place, and places in document order", async () => {
    const document = withOperation(version, { tags: 7, parameters: [{ in: "bdy" }], deprecated: "no" });
    const places = (await found(document)).map((line) => line.split(": ")[0]);
    expect([...new Set(places)]).toEqual([
      "/paths/~1a/post/tags",
      "/paths/~1a/post/parameters/0",
      "/paths/~1a/post/parameters/0/in",
      "/paths/~1a/post/deprecated",
    ]);
  });

  test("hints and the specification's section", async () => {
    const [missing, unknown, number] = await checkOpenApi(
      documentOf(version, { info: { titel: "a", version: 1.5 } }),
      sameFile("a"),
    );
    expect(missing?.url).toBe(`https://spec.openapis.org/oas/v${version.slice(0, 3)}#info-object`);
    expect(unknown?.hint).toBe('did you mean "title"?');
    expect(number?.hint).toBe("write it in quotes");
  });

  test("a flood is cut, and how much was cut is said", async () => {
    const paths = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`/${index}`, { gte: {} }]));
    const diagnostics = await checkOpenApi(documentOf(version, { paths }), sameFile("a"));
    expect(diagnostics).toHaveLength(21);
    expect(diagnostics.at(-1)).toMatchObject({
      code: "more-violations",
      message: expect.stringMatching(/^30 more violations of OpenAPI 3\.\d were found/),
    });
  });

  test("a flood of a hundred thousand takes no time", async () => {
    const tags = Array.from({ length: 100_000 }, (_, index) => ({ name: index, unknown: true }));
    const begin = performance.now();
    expect(await found(documentOf(version, { tags }))).toHaveLength(21);
    expect(performance.now() - begin).toBeLessThan(HOSTILE_MILLISECONDS_MAX);
  });
});

describe("what only some versions say", () => {
  test.each<[string, JsonObject, string[]]>([
    [
      "3.0: paths are needed",
      { openapi: "3.0.3", info: { title: "", version: "" } },
      ['"paths" is missing: an OpenAPI Object needs it.'],
    ],
    [
      "3.1: something is needed",
      { openapi: "3.1.0", info: { title: "", version: "" } },
      ['The document needs at least one of "paths", "components" and "webhooks".'],
    ],
    [
      "3.0: lists of types are not",
      withSchema("3.0.3", { type: ["string", "null"] }),
      ['"type" must be a string, not a list.'],
    ],
    [
      "3.1: one of a list of types",
      withSchema("3.1.0", { type: ["string", "nul"] }),
      [expect.stringMatching(/^"type\/1" must be one of/) as unknown as string],
    ],
    [
      "3.1: webhooks are path items",
      documentOf("3.1.0", { webhooks: { a: { pots: {} } } }),
      ['"pots" is no property of a Path Item Object.'],
    ],
    [
      "3.1: names of components",
      documentOf("3.1.0", { components: { schemas: { "a b": {} } } }),
      ['"a b" is no name that may be used here.'],
    ],
    [
      "3.1: path parameters are required",
      withOperation("3.1.0", { parameters: [{ name: "a", in: "path", schema: {} }] }),
      ['"required" is missing: a Parameter Object needs it.'],
    ],
    [
      "3.0: an item twice",
      documentOf("3.0.3", { tags: [{ name: "a" }, { name: "b" }, { name: "a" }] }),
      ['"tags" holds the same item twice (items 0 and 2).'],
    ],
    [
      "a version without its third part",
      documentOf("3.1"),
      [expect.stringContaining('"openapi"') as unknown as string],
    ],
    ["a version that is a number", documentOf("3.1", { openapi: 3.1 }), ['"openapi" must be a string, not 3.1.']],
  ])("%s", async (_, document, wanted) => {
    const diagnostics = await checkOpenApi(document, sameFile("a"));
    expect(diagnostics.map(({ message }) => message)).toEqual(wanted);
  });
});

describe("schemas of another dialect are left alone", () => {
  const draft7 = { items: [{}], properties: { a: { exclusiveMinimum: true } } };
  test("3.1 and its own dialect look into schemas", async () => {
    expect(await found(withSchema("3.1.0", draft7))).toHaveLength(2);
    const dialect = "https://spec.openapis.org/oas/3.1/dialect/base";
    expect(await found({ ...withSchema("3.1.0", draft7), jsonSchemaDialect: dialect })).toHaveLength(2);
  });

  test.each([
    [
      "the document's",
      { ...withSchema("3.1.0", draft7), jsonSchemaDialect: "http://json-schema.org/draft-07/schema#" },
    ],
    ["the schema's own", withSchema("3.1.0", { $schema: "http://json-schema.org/draft-07/schema#", ...draft7 })],
  ])("by %s word", async (_, document) => {
    expect(await found(document)).toEqual([]);
    expect(await found({ ...document, info: {} })).toHaveLength(2);
  });
});

test.each<[string, Json]>([
  ["null", null],
  ["a list", []],
  ["AsyncAPI", { asyncapi: "3.0.0" }],
  ["OpenAPI 2", { swagger: "2.0" }],
  ["a version from the future", { openapi: "3.3.0" }],
  ["a version that only begins alike", { openapi: "3.10.0" }],
  ["an inherited version", Object.create({ openapi: "3.1.0" })],
])("%s is not checked", async (_, document) => {
  expect(await found(document)).toEqual([]);
});

test("places are mapped back", async () => {
  const [diagnostic] = await checkOpenApi(documentOf("3.1.0", { info: {} }), (pointer) => ({
    file: "b.yaml",
    pointer: `/moved${pointer}`,
  }));
  expect(diagnostic?.location).toEqual({ file: "b.yaml", pointer: "/moved/info" });
});

test("the document is not changed, and a frozen one is fine", async () => {
  const document = Object.freeze(documentOf("3.0.3", { info: Object.freeze({}) as JsonObject }));
  await checkOpenApi(document, sameFile("a"));
  expect(document).toEqual(documentOf("3.0.3", { info: {} }));
});

test("a document too deep to be checked is said so, not thrown", async () => {
  let schema: JsonObject = {};
  for (let depth = 0; depth < 50_000; depth++) schema = { not: schema };
  expect(await checkOpenApi(withSchema("3.1.0", schema), sameFile("a"))).toMatchObject([
    { code: "specification-not-checked", severity: "warning" },
  ]);
});

import { Validator } from "@seriousme/openapi-schema-validator";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkOpenApi, sameFile } from "../../src/check/index.ts";
import { walk } from "../../src/json/index.ts";
import type { Json, JsonObject } from "../../src/model/index.ts";

// The official schemas, run as their own package runs them, decide what is right. Ours may say more about schemas, in
// versions that leave them open, and never less; without schemas both agree.

const DOCUMENT: JsonObject = {
  info: { title: "Orders", version: "1", license: { name: "MIT" }, contact: { name: "a" } },
  servers: [{ url: "https://a.example", variables: { v: { default: "a", enum: ["a"] } } }],
  tags: [{ name: "a", externalDocs: { url: "https://a.example" } }],
  security: [{ key: [] }],
  paths: {
    "/a/{id}": {
      parameters: [
        { name: "id", in: "path", required: true, schema: { type: "string" } },
        { $ref: "#/components/parameters/p" },
      ],
      post: {
        operationId: "a",
        tags: ["a"],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { type: "object" },
              examples: { e: { value: 1 } },
              encoding: { f: { style: "form" } },
            },
          },
        },
        responses: {
          "200": {
            description: "",
            headers: { h: { schema: { type: "string" } } },
            links: { l: { operationId: "a" } },
          },
          "2XX": { $ref: "#/components/responses/r" },
          default: { description: "" },
        },
        callbacks: { c: { "{$request.body#/url}": { post: { responses: { default: { description: "" } } } } } },
      },
    },
  },
  components: {
    parameters: {
      p: { name: "p", in: "query", style: "form", explode: true, schema: { type: "array", items: { type: "string" } } },
      h: { name: "h", in: "header", content: { "text/plain": {} } },
      c: { name: "c", in: "cookie", schema: {} },
    },
    responses: { r: { description: "", content: { "text/plain": { example: 1 } } } },
    securitySchemes: {
      key: { type: "apiKey", name: "a", in: "header" },
      basic: { type: "http", scheme: "basic" },
      bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      oauth: { type: "oauth2", flows: { implicit: { authorizationUrl: "https://a.example", scopes: { a: "b" } } } },
      oidc: { type: "openIdConnect", openIdConnectUrl: "https://a.example" },
    },
    schemas: {
      A: {
        type: "object",
        required: ["a"],
        properties: { a: { type: "string", maxLength: 3, nullable: true } },
        additionalProperties: false,
      },
      B: {
        oneOf: [{ $ref: "#/components/schemas/A" }, { type: "integer", minimum: 1, exclusiveMinimum: true }],
        discriminator: { propertyName: "a" },
      },
    },
  },
};

const POINTERS: string[] = [];
walk(DOCUMENT, (_, pointer) => {
  if (pointer !== "") POINTERS.push(pointer);
  return undefined;
});

const VALUES: Json[] = [
  null,
  true,
  false,
  0,
  -1,
  "",
  "x",
  "path",
  "header",
  "query",
  "http",
  "oauth2",
  "form",
  "bearer",
  [],
  ["a"],
  [1, 1],
  {},
  { $ref: "#/a" },
  { $ref: 1 },
  { "x-a": 1 },
  { a: {} },
];
const KEYS = [
  "x-a",
  "$ref",
  "name",
  "in",
  "type",
  "schema",
  "content",
  "example",
  "examples",
  "required",
  "style",
  "unknown",
  "default",
  "description",
  "allowReserved",
  "bearerFormat",
];

type Change = {
  readonly at: string;
  readonly kind: "remove" | "replace" | "add";
  readonly key: string;
  readonly value: Json;
};

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    at: fc.constantFrom(...POINTERS),
    kind: fc.constantFrom("remove" as const, "replace" as const, "add" as const),
    key: fc.constantFrom(...KEYS),
    value: fc.constantFrom(...VALUES),
  }),
  { minLength: 1, maxLength: 3 },
);

function change(document: JsonObject, list: readonly Change[]): JsonObject {
  const copy = structuredClone(document);
  for (const { at, kind, key, value } of list) {
    const tokens = at
      .slice(1)
      .split("/")
      .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = tokens.pop() ?? "";
    // biome-ignore lint/suspicious/noExplicitAny: any place of any document
    let holder: any = copy;
    for (const token of tokens) holder = typeof holder === "object" && holder !== null ? holder[token] : undefined;
    if (typeof holder !== "object" || holder === null || holder[last] === undefined) continue;
    if (kind === "remove") Array.isArray(holder) ? holder.splice(Number(last), 1) : delete holder[last];
    else if (kind === "replace") holder[last] = structuredClone(value);
    else if (typeof holder[last] === "object" && holder[last] !== null && !Array.isArray(holder[last]))
      holder[last][key] = structuredClone(value);
  }
  return copy;
}

/** In the package's JavaScript, and missing from its types. */
interface WithAjv {
  getAjvValidator(version: string): (document: Json) => boolean;
}

const official = new Validator({ validateFormats: false }) as unknown as WithAjv;

async function isRight(document: JsonObject): Promise<boolean> {
  return (await checkOpenApi(document, sameFile("a"))).length === 0;
}

describe.each([
  ["3.0.3", {}, "same"],
  ["3.1.0", { jsonSchemaDialect: "https://example.com/dialect" }, "same"],
  ["3.2.0", { jsonSchemaDialect: "https://example.com/dialect" }, "same"],
  ["3.1.0", {}, "stricter"],
  ["3.2.0", {}, "stricter"],
] as const)("OpenAPI %s %j", (version, more, how) => {
  const base: JsonObject = { openapi: version, ...more, ...DOCUMENT };
  const validate = official.getAjvValidator(version.slice(0, 3));

  test(`is judged the ${how} way as the official schema judges it`, async () => {
    let wrong = 0;
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const document = change(base, list);
        const wanted = validate(document);
        if (!wanted) wrong++;
        if (how === "same") expect(await isRight(document)).toBe(wanted);
        else if (!wanted) expect(await isRight(document)).toBe(false);
      }),
      { numRuns: 400 },
    );
    // Nothing would be shown if the changes did nothing.
    expect(wrong).toBeGreaterThan(50);
  });
});

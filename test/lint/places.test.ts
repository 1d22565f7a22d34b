import { expect, test } from "vitest";
import { findingsIn } from "./helpers.ts";

/** `file:line:column pointer` of the findings of one code. */
async function places(code: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const found = (await findingsIn(files)).filter((finding) => finding.code === code);
  return found.map(({ location: { file, line, column, pointer } }) => `${file}:${line}:${column} ${pointer}`).sort();
}

const BAD = "{ type: integer, minimum: 2, maximum: 1 }";

test("a schema in another file is placed there", async () => {
  const files = {
    "openapi.yaml": `openapi: 3.1.0
info: { title: T, version: 1.0.0 }
webhooks:
  a: { post: { requestBody: { content: { application/json: { schema: { $ref: "parts/paid.yaml#/Paid" } } } } } }
`,
    "parts/paid.yaml": `Paid:
  type: object
  properties:
    a/b: ${BAD}
`,
  };
  expect(await places("schema-unsatisfiable", files)).toEqual(["parts/paid.yaml:4:5 /Paid/properties/a~1b"]);
});

test("words of older dialects are placed as the document writes them", async () => {
  const text = `openapi: 3.0.3
info: { title: T, version: 1.0.0 }
paths: {}
x-webhooks:
  a:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                list:
                  type: array
                  items:
                    - ${BAD}
                    - { type: string }
                  additionalItems: ${BAD}
                maybe:
                  nullable: true
                  allOf:
                    - ${BAD}
                both:
                  nullable: true
                  anyOf:
                    - ${BAD}
                    - ${BAD}
              dependencies:
                list: ${BAD}
`;
  const at = "/x-webhooks/a/post/requestBody/content/application~1json/schema";
  expect(await places("schema-unsatisfiable", { "openapi.yaml": text })).toEqual([
    `openapi.yaml:16:23 ${at}/properties/list/items/0`,
    `openapi.yaml:18:19 ${at}/properties/list/additionalItems`,
    `openapi.yaml:22:23 ${at}/properties/maybe/allOf/0`,
    `openapi.yaml:26:23 ${at}/properties/both/anyOf/0`,
    `openapi.yaml:27:23 ${at}/properties/both/anyOf/1`,
    `openapi.yaml:29:17 ${at}/dependencies/list`,
  ]);
});

test("headers are placed at their parameters, in AsyncAPI at their properties", async () => {
  const openapi = `openapi: 3.1.0
info: { title: T, version: 1.0.0 }
webhooks:
  a:
    post:
      parameters:
        - { name: X-A, in: header, description: Told., schema: ${BAD} }
        - { name: X-B, in: header, schema: ${BAD} }
      requestBody: { content: { application/json: { schema: { type: object } } } }
`;
  expect(await places("schema-unsatisfiable", { "openapi.yaml": openapi })).toEqual([
    "openapi.yaml:7:11 /webhooks/a/post/parameters/0",
    "openapi.yaml:8:36 /webhooks/a/post/parameters/1/schema",
  ]);
  const asyncapi = `asyncapi: 3.0.0
info: { title: T, version: 1.0.0 }
channels:
  c:
    messages:
      a:
        headers:
          type: object
          properties:
            X-A: ${BAD}
        payload: { type: object }
operations:
  o: { action: send, channel: { $ref: "#/channels/c" } }
`;
  expect(await places("schema-unsatisfiable", { "asyncapi.yaml": asyncapi })).toEqual([
    "asyncapi.yaml:10:13 /channels/c/messages/a/headers/properties/X-A",
  ]);
});

test("what the events of one operation lack is told once, at the operation", async () => {
  const text = `openapi: 3.1.0
info: { title: T, version: 1.0.0 }
webhooks:
  a:
    post:
      requestBody:
        content:
          application/json:
            schema:
              oneOf: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }]
components:
  schemas:
    A: { type: object, properties: { type: { const: a } } }
    B: { type: object, properties: { type: { const: b } } }
`;
  expect(await places("webhook-without-security", { "openapi.yaml": text })).toEqual([
    "openapi.yaml:5:5 /webhooks/a/post",
  ]);
  expect(await places("webhook-without-example", { "openapi.yaml": text })).toEqual([
    "openapi.yaml:13:5 /components/schemas/A",
    "openapi.yaml:14:5 /components/schemas/B",
  ]);
});

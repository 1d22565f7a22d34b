import fc from "fast-check";
import { expect, test } from "vitest";
import { mutatedDocuments } from "../normalize/mutated-documents.ts";
import { findingsIn, ruleFindingsIn } from "./helpers.ts";

test("no document makes a rule throw, and every finding has a place in a file that was read", async () => {
  await fc.assert(
    fc.asyncProperty(mutatedDocuments({ small: true }), async ({ file, value }) => {
      for (const { message, location } of await findingsIn({ [file]: JSON.stringify(value) })) {
        expect(message).toMatch(/[.?]$/);
        expect(location.file).toBe(file);
      }
    }),
    { numRuns: 300, seed: 11 },
  );
}, 120_000);

/** Schemas of words that contradictions are looked for in, with values that do not belong there. */
const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom(true, false, null, "x", {}, { $ref: "#/components/schemas/A" }, { $ref: "#/nowhere" }),
    fc.record(
      {
        type: fc.oneof(fc.constantFrom("string", "integer", "object", "constructor", 1), fc.constant(["string", null])),
        enum: fc.oneof(fc.array(fc.jsonValue(), { maxLength: 3 }), fc.constant({})),
        const: fc.jsonValue(),
        minimum: fc.oneof(fc.integer(), fc.constant("1")),
        maximum: fc.integer(),
        minLength: fc.integer(),
        required: fc.oneof(fc.array(fc.constantFrom("a", "__proto__", 1), { maxLength: 2 }), fc.constant("a")),
        properties: fc.oneof(
          fc.dictionary(fc.constantFrom("a", "__proto__", "status"), tie("schema")),
          fc.constant([]),
        ),
        patternProperties: fc.dictionary(fc.constantFrom("(a+)+$", "(", "["), tie("schema")),
        additionalProperties: tie("schema"),
        pattern: fc.oneof(fc.constantFrom("(a|a)*$", "(", "\\p{No}", "(?<=(a+)+)b"), fc.integer()),
        items: tie("schema"),
        minItems: fc.integer(),
        allOf: fc.oneof(fc.array(tie("schema"), { maxLength: 3 }), fc.constant({})),
        oneOf: fc.array(tie("schema"), { maxLength: 3 }),
        anyOf: fc.array(tie("schema"), { maxLength: 3 }),
        not: tie("schema"),
        if: tie("schema"),
        else: tie("schema"),
        contentMediaType: fc.constantFrom("application/json", 1),
        contentSchema: tie("schema"),
        examples: fc.array(fc.jsonValue(), { maxLength: 2 }),
        description: fc.constantFrom("d", 1),
      },
      { requiredKeys: [] },
    ),
  ),
}));

test("nor does any schema", async () => {
  await fc.assert(
    fc.asyncProperty(schema, schema, fc.jsonValue(), async (payload, component, example) => {
      const document = {
        openapi: "3.1.0",
        info: { title: "T", version: "1" },
        webhooks: { a: { post: { requestBody: { content: { "application/json": { schema: payload, example } } } } } },
        components: { schemas: { A: component } },
      };
      await ruleFindingsIn({ "openapi.json": JSON.stringify(document) });
    }),
    { numRuns: 200, seed: 5 },
  );
}, 120_000);

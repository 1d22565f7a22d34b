import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import type { OutputFile, Schema } from "../../src/model/index.ts";
import { emitContractFiles, loadContract } from "../../src/pipeline.ts";
import { compilerErrors } from "../compiler-errors.ts";
import { contractOf, emitted, written } from "./helpers.ts";

interface Case {
  readonly why: string;
  readonly schema: Schema;
  readonly schemas?: Readonly<Record<string, Schema>>;
  readonly want: string;
}

const inner: Schema = { type: "object", required: ["a"], properties: { a: { type: "string" } } };
const jsonString = (contentSchema: Schema, type: unknown = "string") =>
  ({ type, contentMediaType: "application/json", contentSchema }) as Schema;

const cases: readonly Case[] = [
  { why: "a string", schema: { type: "string" }, want: "string" },
  { why: "an integer is a number", schema: { type: "integer" }, want: "number" },
  { why: "several types", schema: { type: ["string", "null", "integer"] }, want: "string | null | number" },
  { why: "the empty schema", schema: {}, want: "unknown" },
  { why: "true", schema: true, want: "unknown" },
  { why: "false", schema: false, want: "never" },
  { why: "a schema of nothing but bounds", schema: { minLength: 2 }, want: "unknown" },
  { why: "const", schema: { const: "a" }, want: '"a"' },
  { why: "const null", schema: { const: null }, want: "null" },
  {
    why: "const 0 and false",
    schema: { prefixItems: [{ const: 0 }, { const: false }], minItems: 2, items: false },
    want: "[0, false]",
  },
  { why: "const of an object says only that it is one", schema: { const: { a: 1 } }, want: "Record<string, unknown>" },
  { why: "an enum of mixed scalars and null", schema: { enum: ["a", 1, true, null] }, want: '"a" | 1 | true | null' },
  { why: "an enum with an object says nothing", schema: { enum: ["a", {}] }, want: "unknown" },
  { why: "no scalar is an object", schema: { type: "object", enum: ["a", 1, false] }, want: "never" },
  {
    why: "beside listed scalars, words about objects and arrays say nothing",
    schema: {
      type: ["object", "string"],
      enum: ["a"],
      properties: { b: {} },
      required: ["b"],
      additionalProperties: {},
    },
    want: '"a"',
  },
  {
    why: "nor is one of several such types",
    schema: { type: ["object", "array"], enum: ["a", true], properties: {}, items: {} },
    want: "never",
  },
  {
    why: "and neither in an alternative",
    schema: { oneOf: [{ type: "string" }, { type: "object", properties: { a: {} }, enum: [1.5] }] },
    want: "string",
  },
  { why: "an empty enum says nothing", schema: { enum: [] }, want: "unknown" },
  { why: "a nullable enum", schema: { type: ["string", "null"], enum: ["a", null] }, want: '"a" | null' },
  {
    why: "an open enum",
    schema: { type: "string", enum: ["a", "b"], "x-open-enum": true },
    want: '("a" | "b") | (string & {})',
  },
  {
    why: "a nullable open enum",
    schema: { type: ["string", "null"], enum: ["a", null], "x-open-enum": true },
    want: '"a" | (string & {}) | null',
  },
  {
    why: "allOf of objects is one object",
    schema: {
      allOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { required: ["a"], properties: { b: {} } },
      ],
    },
    want: "{ a: string; b?: unknown }",
  },
  {
    why: "allOf with a named schema is an intersection",
    schema: { allOf: [{ $ref: "#/schemas/inner" }, { properties: { b: { type: "number" } } }] },
    schemas: { inner },
    want: "Inner & { b?: number }",
  },
  {
    why: "allOf of one named schema is that schema",
    schema: { description: "d", allOf: [{ $ref: "#/schemas/inner" }] },
    schemas: { inner },
    want: "Inner",
  },
  {
    why: "a constant narrows the same property of another part",
    schema: {
      allOf: [
        { type: "object", required: ["t"], properties: { t: { type: "string" } } },
        { properties: { t: { const: "a" } } },
      ],
    },
    want: '{ t: "a" }',
  },
  {
    why: "anyOf beside properties is intersected with them",
    schema: {
      type: "object",
      properties: { a: { type: "string" } },
      anyOf: [
        { type: "object", properties: { b: { type: "string" } } },
        { type: "object", properties: { c: { type: "string" } } },
      ],
    },
    want: "({ b?: string } | { c?: string }) & { a?: string }",
  },
  {
    why: "branches that only require say nothing that a type could",
    schema: {
      type: "object",
      properties: { a: { type: "string" } },
      anyOf: [{ required: ["a"] }, { required: ["b"] }],
    },
    want: "{ a?: string }",
  },
  {
    why: "oneOf with null",
    schema: { oneOf: [{ $ref: "#/schemas/inner" }, { type: "null" }] },
    schemas: { inner },
    want: "Inner | null",
  },
  { why: "a required name without a property", schema: { type: "object", required: ["a"] }, want: "{ a: unknown }" },
  {
    why: "a map",
    schema: { type: "object", additionalProperties: { type: "integer" } },
    want: "{ [key: string]: number }",
  },
  {
    why: "a map of anything",
    schema: { type: "object", additionalProperties: true },
    want: "{ [key: string]: unknown }",
  },
  { why: "an object of anything", schema: { type: "object" }, want: "Record<string, unknown>" },
  {
    why: "unknown fields beside named ones are allowed without saying so",
    schema: { type: "object", properties: { a: { type: "string" } }, additionalProperties: true },
    want: "{ a?: string }",
  },
  {
    why: "a closed object",
    schema: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    want: "{ a?: string }",
  },
  {
    why: "properties without type are an object",
    schema: { properties: { a: { type: "string" } } },
    want: "{ a?: string }",
  },
  {
    why: "patterns for names",
    schema: { type: "object", patternProperties: { "^x": {} } },
    want: "{ [key: string]: unknown }",
  },
  { why: "an array", schema: { type: "array", items: { type: "string" } }, want: "string[]" },
  { why: "an array of anything", schema: { type: "array" }, want: "unknown[]" },
  { why: "items without type", schema: { items: { type: "string" } }, want: "string[]" },
  { why: "an array of a union", schema: { type: "array", items: { enum: ["a", "b"] } }, want: '("a" | "b")[]' },
  {
    why: "a tuple that says how long it is",
    schema: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false, minItems: 2 },
    want: "[string, number]",
  },
  {
    why: "recursion",
    schema: { $ref: "#/schemas/node" },
    schemas: { node: { type: "object", properties: { next: { $ref: "#/schemas/node" } } } },
    want: "Node",
  },
  {
    why: "names that need quotes",
    schema: { type: "object", properties: { "a-b": {}, "": {}, "1x": {}, class: {}, 'q"': {}, "b\\": {} } },
    want: '{ "a-b"?: unknown; ""?: unknown; "1x"?: unknown; class?: unknown; "q\\""?: unknown; "b\\\\"?: unknown }',
  },
  {
    why: "JSON in a string is, in the event, what it holds",
    schema: { type: "object", properties: { p: jsonString(inner) } },
    want: "{ p?: { a: string } }",
  },
  {
    why: "nullable JSON in a string",
    schema: { type: "object", properties: { p: jsonString({ $ref: "#/schemas/inner" }, ["string", "null"]) } },
    schemas: { inner },
    want: "{ p?: Inner | null }",
  },
  {
    why: "words that no type can say",
    schema: { type: "string", if: {}, not: { const: "x" }, default: 1, pattern: "(", format: "email", nullable: true },
    want: "string",
  },
  {
    why: "names that every object has",
    schema: {
      type: "object",
      required: ["hasOwnProperty", "valueOf"],
      properties: {
        hasOwnProperty: { type: "string" },
        toString: { type: "number", description: "n" },
        constructor: true,
      },
    },
    want: "{ hasOwnProperty: string; toString?: number; constructor?: unknown; valueOf: unknown }",
  },
  { why: "allOf with nothing in it", schema: { type: "string", allOf: [false] }, want: "never" },
  { why: "anyOf with one impossible branch", schema: { anyOf: [false, { type: "string" }] }, want: "string" },
  { why: "anyOf with impossible branches alone", schema: { anyOf: [false] }, want: "never" },
  {
    why: "an object that says it is JSON is an object",
    schema: jsonString(inner, "object"),
    want: "Record<string, unknown>",
  },
  {
    why: "what a document says about our own words is nothing to us",
    schema: { type: "string", "x-hookbook-write-as": "any", "x-hookbook-documentation": "*/ any" } as Schema,
    want: "string",
  },
  {
    why: "malformed keywords",
    schema: {
      type: "object",
      required: true,
      properties: { a: 5, b: { type: "strng" }, c: { enum: {} } },
    } as unknown as Schema,
    want: "{ a?: unknown; b?: unknown; c?: unknown }",
  },
];

/** The event's type on one line, with the names of `types.ts`. */
function eventType(text: string): string {
  const sourceFile = ts.createSourceFile("types.ts", text, ts.ScriptTarget.ES2023, true);
  for (const statement of sourceFile.statements) {
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === "K0Event") {
      return flat(statement.type.getText());
    }
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === "K0Event") {
      return flat(`{${statement.members.map((member) => member.getText()).join(" ")}}`);
    }
  }
  return "nothing";
}

function flat(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/\{ ?/g, "{ ")
    .replace(/;? ?\}/g, " }")
    .replace(/\{ {1,2}\}/g, "{}")
    .replace(/\[ (?!key)/g, "[")
    .replace(/ \]/g, "]")
    .trim();
}

describe("types", () => {
  test.each(cases)("$why", async ({ schema, schemas, want }) => {
    const { files } = await emitted(contractOf({ a: { payload: schema } }, schemas));
    expect(eventType(files.get("types.ts") ?? "")).toBe(want);
  });

  test("JSON in a string is marked on the wire, inline, by reference and nullable", async () => {
    const payload: Schema = {
      type: "object",
      properties: {
        inline: jsonString(inner),
        named: jsonString({ $ref: "#/schemas/inner" }),
        nullable: jsonString({ $ref: "#/schemas/inner" }, ["string", "null"]),
        nested: jsonString({ type: "object", properties: { deep: jsonString(inner) } }),
      },
    };
    const { files } = await emitted(
      contractOf({ a: { payload: { $ref: "#/schemas/wire" } } }, { wire: payload, inner }),
    );
    const text = files.get("types.ts") ?? "";
    expect(text).toContain('import type { JsonString } from "../runtime/index.js";');
    expect(flat(text)).toContain(
      "export interface Wire { inline?: JsonString<WireInlineContent>; named?: JsonString<Inner>; " +
        "nullable?: JsonString<Inner> | null; nested?: JsonString<WireNestedContent> }",
    );
    expect(flat(text)).toContain(
      "export interface WireNestedContent { deep?: JsonString<WireNestedContentDeepContent> }",
    );
    expect(flat(text)).toContain(
      "export interface K0Event { inline?: { a: string }; named?: Inner; nullable?: Inner | null; nested?: { deep?: { a: string } } }",
    );
  });

  test("everything emitted for all cases, the golden documents and hostile texts compiles under --strict", async () => {
    const hostile = [
      "*/ export const evil = 1; /*",
      "*\u0000/ evil /*",
      "*\u200e/ evil /*",
      `\`\${evil}\` \\`,
      "</script>",
      "a\u2028b\u2029c\r\nd\te",
      "@deprecated */",
      `${"x".repeat(111)} */`,
    ];
    const folders: Record<string, readonly OutputFile[]> = {};
    for (const [index, { schema, schemas }] of cases.entries()) {
      folders[`case-${index}`] = (await emitContractFiles(contractOf({ a: { payload: schema } }, schemas), {})).value;
    }
    const property = (text: string): [string, Schema] => [
      text,
      { type: "string", description: text, title: text, const: text },
    ];
    const payload: Schema = {
      type: "object",
      description: hostile.join("\n"),
      properties: Object.fromEntries(hostile.map(property)),
    };
    const webhooks = Object.fromEntries(
      hostile.map((text) => [text, { payload, summary: text, description: text, deprecated: true, headers: payload }]),
    );
    folders["hostile"] = (await emitContractFiles(contractOf(webhooks), {})).value;
    folders["empty"] = (await emitContractFiles(contractOf({}), {})).value;
    const documents = fileURLToPath(new URL("../fixtures/documents/", import.meta.url));
    for (const name of readdirSync(documents)) {
      const file = readdirSync(join(documents, name)).find((one) => one.endsWith(".yaml")) ?? "";
      const { value } = await loadContract(file, { id: name, cwd: join(documents, name) });
      if (value !== null) folders[name] = (await emitContractFiles(value.contract, {})).value;
    }
    const root = await written(folders);
    expect(compilerErrors(root)).toEqual([]);
    for (const text of Object.values(folders).flatMap((files) => files.map((file) => file.text))) {
      expect(text).not.toMatch(/^export const evil/m);
    }
  });
});

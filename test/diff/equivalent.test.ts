import { expect, test } from "vitest";
import { diffSchemas, told } from "./helpers.ts";

const text = { type: "string" };
const id = { properties: { id: text } };
const note = { properties: { note: text } };
const both = { properties: { id: text, note: text } };
const card = { type: "object", required: ["kind"], properties: { kind: { const: "card" }, digits: text } };
const bank = { type: "object", required: ["kind"], properties: { kind: { const: "bank" }, iban: text } };
const tree = (name: string) => ({
  [name]: {
    type: "object",
    properties: { children: { type: "array", items: { $ref: `#/components/schemas/${name}` } } },
  },
});

/** Text, since an object with a member of this name looks like a promise. */
const conditional = (condition: unknown, consequence: unknown): unknown =>
  JSON.parse(`{ "if": ${JSON.stringify(condition)}, "then": ${JSON.stringify(consequence)} }`);

/** Two spellings of one thing, with the schemas that they refer to. */
const SPELLINGS: readonly (readonly [string, unknown, unknown, Record<string, unknown>?, Record<string, unknown>?])[] =
  [
    ["const and an enum of one", { const: "a" }, { enum: ["a"] }],
    ["an enum in another order", { enum: ["a", "b", "a"] }, { enum: ["b", "a"] }],
    ["an enum with and without its type", { enum: ["a", "b"] }, { type: "string", enum: ["a", "b"] }],
    ["an enum and alternatives of one value each", { enum: ["a", "b"] }, { oneOf: [{ const: "a" }, { enum: ["b"] }] }],
    [
      "an open enum, by our word and by an alternative",
      { type: "string", enum: ["a"], "x-open-enum": true },
      { anyOf: [{ type: "string", enum: ["a"] }, text] },
    ],
    ["nullable and a list of types", { type: "string", nullable: true }, { type: ["null", "string"] }],
    ["a list of types and anyOf null", { type: ["string", "null"] }, { anyOf: [text, { type: "null" }] }],
    ["oneOf null and anyOf null", { oneOf: [{ type: "null" }, card] }, { anyOf: [card, { type: "null" }] }],
    ["null in an enum", { type: ["string", "null"], enum: ["a", null] }, { anyOf: [{ const: "a" }, { const: null }] }],
    ["null in an enum that the type forbids", { type: "string", enum: ["a", null] }, { type: "string", enum: ["a"] }],
    ["types as a list and as alternatives", { type: ["string", "integer"] }, { anyOf: [text, { type: "integer" }] }],
    ["an integer", { type: "integer" }, { type: "number", multipleOf: 1 }],
    [
      "bounds of draft 4",
      { type: "number", minimum: 0, exclusiveMinimum: true },
      { type: "number", exclusiveMinimum: 0 },
    ],
    [
      "bounds of an integer",
      { type: "integer", exclusiveMinimum: 0, maximum: 9.5 },
      { type: "integer", minimum: 1, maximum: 9 },
    ],
    ["bounds that say nothing", { type: "string", minLength: 0 }, text],
    ["bounds of another type", { type: "string", minimum: 3, required: ["a"] }, text],
    [
      "a bound said twice",
      { allOf: [{ maxLength: 9 }, { maxLength: 5 }], type: "string" },
      { type: "string", maxLength: 5 },
    ],
    ["both values of a boolean", { type: "boolean" }, { enum: [true, false] }],
    [
      "a property in another part of allOf",
      { allOf: [both, { type: "object" }] },
      { type: "object", allOf: [id, note] },
    ],
    ["allOf of one", { allOf: [card] }, card],
    ["anyOf of one", { anyOf: [card] }, { oneOf: [card] }],
    ["a reference and what it names", { $ref: "#/components/schemas/Card" }, card, { Card: card }],
    [
      "a renamed schema",
      { $ref: "#/components/schemas/Card" },
      { $ref: "#/components/schemas/PaymentCard" },
      { Card: card },
      { PaymentCard: card },
    ],
    [
      "a renamed recursive schema",
      { $ref: "#/components/schemas/Node" },
      { $ref: "#/components/schemas/Tree" },
      tree("Node"),
      tree("Tree"),
    ],
    [
      "a recursive schema with its first step written out",
      { $ref: "#/components/schemas/Node" },
      tree("Node")["Node"],
      tree("Node"),
      tree("Node"),
    ],
    ["an object that is open", { type: "object", additionalProperties: true }, { type: "object" }],
    ["an object that is open, by an empty schema", { type: "object", additionalProperties: {} }, { type: "object" }],
    [
      "an object that is closed",
      { type: "object", ...id, additionalProperties: false },
      { type: "object", ...id, unevaluatedProperties: false },
    ],
    [
      "unevaluated and additional over allOf",
      { allOf: [id, note], unevaluatedProperties: false },
      { ...both, additionalProperties: false },
    ],
    ["required in another order", { type: "object", required: ["a", "b"] }, { type: "object", required: ["b", "a"] }],
    ["variants in another order", { oneOf: [card, bank] }, { oneOf: [bank, card] }],
    ["variants that their values tell apart", { oneOf: [card, bank] }, { anyOf: [card, bank] }],
    [
      "keys in another order",
      { type: "object", properties: { a: text, b: text } },
      { properties: { b: text, a: text }, type: "object" },
    ],
    [
      "a pattern that is another part's",
      { type: "string", allOf: [{ pattern: "^a" }] },
      { type: "string", pattern: "^a" },
    ],
    [
      "one pattern in two ways",
      { type: "string", pattern: "^(?:a|b)\\d+$" },
      { type: "string", pattern: "^[ab][0-9]+$" },
    ],
    [
      "a length that the pattern gives",
      { type: "string", pattern: "^[A-Z]{3}$", minLength: 3, maxLength: 3 },
      { type: "string", pattern: "^[A-Z]{3}$" },
    ],
    [
      "items of draft 7",
      { type: "array", items: [text], additionalItems: false },
      { type: "array", prefixItems: [text], items: false },
    ],
    [
      "dependencies of draft 7",
      { type: "object", dependencies: { a: ["b"] } },
      { type: "object", dependentRequired: { a: ["b"] } },
    ],
    ["prose", { type: "string", title: "A", description: "b", examples: ["c"], default: "d" }, text],
    [
      "a media type's parameters",
      { type: "string", contentMediaType: "application/json; charset=utf-8", contentSchema: card },
      { type: "string", contentMediaType: "application/json", contentSchema: card },
    ],
    [
      "a type that not excludes",
      { not: { type: "null" } },
      { type: ["boolean", "object", "array", "number", "string"] },
    ],
    [
      "a condition under another name",
      conditional({ $ref: "#/components/schemas/Card" }, id),
      conditional(card, { allOf: [id] }),
      { Card: card },
    ],
  ];

test.each(SPELLINGS.map((spelling) => [spelling[0], spelling] as const))("%s", async (_name, spelling) => {
  const [, one, other, schemas = {}, others = schemas] = spelling;
  for (const [before, after, known] of [
    [one, other, [schemas, others]],
    [other, one, [others, schemas]],
  ] as const) {
    const within = (schema: unknown) => ({ type: "object", required: ["value"], properties: { value: schema } });
    expect(told(await diffSchemas(within(before), within(after), { schemas: known }))).toEqual([]);
  }
});

/** What comparing one message with one payload's schema finds: the example, and everything that its rules accept. */
import { describe, expect, test } from "vitest";
import { all, any, check, message, pact, paid, shortLines, type, whole } from "./helpers.ts";

interface Case {
  readonly name: string;
  readonly schema: unknown;
  readonly content: unknown;
  readonly rules?: Parameters<typeof message>[1];
  /** As `shortLines` writes them. */
  readonly want: readonly string[];
}

const rules = (body: Record<string, ReturnType<typeof all>>) => ({ rules: body });
const contains = (of: Record<string, ReturnType<typeof all>>) => ({
  match: "arrayContains",
  variants: [{ index: 0, rules: of, generators: {} }],
});
const text = { type: "string" };
const jsonString = (contentSchema: unknown) => ({
  type: "string",
  contentMediaType: "application/json",
  contentSchema,
});

/** As text, since an object with such a member looks like a promise. */
const conditional = JSON.parse(
  '{ "if": { "properties": { "k": { "const": "n" } } }, "then": { "properties": { "v": { "type": "integer" } } } }',
);

const cases: readonly Case[] = [
  // What the schema forbids.
  {
    name: "a wrong type",
    schema: whole({ id: { type: "integer" } }),
    content: { id: "x" },
    want: ["error incompatible /id"],
  },
  {
    name: "another constant",
    schema: whole({ a: { const: "b" } }),
    content: { a: "c" },
    want: ["error incompatible /a"],
  },
  {
    name: "a value that the enum lacks",
    schema: whole({ a: { enum: ["b", "c"] } }),
    content: { a: "d" },
    rules: rules({ "$.a": type }),
    want: ["error incompatible /a"],
  },
  {
    name: "any value of an open enum",
    schema: whole({ a: { ...text, enum: ["b"], "x-open-enum": true } }),
    content: { a: "d" },
    rules: rules({ "$.a": type }),
    want: [],
  },
  {
    name: "a broken format",
    schema: whole({ a: { ...text, format: "uuid" } }),
    content: { a: "d" },
    rules: rules({ "$.a": type }),
    want: ["error incompatible /a"],
  },
  {
    name: "a field that a closed object lacks",
    schema: whole({ a: text }, { additionalProperties: false }),
    content: { a: "x", b: 1 },
    rules: rules({ $: type }),
    want: ["error incompatible /b"],
  },
  {
    name: "a field that an object without a word on others lacks",
    schema: whole({ a: text }),
    content: { a: "x", b: 1 },
    rules: rules({ $: type }),
    want: ["error incompatible /b"],
  },
  {
    name: "a field beside those of an object that says it may have others",
    schema: whole({ a: text }, { additionalProperties: true }),
    content: { a: "x", b: 1 },
    rules: rules({ $: type }),
    want: ["warning undocumented /b"],
  },
  {
    name: "a member of a map",
    schema: whole({ m: { type: "object", additionalProperties: { type: "integer" } } }),
    content: { m: { a: "x" } },
    rules: rules({ "$.m": all({ match: "values" }), "$.m.*": type }),
    want: ["error incompatible /m.a"],
  },
  {
    name: "an item of an array",
    schema: whole({ l: { type: "array", items: { type: "integer" } } }),
    content: { l: ["x"] },
    rules: rules({ "$.l": type }),
    want: ["error incompatible /l.0"],
  },
  {
    name: "fields of every part of allOf",
    schema: { allOf: [whole({ a: text }), whole({ b: text })] },
    content: { a: "x", b: "y" },
    rules: rules({ $: type }),
    want: [],
  },
  {
    name: "a field that no part of allOf has",
    schema: { allOf: [whole({ a: text }), whole({ b: text })] },
    content: { a: "x", c: "y" },
    rules: rules({ $: type }),
    want: ["error incompatible /c"],
  },
  {
    name: "fields of a nested object that two parts describe",
    schema: { allOf: [whole({ d: whole({ a: text }) }), whole({ d: whole({ b: text }) })] },
    content: { d: { a: "x", b: "y" } },
    rules: rules({ $: type }),
    want: [],
  },
  // Alternatives.
  {
    name: "the alternative that is meant",
    schema: { oneOf: [whole({ k: { const: "a" }, x: text }), whole({ k: { const: "b" }, y: { type: "integer" } })] },
    content: { k: "b", y: 1 },
    rules: rules({ "$.y": type }),
    want: [],
  },
  {
    name: "what is wrong with the alternative that is meant",
    schema: {
      properties: {
        d: { oneOf: [whole({ k: { const: "a" }, x: text }), whole({ k: { const: "b" }, y: { type: "integer" } })] },
      },
      required: ["d"],
    },
    content: { d: { k: "b", y: "z" } },
    rules: rules({ "$.d.y": type }),
    want: ["error incompatible /d.y"],
  },
  {
    name: "a field of another alternative",
    schema: {
      properties: {
        d: { oneOf: [whole({ k: { const: "a" }, x: text }), whole({ k: { const: "b" }, y: { type: "integer" } })] },
      },
      required: ["d"],
    },
    content: { d: { k: "b", x: "z" } },
    rules: rules({ "$.d.x": type }),
    want: ["error incompatible /d.x"],
  },
  {
    name: "a part of an object of which no alternative can be told",
    schema: whole({ d: { anyOf: [whole({ a: text }), whole({ b: text })] } }),
    content: { d: { a: "x" } },
    rules: rules({ $: type }),
    want: [],
  },
  {
    name: "none of several types",
    schema: whole({ a: { anyOf: [{ type: "integer" }, { type: "null" }] } }),
    content: { a: "x" },
    rules: rules({ "$.a": type }),
    want: ["error incompatible /a"],
  },
  // JSON in a string.
  {
    name: "JSON in a string",
    schema: whole({ p: jsonString(whole({ id: { type: "integer" } })) }),
    content: { p: '{"id":1}' },
    rules: rules({ "$.p": all({ match: "contentType", value: "application/json" }) }),
    want: [],
  },
  {
    name: "a wrong type inside JSON in a string",
    schema: whole({ p: jsonString(whole({ id: { type: "integer" } })) }),
    content: { p: '{"id":"1"}' },
    rules: rules({ "$.p": type }),
    want: ["error incompatible /p.id"],
  },
  {
    name: "a string that should hold JSON",
    schema: whole({ p: jsonString(whole({ id: { type: "integer" } })) }),
    content: { p: "{" },
    rules: rules({ "$.p": type }),
    want: ["error incompatible /p"],
  },
  {
    name: "an optional field inside JSON in a string",
    schema: whole({ p: jsonString({ properties: { id: { type: "integer" } } }) }),
    content: { p: '{"id":1}' },
    rules: rules({ "$.p": type }),
    want: ["warning optional /p.id"],
  },
  {
    name: "the decoded value of JSON in a string",
    schema: whole({ p: jsonString(whole({ id: { type: "integer" } })) }),
    content: { p: { id: 1 } },
    rules: rules({ "$.p": type }),
    want: ["info decoded /p"],
  },
  {
    name: "a wrong type in the decoded value",
    schema: whole({ p: jsonString(whole({ id: { type: "integer" } })) }),
    content: { p: { id: "x" } },
    rules: rules({ "$.p": type }),
    want: ["error incompatible /p.id", "info decoded /p"],
  },
  // What is not promised.
  {
    name: "an optional field",
    schema: whole({}, { properties: { a: text } }),
    content: { a: "x" },
    rules: rules({ "$.a": type }),
    want: ["warning optional /a"],
  },
  {
    name: "a field that only one part of allOf requires",
    schema: { allOf: [{ properties: { a: text } }, { required: ["a"] }] },
    content: { a: "x" },
    rules: rules({ "$.a": type }),
    want: [],
  },
  {
    name: "fewer fields than the document requires",
    schema: whole({ a: text, b: text }),
    content: { a: "x" },
    rules: rules({ "$.a": type }),
    want: [],
  },
  {
    name: "names of a map",
    schema: whole({ m: { type: "object", additionalProperties: { type: "integer" } } }),
    content: { m: { a: 1 } },
    rules: rules({ "$.m": all({ match: "eachValue", rules: [{ match: "integer" }] }) }),
    want: [],
  },
  {
    name: "each value of a map by a rule that is narrower",
    schema: whole({ m: { type: "object", additionalProperties: { type: ["integer", "null"] } } }),
    content: { m: { a: 1 } },
    rules: rules({ "$.m": all({ match: "eachValue", rules: [{ match: "integer" }] }) }),
    want: ["warning narrow /m.a"],
  },
  {
    name: "each value of a map by a rule of another kind",
    schema: whole({ m: { type: "object", additionalProperties: { enum: ["x", "y"] } } }),
    content: { m: { a: "x" } },
    rules: rules({ "$.m": all({ match: "eachValue", rules: [{ match: "regex", regex: "[0-9]+" }] }) }),
    want: [
      "error pact.matcher.contradiction [root].interactions[0].matchingRules.body.$.m",
      "error incompatible [root].interactions[0].matchingRules.body.$.m",
    ],
  },
  {
    name: "an item that an array need not have",
    schema: whole({ l: { type: "array", items: whole({ kind: { enum: ["card", "cash"] } }) } }),
    content: { l: [{ kind: "card" }] },
    rules: rules({ "$.l": all(contains({ "$.kind": all({ match: "equality" }) })) }),
    want: ["warning narrow /l"],
  },
  {
    name: "an item that no array can have, by its rules",
    schema: whole({ l: { type: "array", minItems: 1, items: whole({ kind: { enum: ["card", "cash"] } }) } }),
    content: { l: [{ kind: "card" }] },
    rules: rules({ "$.l": all(contains({ "$.kind": all({ match: "regex", regex: "visa.*" }) })) }),
    want: [
      "error pact.matcher.contradiction [root].interactions[0].matchingRules.body.$.l.matchers.0.variants.0.rules.$.kind",
      "error incompatible [root].interactions[0].matchingRules.body.$.l.matchers.0.variants.0.rules.$.kind",
    ],
  },
  // What the document allows and the pact refuses.
  { name: "a value without a matcher", schema: whole({ a: text }), content: { a: "x" }, want: ["warning narrow /a"] },
  { name: "a constant without a matcher", schema: whole({ a: { const: "x" } }), content: { a: "x" }, want: [] },
  {
    name: "a nullable field by its type",
    schema: whole({ a: { type: ["string", "null"] } }),
    content: { a: "x" },
    rules: rules({ "$.a": type }),
    want: ["warning narrow /a"],
  },
  {
    name: "a nullable field by two matchers",
    schema: whole({ a: { type: ["string", "null"] } }),
    content: { a: "x" },
    rules: rules({ "$.a": any({ match: "type" }, { match: "null" }) }),
    want: [],
  },
  {
    name: "a regex with some of the values of an enum",
    schema: whole({ a: { enum: ["b", "c"] } }),
    content: { a: "b" },
    rules: rules({ "$.a": all({ match: "regex", regex: "b|d" }) }),
    want: ["warning narrow /a"],
  },
  {
    name: "a regex with all values of an enum",
    schema: whole({ a: { enum: ["b", "c"] } }),
    content: { a: "b" },
    rules: rules({ "$.a": all({ match: "regex", regex: "\\A(?:b|c)\\z" }) }),
    want: [],
  },
  {
    name: "a regex that takes fewer texts than the pattern",
    schema: whole({ a: { ...text, pattern: "^[a-z]+-[0-9]{2}$" } }),
    content: { a: "a-12" },
    rules: rules({ "$.a": all({ match: "regex", regex: "[a-c]-\\d+" }) }),
    want: ["warning narrow /a"],
  },
  {
    name: "a regex that says the same as the pattern",
    schema: whole({ a: { ...text, pattern: "^[a-z]+-[0-9]{2}$" } }),
    content: { a: "a-12" },
    rules: rules({ "$.a": all({ match: "regex", regex: "\\A(?:[a-z]+-[0-9]{2})\\z" }) }),
    want: [],
  },
  {
    name: "integers where numbers may come",
    schema: whole({ a: { type: "number" } }),
    content: { a: 1 },
    rules: rules({ "$.a": all({ match: "integer" }) }),
    want: ["warning narrow /a"],
  },
  {
    name: "fractions only",
    schema: whole({ a: { type: "number" } }),
    content: { a: 1.5 },
    rules: rules({ "$.a": all({ match: "decimal" }) }),
    want: ["warning narrow /a"],
  },
  {
    name: "one layout of a date-time",
    schema: whole({ a: { ...text, format: "date-time" } }),
    content: { a: "2024-01-31T12:00:00Z" },
    rules: rules({ "$.a": all({ match: "datetime", format: "yyyy-MM-dd'T'HH:mm:ssX" }) }),
    want: ["warning narrow /a"],
  },
  {
    name: "an array of one item at least that may be empty",
    schema: whole({ l: { type: "array", items: text } }),
    content: { l: ["x"] },
    rules: rules({ "$.l": all({ match: "type", min: 1 }) }),
    want: ["warning narrow /l"],
  },
  {
    name: "an array that is never empty",
    schema: whole({ l: { type: "array", items: text, minItems: 1 } }),
    content: { l: ["x"] },
    rules: rules({ "$.l": all({ match: "type", min: 1 }), "$.l[*]": type }),
    want: [],
  },
  {
    name: "an array without a matcher",
    schema: whole({ l: { type: "array", items: { const: 1 } } }),
    content: { l: [1] },
    want: ["warning narrow /l"],
  },
  {
    name: "a field of any type",
    schema: whole({ a: {} }),
    content: { a: "x" },
    rules: rules({ "$.a": type }),
    want: ["warning narrow /a"],
  },
  // Matchers against their own example, and against everything that may come.
  {
    name: "a regex that refuses its example",
    schema: whole({ a: text }),
    content: { a: "x" },
    rules: rules({ "$.a": all({ match: "regex", regex: "y+" }) }),
    want: ["error pact.matcher.contradiction [root].interactions[0].matchingRules.body.$.a"],
  },
  {
    name: "a regex that refuses a constant",
    schema: whole({ a: { const: "x" } }),
    content: { a: "x" },
    rules: rules({ "$.a": all({ match: "regex", regex: "^totally-other$" }) }),
    want: [
      "error pact.matcher.contradiction [root].interactions[0].matchingRules.body.$.a",
      "error incompatible [root].interactions[0].matchingRules.body.$.a",
    ],
  },
  {
    name: "more items than the example has",
    schema: whole({ l: { type: "array", items: text, minItems: 2 } }),
    content: { l: ["x", "y"] },
    rules: rules({ "$.l": all({ match: "type", min: 3 }) }),
    want: ["error pact.matcher.contradiction [root].interactions[0].matchingRules.body.$.l", "warning narrow /l"],
  },
  {
    name: "a matcher that nobody knows",
    schema: whole({ a: text }),
    content: { a: "x" },
    rules: rules({ "$.a": all({ match: "psychic" }) }),
    want: ["warning pact.matcher.unknown [root].interactions[0].matchingRules.body.$.a"],
  },
  {
    name: "an expression that is none",
    schema: whole({ a: text }),
    content: { a: "x" },
    rules: rules({ "$.a": type, "a..b": type }),
    want: ["warning pact.matcher.path-invalid [root].interactions[0].matchingRules.body.a..b"],
  },
  // Conditions.
  {
    name: "then, by what is there",
    schema: {
      ...whole({ k: text, v: {} }),
      ...conditional,
    },
    content: { k: "n", v: "x" },
    rules: rules({ $: type }),
    want: ["error incompatible /v"],
  },
  {
    name: "a condition on what is not there",
    schema: {
      ...whole({ k: text, v: text }),
      ...conditional,
    },
    content: { v: "x" },
    rules: rules({ $: type }),
    want: [],
  },
];

describe("a message and a payload's schema", () => {
  test.each(cases)("$name", async ({ schema, content, rules: options, want }) => {
    const report = await check(paid(schema), pact(message(content, options)));
    expect(shortLines(report)).toEqual(want);
    expect(report.summary.compared).toBe(1);
  });
});

test("a result names the event, the field, and both places", async () => {
  const report = await check(paid(whole({ id: { type: "integer" } })), pact(message({ id: "x" })));
  expect(report.results).toMatchObject([
    {
      code: "message.payload.incompatible",
      type: "error",
      message: 'paid: /id must be integer, but the pact expects "x".',
      mockDetails: {
        interactionDescription: "paid: used",
        interactionState: "[none]",
        location: "[root].interactions[0].contents.content.id",
        value: "x",
        file: "pact.json",
        pointer: "/interactions/0/contents/content/id",
      },
      specDetails: {
        location: "[root].webhooks.paid.post.requestBody.content.application/json.schema.properties.id.type",
        value: "integer",
        webhook: "paid",
      },
    },
  ]);
  expect(report.summary).toEqual({ interactions: 1, compared: 1, matched: 0, errors: 1, warnings: 0 });
});

describe("another interaction of the consumer on the same event", () => {
  const schema = whole({}, { properties: { a: { type: ["string", "null"] } } });
  const full = message({ a: "x" }, { description: "paid: full", rules: { "$.a": type } });
  test.each([
    ["lacks the optional field", message({}, { description: "paid: minimal" }), ["warning narrow /a"]],
    [
      "takes the other value",
      message({ a: null }, { description: "paid: null", rules: { "$.a": type } }),
      ["warning optional /a"],
    ],
  ])("that %s answers the finding", async (_, other, want) => {
    const report = await check(paid(schema), pact(full, other));
    expect(shortLines(report).filter((line) => line.endsWith(" /a"))).toEqual(want);
  });

  test("of another consumer answers nothing", async () => {
    const other = { ...pact(message({}, { description: "paid: minimal" })), consumer: { name: "crm" } };
    const report = await check(paid(schema), pact(full), other);
    expect(shortLines(report)).toEqual(["warning optional /a", "warning narrow /a"]);
  });
});

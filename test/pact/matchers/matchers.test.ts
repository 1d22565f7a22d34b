/**
 * Every matcher that is made of a schema, given to Pact's own verifier: with what the schema allows, which Pact must not
 * refuse, and with what it forbids, which Pact must. What a row says of its schema is checked by AJV, so that a row cannot
 * be wrong with the code.
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import formatsPlugin from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import type { Json, Schema } from "../../../src/model/index.ts";
import { type Expectation, expectationOf } from "../../../src/pact/matchers/matching-rules.ts";
import { usablePattern } from "../../../src/patterns/usable-pattern.ts";
import { refusedByPact, type Trial } from "../helpers.ts";

interface Row {
  readonly name: string;
  readonly schema: Schema;
  readonly example: Json;
  /** As JSON texts: `4.0` is not `4` to Pact. */
  readonly allowed: readonly string[];
  readonly forbidden: readonly string[];
  /** Forbidden by the schema, and beyond what a pact can say: the validators refuse them. */
  readonly beyond?: readonly string[];
  /** Allowed by the schema, but what an example of this kind cannot leave open in a pact. */
  readonly unsayable?: readonly string[];
}

const text = (value: string): string => JSON.stringify(value);
const texts = (...values: readonly string[]): readonly string[] => values.map(text);

const SCHEMAS: Readonly<Record<string, Schema>> = {
  Person: {
    type: "object",
    required: ["name"],
    properties: { name: { type: "string" }, age: { type: "integer" } },
  },
  Tree: {
    type: "object",
    properties: { label: { type: "string" }, children: { type: "array", items: { $ref: "#/schemas/Tree" } } },
  },
};

const ROWS: readonly Row[] = [
  {
    name: "a string",
    schema: { type: "string" },
    example: "a",
    allowed: texts("", "b", "1", "ü\n"),
    forbidden: ["1", "null", "true", "{}"],
  },
  {
    name: "a string that is not empty",
    schema: { type: "string", minLength: 1 },
    example: "a",
    allowed: texts("b", "\n"),
    forbidden: [text(""), "1"],
  },
  {
    name: "a length in code points",
    schema: { type: "string", minLength: 2, maxLength: 3 },
    example: "ab",
    allowed: texts("abc", "😀😀", "a\nb"),
    forbidden: texts("a", "😀", "abcd"),
  },
  {
    name: "an anchored pattern",
    schema: { type: "string", pattern: "^ab+$" },
    example: "ab",
    allowed: texts("abbb"),
    forbidden: texts("a", "xab", "abx", "ab\n", "x\nab"),
  },
  {
    name: "a pattern with an open end",
    schema: { type: "string", pattern: "^ab" },
    example: "ab",
    allowed: texts("ab", "abzzz", "ab\nz"),
    forbidden: texts("xab", "a"),
  },
  {
    name: "a pattern without anchors",
    schema: { type: "string", pattern: "b" },
    example: "abc",
    allowed: texts("b", "xbx", "x\nb\ny"),
    forbidden: texts("", "ac"),
  },
  {
    name: "alternatives between anchors",
    schema: { type: "string", pattern: "^a$|^b" },
    example: "a",
    allowed: texts("a", "bx"),
    forbidden: texts("ax", "xb"),
  },
  {
    name: "digits that are ASCII",
    schema: { type: "string", pattern: "^\\d+$" },
    example: "1",
    allowed: texts("007"),
    forbidden: texts("٣", "1a"),
  },
  {
    name: "word characters that are ASCII",
    schema: { type: "string", pattern: "^\\w+$" },
    example: "a_1",
    allowed: texts("Z9_"),
    forbidden: texts("ü", "a-b"),
  },
  {
    name: "white space as ECMAScript has it",
    schema: { type: "string", pattern: "^\\S+\\s\\S+$" },
    example: "a b",
    allowed: texts("a\u00a0b", "a\ufeffb"),
    forbidden: texts("ab", "a b "),
  },
  {
    name: "a negated class",
    schema: { type: "string", pattern: "^[^\\d\\s-]+$" },
    example: "a",
    allowed: texts("ab[", "&&"),
    forbidden: texts("a1", "a b", "a-"),
  },
  {
    name: "a class of signs",
    schema: { type: "string", pattern: "^[\\]\\[^&\\\\.]+$" },
    example: "[",
    allowed: texts("]", "^", "&&", "\\", "."),
    forbidden: texts("a", ""),
  },
  {
    name: "a letter of any script",
    schema: { type: "string", pattern: "^\\p{L}+$" },
    example: "ü",
    allowed: texts("ж", "abc"),
    forbidden: texts("1", ""),
  },
  {
    name: "a letter of one script",
    schema: { type: "string", pattern: "^\\p{Script=Greek}+$" },
    example: "α",
    allowed: texts("ω"),
    forbidden: texts("a"),
  },
  {
    name: "a letter outside of the basic plane",
    schema: { type: "string", pattern: "^\\u{1F600}{2}$" },
    example: "😀😀",
    allowed: texts("😀😀"),
    forbidden: texts("😀"),
  },
  {
    name: "a word's edge",
    schema: { type: "string", pattern: "\\bcat\\b" },
    example: "cat",
    allowed: texts("a cat", "ücat"),
    forbidden: texts("cats", "tomcat"),
  },
  {
    name: "a look-ahead",
    schema: { type: "string", pattern: "^(?!x)[a-z]+$" },
    example: "a",
    allowed: texts("yx"),
    forbidden: texts("xa"),
  },
  {
    name: "lazy and counted repeats",
    schema: { type: "string", pattern: "^a{2}?b{1,2}?c*?$" },
    example: "aab",
    allowed: texts("aabb", "aabcc"),
    forbidden: texts("b", "ab", "aabbb"),
  },
  {
    name: "named groups",
    schema: { type: "string", pattern: "^(?<year>\\d{4})-(\\d\\d)$" },
    example: "2024-01",
    allowed: texts("1999-12"),
    forbidden: texts("1999"),
  },
  {
    name: "a dot is no line end",
    schema: { type: "string", pattern: "^a.b$" },
    example: "axb",
    allowed: texts("a😀b"),
    forbidden: texts("a\nb", "a\u2028b"),
  },
  {
    name: "needless escapes",
    schema: { type: "string", pattern: "^a\\-b\\_c$" },
    example: "a-b_c",
    allowed: texts("a-b_c"),
    forbidden: texts("ab"),
  },
  {
    name: "a back-reference, which is not told",
    schema: { type: "string", pattern: "^(a|b)\\1$" },
    example: "aa",
    allowed: texts("bb"),
    forbidden: ["1"],
    beyond: texts("ab"),
  },
  {
    name: "a pattern that could run for hours, which is not told",
    schema: { type: "string", pattern: "^(a+)+$" },
    example: "aa",
    allowed: texts("a"),
    forbidden: ["1"],
    beyond: texts("b"),
  },
  {
    name: "a pattern and a format",
    schema: { type: "string", format: "uri", pattern: "^https:" },
    example: "https://a.example",
    allowed: texts("https://b.example/?q=1"),
    forbidden: texts("http://a.example", "https:"),
  },
  {
    name: "a constant",
    schema: { const: "hangup" },
    example: "hangup",
    allowed: texts("hangup"),
    forbidden: texts("Hangup", ""),
  },
  {
    name: "a constant number",
    schema: { const: 4 },
    example: 4,
    allowed: ["4", "4.0"],
    forbidden: ["5", '"4"', "4.1"],
  },
  {
    name: "a constant truth",
    schema: { const: true },
    example: true,
    allowed: ["true"],
    forbidden: ["false", '"true"'],
  },
  {
    name: "a constant object",
    schema: { const: { a: [1] } },
    example: { a: [1] },
    allowed: ['{"a":[1]}'],
    forbidden: ['{"a":[2]}', '{"a":[1],"b":1}'],
  },
  {
    name: "a closed enum",
    schema: { enum: ["a.b", "c|d", "ü"] },
    example: "a.b",
    allowed: texts("c|d", "ü"),
    forbidden: texts("axb", "c", "", "a.b\n"),
  },
  {
    name: "a closed enum of digits",
    schema: { type: "string", enum: ["1", "2"] },
    example: "1",
    allowed: texts("2"),
    forbidden: ["1", text("3")],
  },
  {
    name: "an open enum",
    schema: { type: "string", enum: ["a"], "x-open-enum": true },
    example: "a",
    allowed: texts("a", "zzz"),
    forbidden: ["1"],
  },
  {
    name: "an enum of numbers",
    schema: { enum: [1, 2.5] },
    example: 1,
    allowed: ["2.5", "1.0"],
    forbidden: ["2", '"1"', "12"],
  },
  {
    name: "an enum of several types",
    schema: { enum: ["a", 1, null] },
    example: "a",
    allowed: ["1", "null"],
    forbidden: [text("b"), "2", "true"],
  },
  {
    name: "an integer",
    schema: { type: "integer" },
    example: 7,
    allowed: ["0", "-3", "4.0", "1e3", "12345678901234567890123"],
    forbidden: ["4.5", '"4"', "null", "true"],
  },
  {
    name: "a number",
    schema: { type: "number" },
    example: 1.5,
    allowed: ["2", "-0.1", "1e30"],
    forbidden: ['"2"', "null", "true"],
  },
  {
    name: "a number whose example is whole",
    schema: { type: "number" },
    example: 3,
    allowed: ["3.5", "2"],
    forbidden: ['"2"'],
  },
  {
    name: "a truth",
    schema: { type: "boolean" },
    example: true,
    allowed: ["false"],
    forbidden: ['"true"', "1", "null"],
  },
  { name: "null", schema: { type: "null" }, example: null, allowed: ["null"], forbidden: ["0", '""', "false"] },
  {
    name: "a nullable string",
    schema: { type: ["string", "null"] },
    example: "a",
    allowed: ["null", '"b"'],
    forbidden: ["1", "true"],
  },
  {
    name: "a nullable string whose example is null",
    schema: { type: ["string", "null"] },
    example: null,
    allowed: ["null", '"b"'],
    forbidden: [],
    beyond: ["1"],
  },
  {
    name: "a nullable format",
    schema: { anyOf: [{ type: "string", format: "uuid" }, { type: "null" }] },
    example: null,
    allowed: ["null", '"6F1B2C3D-0000-4000-8000-000000000001"'],
    forbidden: ['"x"', "1"],
  },
  {
    name: "a nullable integer",
    schema: { type: ["integer", "null"] },
    example: 1,
    allowed: ["null", "2", "4.0"],
    forbidden: ["4.5", '"x"', "true"],
    beyond: ['"4.0"'],
  },
  {
    name: "a nullable truth",
    schema: { type: ["boolean", "null"] },
    example: true,
    allowed: ["null", "false"],
    forbidden: ['"true"', "1"],
  },
  {
    name: "a nullable enum",
    schema: { enum: ["a", "b", null] },
    example: "a",
    allowed: ["null", '"b"'],
    forbidden: ['"c"', "1"],
  },
  {
    name: "a nullable object",
    schema: { anyOf: [{ $ref: "#/schemas/Person" }, { type: "null" }] },
    example: { name: "A" },
    allowed: ['{"name":"B"}'],
    forbidden: ['{"name":1}', "1"],
    unsayable: ["null"],
  },
  {
    name: "a nullable object whose example is null",
    schema: { anyOf: [{ $ref: "#/schemas/Person" }, { type: "null" }] },
    example: null,
    allowed: ["null", '{"name":"B"}'],
    forbidden: [],
    beyond: ["1", '{"name":1}'],
  },
  {
    name: "an integer or a string",
    schema: { type: ["integer", "string"] },
    example: "a",
    allowed: ["1", '"b"'],
    forbidden: ["true", "null", "1.5"],
  },
  {
    name: "an integer or a string, with an integer",
    schema: { type: ["integer", "string"] },
    example: 1,
    allowed: ["2", '"b"'],
    forbidden: [],
    beyond: ["true"],
  },
  { name: "anything", schema: true, example: "a", allowed: ["1", "null", "{}", "[1]", "true"], forbidden: [] },
  {
    name: "a date and time",
    schema: { type: "string", format: "date-time" },
    example: "2024-02-29T10:00:00Z",
    allowed: texts(
      "2024-02-28T10:00:00.123456+02:00",
      "2024-02-28t10:00:00z",
      "2016-12-31T23:59:60Z",
      "2024-02-28T10:00:00-0330",
    ),
    forbidden: texts("2024-13-01T10:00:00Z", "2024-02-28", "2024-02-28T10:00:00", "2024-02-28T25:00:00Z"),
    beyond: texts("2024-02-30T10:00:00Z"),
  },
  {
    name: "a date",
    schema: { type: "string", format: "date" },
    example: "2024-02-29",
    allowed: texts("0000-01-01"),
    forbidden: texts("2024-02-32", "24-02-01", "2024-2-1"),
    beyond: texts("2023-02-29"),
  },
  {
    name: "a time",
    schema: { type: "string", format: "time" },
    example: "10:00:00Z",
    allowed: texts("23:59:59.5+01:00"),
    forbidden: texts("24:00:00Z", "10:00:00", "10:00Z"),
  },
  {
    name: "a uuid in either case",
    schema: { type: "string", format: "uuid" },
    example: "6f1b2c3d-0000-4000-8000-000000000001",
    allowed: texts("6F1B2C3D-0000-4000-8000-00000000000A"),
    forbidden: texts("6f1b2c3d00004000800000000000000a", "6f1b2c3d-0000-4000-8000-00000000000g"),
  },
  {
    name: "a uri",
    schema: { type: "string", format: "uri" },
    example: "https://a.example/b",
    allowed: texts("mailto:a@b.example", "https://[::1]:80/x?y#z", "urn:a:b", "https://a.example/%20"),
    forbidden: texts("/a", "a b:c", "https://a.example/ü", "https://a.example/%zz", "a:"),
  },
  {
    name: "an address for e-mail",
    schema: { type: "string", format: "email" },
    example: "a@b.example",
    allowed: texts("a.b+c@d.e.example"),
    forbidden: texts("a", "a@b", "a..b@c.example", "a@-b.example"),
  },
  {
    name: "an IPv4 address",
    schema: { type: "string", format: "ipv4" },
    example: "192.0.2.1",
    allowed: texts("255.255.255.255"),
    forbidden: texts("256.0.0.1", "1.2.3", "01.2.3.4"),
  },
  {
    name: "an IPv6 address",
    schema: { type: "string", format: "ipv6" },
    example: "2001:db8::1",
    allowed: texts("::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1", "1:2:3:4:5:6:7::", "2001:DB8:0:0::1"),
    forbidden: texts(":", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::1%eth0"),
  },
  {
    name: "a host name",
    schema: { type: "string", format: "hostname" },
    example: "a.example",
    allowed: texts("localhost", "a-b.example."),
    forbidden: texts("-a.example", "a..b", "a_b"),
  },
  {
    name: "a duration",
    schema: { type: "string", format: "duration" },
    example: "PT1M",
    allowed: texts("P1D", "P1Y2M3DT4H5M6S", "P2W"),
    forbidden: texts("P", "PT", "1D", "P1H", "P1DT"),
  },
  {
    name: "a JSON pointer",
    schema: { type: "string", format: "json-pointer" },
    example: "/a",
    allowed: texts("", "/a~1b/0"),
    forbidden: texts("a", "/~2"),
  },
  {
    name: "required and optional properties",
    schema: { $ref: "#/schemas/Person" },
    example: { name: "A" },
    allowed: ['{"name":"B","age":3}', '{"name":"B","more":[1]}'],
    forbidden: ["{}", '{"name":1}', "[]", '"x"'],
    beyond: ['{"name":"B","age":"3"}'],
  },
  {
    name: "a property that the example has",
    schema: { $ref: "#/schemas/Person" },
    example: { name: "A", age: 4 },
    allowed: ['{"name":"B","age":3}'],
    forbidden: ['{"name":"B","age":"3"}'],
    unsayable: ['{"name":"B"}'],
  },
  {
    name: "schemas put together by allOf",
    schema: {
      allOf: [
        { $ref: "#/schemas/Person" },
        { type: "object", properties: { name: { minLength: 1 }, role: { enum: ["host"] } } },
      ],
    },
    example: { name: "A", role: "host" },
    allowed: ['{"name":"B","role":"host"}'],
    forbidden: ['{"name":"","role":"host"}', '{"name":"B","role":"x"}'],
  },
  {
    name: "a list",
    schema: { type: "array", items: { type: "integer" } },
    example: [1, 2],
    allowed: ["[]", "[5]", "[1,2,3,4.0]"],
    forbidden: ['["1"]', "[1,null]", "{}"],
  },
  {
    name: "an empty list as example",
    schema: { type: "array", items: { type: "integer" } },
    example: [],
    allowed: ["[]", "[5]"],
    forbidden: ["{}", '"x"'],
    beyond: ['["a"]'],
  },
  {
    name: "a list with bounds",
    schema: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 3 },
    example: ["a", "b"],
    allowed: ['["c","d","e"]'],
    forbidden: ['["a"]', '["a","b","c","d"]', '["a",1]'],
  },
  {
    name: "a list of objects",
    schema: { type: "array", items: { $ref: "#/schemas/Person" } },
    example: [{ name: "A", age: 1 }, { name: "B" }],
    allowed: ['[{"name":"C"}]', '[{"name":"C"},{"name":"D","age":2},{"name":"E"}]'],
    forbidden: ['[{"name":"C"},{}]', '[{"name":1}]', '["x"]'],
  },
  {
    name: "lists in lists",
    schema: { type: "array", items: { type: "array", items: { type: "number" } } },
    example: [[1]],
    allowed: ["[[2.5,3],[]]", "[]"],
    forbidden: ['[["x"]]', "[1]"],
  },
  {
    name: "a tuple",
    schema: { type: "array", prefixItems: [{ type: "integer" }, { type: "string" }] },
    example: [1, "a"],
    allowed: ['[2,"b"]', '[2,"b",true]'],
    forbidden: ['["b",2]', "[2,3]"],
    unsayable: ["[2]"],
  },
  {
    name: "a list of several kinds",
    schema: { type: "array", items: { anyOf: [{ type: "string" }, { $ref: "#/schemas/Person" }] } },
    example: ["a", { name: "A" }],
    allowed: ['[{"name":"B"},"c"]', "[]"],
    forbidden: ["{}"],
    beyond: ["[1]"],
  },
  {
    name: "a recursive schema",
    schema: { $ref: "#/schemas/Tree" },
    example: { label: "a", children: [{ label: "b", children: [] }] },
    allowed: ['{"label":"c","children":[{"label":"d","children":[]}]}'],
    forbidden: ['{"label":"c","children":[{"label":1,"children":[]}]}'],
  },
  {
    name: "a map",
    schema: { type: "object", additionalProperties: { type: "integer" } },
    example: { a: 1, b: 2 },
    allowed: ['{"z":3}', "{}"],
    forbidden: ['{"z":"3"}', "[]"],
  },
  {
    name: "a map of objects",
    schema: { type: "object", additionalProperties: { $ref: "#/schemas/Person" } },
    example: { a: { name: "A" } },
    allowed: ['{"z":{"name":"B"},"y":{"name":"C","age":1}}'],
    forbidden: ['{"z":{}}', '{"z":1}'],
  },
  {
    name: "a map by patterns",
    schema: { type: "object", patternProperties: { "^x-": { type: "string" } } },
    example: { "x-a": "1" },
    allowed: ['{"x-b":"2"}'],
    forbidden: ['{"x-b":2}'],
  },
  {
    name: "an object of whatever",
    schema: { type: "object" },
    example: { a: { b: 1 } },
    allowed: ["{}", '{"c":[1]}'],
    forbidden: ["[]", '"x"', "null"],
  },
  {
    name: "keys that need quoting",
    schema: {
      type: "object",
      properties: { "a.b c": { type: "integer" }, "ü-[*]": { type: "integer" }, '"\\': { type: "integer" } },
    },
    example: { "a.b c": 1, "ü-[*]": 1, '"\\': 1 },
    allowed: ['{"a.b c":2,"ü-[*]":2,"\\"\\\\":3}'],
    forbidden: [
      '{"a.b c":2.5,"ü-[*]":2,"\\"\\\\":3}',
      '{"a.b c":2,"ü-[*]":2.5,"\\"\\\\":3}',
      '{"a.b c":2,"ü-[*]":2,"\\"\\\\":3.5}',
    ],
  },
  {
    name: "keys that cannot be quoted",
    schema: { type: "object", properties: { "it's": { type: "integer" }, "": { type: "string" } } },
    example: { "it's": 1, "": "a" },
    allowed: ['{"it\'s":2,"":"b"}'],
    forbidden: ['{"it\'s":"2","":"b"}'],
    beyond: ['{"it\'s":2.5,"":"b"}'],
  },
  {
    name: "one branch of alternatives",
    schema: {
      oneOf: [
        { type: "object", required: ["a"], properties: { a: { const: "x" }, n: { type: "integer" } } },
        { type: "object", required: ["a"], properties: { a: { const: "y" }, n: { type: "string" } } },
      ],
    },
    example: { a: "y", n: "s" },
    allowed: ['{"a":"y","n":"t"}'],
    forbidden: ['{"a":"y","n":1}', '{"a":"z","n":"t"}'],
    unsayable: ['{"a":"x","n":1}'],
  },
  {
    name: "alternatives of strings",
    schema: {
      anyOf: [
        { type: "string", format: "date" },
        { type: "string", enum: ["never"] },
      ],
    },
    example: "never",
    allowed: texts("never", "2024-01-01"),
    forbidden: [text("x"), "1"],
  },
  {
    name: "JSON in a string",
    schema: {
      type: "string",
      contentMediaType: "application/json",
      contentSchema: { type: "object", properties: { n: { type: "integer" } } },
    },
    example: '{"n":1}',
    allowed: texts('{"n":2}', ' {"m":1}\n'),
    forbidden: [text("no"), text(""), '{"n":1}'],
  },
  {
    name: "a list as JSON in a string",
    schema: {
      type: "string",
      contentMediaType: "application/json",
      contentSchema: { type: "array", items: { type: "integer" } },
    },
    example: "[1]",
    allowed: texts("[2]", "[]"),
    forbidden: ["[1]"],
  },
];

/** Needless escapes are mended here as everywhere. */
function usableExpression(pattern: string): RegExp {
  return new RegExp(usablePattern(pattern).source ?? "(?!)", "u");
}
usableExpression.code = "";

const ajv = new Ajv2020({ strict: false, code: { regExp: usableExpression } });
(formatsPlugin as unknown as (ajv: Ajv2020) => void)(ajv);

/** Open enums are ours; the rest is the specification's. */
function valid(schema: Schema, json: string): boolean {
  const open = JSON.parse(JSON.stringify(schema), (_, part) => {
    if (part?.["x-open-enum"] !== true) return part;
    const { enum: _known, ...rest } = part;
    return rest;
  });
  const value: unknown = JSON.parse(json);
  const root = { allOf: [open], schemas: SCHEMAS };
  if (!ajv.validate(root, value)) return false;
  return typeof value !== "string" || open.contentSchema === undefined || parses(value);
}

function parses(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** Within an object, since a message that is nothing but null is no message to Pact. */
function expected({ schema, example }: Row): Expectation {
  return expectationOf({ type: "object", properties: { at: schema } }, { at: example }, SCHEMAS);
}

function ownText(row: Row): string {
  return JSON.stringify((expected(row).content as { readonly at: Json }).at);
}

function trialsOf(row: Row): readonly Trial[] {
  const { content, rules } = expected(row);
  const { allowed, forbidden, beyond = [], unsayable = [] } = row;
  return [ownText(row), ...allowed, ...forbidden, ...beyond, ...unsayable].map((actual) => ({
    name: `${row.name}: ${actual}`,
    content,
    rules,
    actual: `{"at":${actual}}`,
  }));
}

test("the table says of its schemas what is so", () => {
  for (const { name, schema, example, allowed, forbidden, beyond = [], unsayable = [] } of ROWS) {
    expect(valid(schema, JSON.stringify(example)), `${name}: the example`).toBe(true);
    for (const json of [...allowed, ...unsayable]) expect(valid(schema, json), `${name}: ${json}`).toBe(true);
    for (const json of [...forbidden, ...beyond]) expect(valid(schema, json), `${name}: ${json}`).toBe(false);
  }
});

describe("Pact's verifier", () => {
  let refused: ReadonlyMap<string, string>;
  beforeAll(async () => {
    refused = await refusedByPact(ROWS.flatMap(trialsOf));
  });

  test.each(ROWS)("$name", (row) => {
    const reason = (json: string) => refused.get(`${row.name}: ${json}`);
    expect(reason(ownText(row)), "the example itself").toBeUndefined();
    for (const json of row.allowed) expect(reason(json), json).toBeUndefined();
    for (const json of row.forbidden) expect(reason(json), `${json} must be refused`).toBeDefined();
    // Should Pact learn it one day, the documentation has to learn it too.
    for (const json of row.beyond ?? []) expect(reason(json), json).toBeUndefined();
    for (const json of row.unsayable ?? []) expect(reason(json), `${json} must be refused`).toBeDefined();
  });
});

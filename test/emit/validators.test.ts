import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Json, Schema } from "../../src/model/index.ts";
import { emitContractFiles } from "../../src/pipeline.ts";
import type { Validator } from "../../src/runtime/types.ts";
import { contractOf, emitted, load, written } from "./helpers.ts";

interface ValidatorModule {
  readonly validate: Validator;
}

/** The emitted validators of these schemas, imported from a folder on disk. */
async function validatorsOf(
  payloads: readonly Schema[],
  schemas: Readonly<Record<string, Schema>> = {},
  options: Parameters<typeof emitContractFiles>[1] = {},
): Promise<readonly Validator[]> {
  const contract = contractOf(
    Object.fromEntries(payloads.map((payload, index) => [`w${index}`, { payload }])),
    schemas,
  );
  const { value, diagnostics } = await emitContractFiles(contract, options);
  expect(diagnostics.filter(({ code }) => code === "schema-not-usable")).toEqual([]);
  const root = await written({ case: value });
  return Promise.all(
    payloads.map(async (_, index) => {
      const { validate } = await load<ValidatorModule>(root, "case", "validators", `k${index}.js`);
      return validate;
    }),
  );
}

async function validatorOf(schema: Schema, schemas: Readonly<Record<string, Schema>> = {}): Promise<Validator> {
  const [validate] = await validatorsOf([schema], schemas);
  if (validate === undefined) throw new Error("there is no validator");
  return validate;
}

const named: Readonly<Record<string, Schema>> = {
  short: { type: "string", maxLength: 2 },
  node: {
    type: "object",
    required: ["v"],
    properties: {
      v: { type: "integer" },
      next: { $ref: "#/schemas/node" },
      all: { items: { $ref: "#/schemas/node" } },
    },
  },
  closed: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
};

describe("emitted validators", () => {
  test.each<{ why: string; schema: Schema; good: readonly Json[]; bad: readonly Json[] }>([
    {
      why: "required names that every object inherits are not there in {}",
      schema: { required: ["constructor", "toString", "__proto__"] },
      good: [JSON.parse('{"constructor":1,"toString":2,"__proto__":3}'), 5],
      bad: [{}, { constructor: 1 }, JSON.parse('{"constructor":1,"toString":2}')],
    },
    {
      why: "properties that every object inherits are not judged in {}",
      schema: { properties: { constructor: { type: "string" }, toString: { type: "number" }, valueOf: false } },
      good: [{}, { constructor: "a" }, JSON.parse('{"toString":1}')],
      bad: [{ constructor: 1 }, JSON.parse('{"toString":"a"}'), JSON.parse('{"valueOf":1}')],
    },
    {
      why: "dependencies of names that every object inherits",
      schema: { dependentRequired: { toString: ["a"] }, dependentSchemas: { constructor: { required: ["b"] } } },
      good: [{}, JSON.parse('{"toString":1,"a":1}')],
      bad: [JSON.parse('{"toString":1}'), { constructor: 1 }],
    },
    {
      why: "unevaluatedProperties refuses names that every object inherits, unless a schema spoke of them",
      schema: {
        anyOf: [{ required: ["a"], properties: { a: true, valueOf: true, __proto__: true } }, { minProperties: 3 }],
        unevaluatedProperties: false,
      },
      good: [{ a: 1 }, { a: 1, valueOf: 1 }],
      bad: [JSON.parse('{"a":1,"__proto__":1}'), JSON.parse('{"a":1,"toString":1}'), { a: 1, constructor: 1 }],
    },
    {
      why: "a property called __proto__ is judged like any other",
      schema: JSON.parse(
        '{"properties":{"a":true,"__proto__":{"type":"string"}},"additionalProperties":false,' +
          '"dependentRequired":{"__proto__":["a"]},"dependentSchemas":{"__proto__":{"type":"object","maxProperties":2}}}',
      ),
      good: [{}, { a: 1 }, JSON.parse('{"a":1,"__proto__":"x"}'), 5, "x", ["__proto__"]],
      bad: [JSON.parse('{"a":1,"__proto__":1}'), JSON.parse('{"__proto__":"x"}'), { b: 1 }],
    },
    {
      why: "beside unevaluatedProperties too",
      schema: JSON.parse('{"properties":{"__proto__":{"type":"string"}},"unevaluatedProperties":false}'),
      good: [{}, JSON.parse('{"__proto__":"x"}')],
      bad: [JSON.parse('{"__proto__":1}'), { a: 1 }, { constructor: 1 }],
    },
    {
      why: "values with names that every object inherits are equal to the same alone",
      schema: {
        anyOf: [
          { const: JSON.parse('{"__proto__":1,"a":[{"__proto__":{"b":2}}]}') },
          { enum: [JSON.parse('{"a":"{\\"__proto__\\":1}","__proto__":null}'), 5] },
        ],
      },
      good: [
        JSON.parse('{"__proto__":1,"a":[{"__proto__":{"b":2}}]}'),
        JSON.parse('{"a":"{\\"__proto__\\":1}","__proto__":null}'),
      ],
      bad: [{ a: [{}] }, JSON.parse('{"__proto__":1,"a":[{}]}'), { a: '{"__proto__":1}' }],
    },
    {
      why: "names that are words of JavaScript",
      schema: {
        required: ["delete", "class"],
        properties: { delete: { type: "string" }, class: { type: "string" }, "a.b'c\"\\`${d}": { const: 1 } },
      },
      good: [{ delete: "a", class: "b", "a.b'c\"\\`${d}": 1 }],
      bad: [{ delete: 1, class: "b" }, { delete: "a" }, { delete: "a", class: "b", "a.b'c\"\\`${d}": 2 }],
    },
    {
      why: "multipleOf in decimals",
      schema: { multipleOf: 0.01 },
      good: [19.99, 0.07, 1.1, 4.35, "x"],
      bad: [0.001, 19.999],
    },
    {
      why: "the length of a string is counted in characters",
      schema: { type: "string", maxLength: 2 },
      good: ["😀😀"],
      bad: ["😀😀😀"],
    },
    {
      why: "patterns that need no escape are mended for the u flag",
      schema: {
        properties: { a: { pattern: "^[\\w\\-]+\\-\\_\\@x$" }, b: { pattern: "^\\/a\\/" }, c: { pattern: '\\"' } },
      },
      good: [{ a: "a-b-_@x", b: "/a/", c: '"' }],
      bad: [{ a: "x" }, { b: "a" }, { c: "'" }],
    },
    {
      why: "an open enum allows any other string, and nothing but strings",
      schema: { type: "string", enum: ["a"], "x-open-enum": true },
      good: ["a", "b"],
      bad: [1, null],
    },
    {
      why: "minContains and maxContains",
      schema: { contains: { type: "number" }, minContains: 2, maxContains: 3 },
      good: [[1, 2, "a"], [1, 2, 3], 5],
      bad: [
        [1, "a"],
        [1, 2, 3, 4],
      ],
    },
    {
      why: "an empty array contains nothing, whatever the one before it did",
      schema: { items: { contains: { type: "number" } } },
      good: [[[1], ["a", 2]], [], 5],
      bad: [[[]], [[1], []], [[], [1]], [[1], ["a"]]],
    },
    {
      why: "nor beside items that it has not",
      schema: { prefixItems: [{ type: "string" }, { type: "null" }], contains: { type: "number" } },
      good: [["a", null, 1]],
      bad: [[], ["a"], ["a", null], [1]],
    },
    {
      why: "nor in an alternative",
      schema: {
        items: { anyOf: [{ contains: { type: "number" } }, { contains: { type: "null" } }, { type: "string" }] },
      },
      good: [[[1], [null], "a"], []],
      bad: [[[1], [null], []], [[null], []], [[]]],
    },
    {
      why: "unevaluatedProperties sees through allOf, $ref and then",
      schema: {
        allOf: [{ properties: { a: true } }, { $ref: "#/schemas/base" }],
        if: { required: ["a"] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { properties: { c: true } },
        unevaluatedProperties: false,
      },
      good: [{}, { a: 1, b: 2, c: 3 }],
      bad: [{ d: 1 }, { c: 3 }],
    },
    {
      why: "patterns beside a branch, neither of which may throw",
      schema: {
        patternProperties: { "^[ab]": true },
        anyOf: [{ required: ["a"] }, { required: ["c"], properties: { c: true } }],
        if: { required: ["d"] },
        else: { additionalProperties: { type: "number" } },
        unevaluatedProperties: false,
      },
      good: [{ a: 1 }, { a: 1, e: 5 }],
      bad: [{ d: 1, a: 1 }, { e: 5 }, { a: "x" }],
    },
    {
      why: "what is never reached may not throw",
      schema: {
        dependentSchemas: {
          c: {
            if: false,
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
            then: { not: true, allOf: [{ patternProperties: {} }, { unevaluatedItems: true }] },
          },
        },
      },
      good: [{}, { c: 1 }],
      bad: [],
    },
    {
      why: "unevaluatedItems",
      schema: { allOf: [{ prefixItems: [{ type: "string" }] }], unevaluatedItems: { type: "number" } },
      good: [["a", 1]],
      bad: [["a", 1, "b"]],
    },
    {
      why: "recursion",
      schema: { $ref: "#/schemas/tree" },
      good: [{ v: 1, all: [{ v: 2, all: [{ v: 3 }] }] }],
      bad: [
        { v: 1, all: [{ v: 2, all: [{ v: "3" }] }] },
        { v: 1, all: [{}] },
      ],
    },
    {
      why: "JSON in a string is judged by what it holds",
      schema: envelope({ required: ["a"] }),
      good: [{ p: { a: 1 } }],
      bad: [{ p: {} }],
    },
    { why: "anything", schema: true, good: [1, null, {}], bad: [] },
    { why: "nothing", schema: false, good: [], bad: [1, null, {}] },
  ])("$why", async ({ schema, good, bad }) => {
    const validate = await validatorOf(schema, {
      base: { properties: { b: true } },
      tree: { required: ["v"], properties: { v: { type: "number" }, all: { items: { $ref: "#/schemas/tree" } } } },
    });
    for (const value of good) expect(validate(value), JSON.stringify(value)).toBe(true);
    for (const value of bad) expect(validate(value), JSON.stringify(value)).toBe(false);
  });

  function envelope(contentSchema: Schema): Schema {
    return {
      type: "object",
      properties: { p: { type: "string", contentMediaType: "application/json", contentSchema } },
    } as Schema;
  }

  test.each<[string, (index: number) => Schema, Json, Json]>([
    ["checks", (index) => ({ type: "string", maxLength: index + 1 }), "abc", 3],
    ["references", () => ({ $ref: "#/schemas/node" }), { v: 1 }, { v: "1" }],
  ])("an object of thousands of properties with %s of their own is judged like any other", async (_, at, good, bad) => {
    const names = Array.from({ length: 2_500 }, (_, index) => [`p${index}`, at(index)] as const);
    const properties = { ...Object.fromEntries(names), last: { const: 1 } };
    const validate = await validatorOf({ type: "object", properties }, named);
    expect(validate({})).toBe(true);
    expect(validate({ p2: good, p2499: good, last: 1 })).toBe(true);
    for (const [payload, place] of [
      [{ p2: bad, last: 1 }, /^\/p2(\/v)?$/],
      [{ p2: good, p2499: bad, last: 1 }, /^\/p2499(\/v)?$/],
      [{ p2: good, last: 2 }, /^\/last$/],
    ] as const) {
      expect(validate(payload)).toBe(false);
      expect(validate.errors).toMatchObject([{ instancePath: expect.stringMatching(place) }]);
    }
  });

  test("what a reference finds is told, whatever properties come after it", async () => {
    const properties = { a: { $ref: "#/schemas/node" }, b: { type: "string" } } as const;
    const validate = await validatorOf({ properties, required: ["b"] }, named);
    expect(validate({ a: { v: 1, all: [{ v: 2 }] }, b: "x" })).toBe(true);
    expect(validate({ a: { v: 1, all: [{ v: "2" }] }, b: 3 })).toBe(false);
    expect(validate.errors?.map(({ instancePath }) => instancePath)).toEqual(["/a/all/0/v"]);
    expect(validate({ a: { v: 1 }, b: 3 })).toBe(false);
    expect(validate.errors?.map(({ instancePath }) => instancePath)).toEqual(["/b"]);
  });

  test("errors are AJV's own", async () => {
    const validate = await validatorOf({
      type: "object",
      properties: { a: { type: "array", items: { type: "integer" } } },
    });
    expect(validate({ a: [1, "2"] })).toBe(false);
    expect(validate.errors).toEqual([
      {
        instancePath: "/a/1",
        schemaPath: "#/properties/a/items/type",
        keyword: "type",
        params: { type: "integer" },
        message: "must be integer",
      },
    ]);
  });

  test("--closed ignore lets unknown fields pass, and nothing else", async () => {
    const schema: Schema = {
      type: "object",
      required: ["a"],
      properties: { a: { type: "object", additionalProperties: false } },
      additionalProperties: false,
      unevaluatedProperties: false,
    };
    const [obeying] = await validatorsOf([schema]);
    const [ignoring] = await validatorsOf([schema], {}, { closed: "ignore" });
    for (const [value, obeyed, ignored] of [
      [{ a: {} }, true, true],
      [{ a: {}, b: 1 }, false, true],
      [{ a: { b: 1 } }, false, true],
      [{ b: 1 }, false, false],
      [{ a: 1 }, false, false],
    ] as const) {
      expect([obeying?.(value), ignoring?.(value)]).toEqual([obeyed, ignored]);
    }
  });
});

describe("what cannot be used", () => {
  test.each<{ why: string; schema: unknown; keyword: string; good: Json; bad?: Json }>([
    { why: "required: true", schema: { type: "object", required: true }, keyword: "required", good: {}, bad: 1 },
    { why: "an unknown type", schema: { type: "strng", maxLength: 1 }, keyword: "type", good: 5, bad: "ab" },
    { why: "a list with an unknown type", schema: { type: ["string", "text"] }, keyword: "type", good: 5 },
    { why: "enum: {}", schema: { enum: {}, type: "string" }, keyword: "enum", good: "x", bad: 1 },
    { why: "an empty enum", schema: { enum: [] }, keyword: "enum", good: "x" },
    { why: "a pattern that is none", schema: { type: "string", pattern: "(" }, keyword: "pattern", good: "x", bad: 1 },
    { why: "a pattern in a dialect of its own", schema: { pattern: "(?i)^a" }, keyword: "pattern", good: "b" },
    {
      why: "a name pattern that is none",
      schema: { patternProperties: { "*": false } },
      keyword: "pattern",
      good: { a: 1 },
    },
    { why: "minLength: -1", schema: { minLength: -1, maxLength: 1 }, keyword: "minLength", good: "", bad: "ab" },
    { why: "minimum: text", schema: { minimum: "5", maximum: 9 }, keyword: "minimum", good: 1, bad: 10 },
    { why: "multipleOf: 0", schema: { multipleOf: 0 }, keyword: "multipleOf", good: 1 },
    {
      why: "draft-04's exclusiveMinimum",
      schema: { minimum: 1, exclusiveMinimum: true },
      keyword: "exclusiveMinimum",
      good: 1,
      bad: 0,
    },
    { why: "properties: []", schema: { properties: [], type: "object" }, keyword: "properties", good: {}, bad: 1 },
    { why: "allOf: {}", schema: { allOf: {} }, keyword: "allOf", good: 1 },
    { why: "uniqueItems: text", schema: { uniqueItems: "yes" }, keyword: "uniqueItems", good: [1, 1] },
  ])("$why is left out with a diagnostic", async ({ schema, keyword, good, bad }) => {
    const contract = contractOf({ w: { payload: schema as Schema } });
    const { diagnostics } = await emitted(contract);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(`^keyword-not-usable The keyword "${keyword}" in "w" is not checked: .+\\.$`),
    ]);
    const validate = await validatorOf(schema as Schema);
    expect(validate(good)).toBe(true);
    if (bad !== undefined) expect(validate(bad)).toBe(false);
  });

  test("names that only look like formats are no formats", async () => {
    const validate = await validatorOf({ properties: { a: { format: "constructor" }, b: { format: "toString" } } });
    expect(validate({ a: "x", b: "y" })).toBe(true);
  });
});

describe("the modules", () => {
  test("need nothing outside the generated folders, and neither eval nor require", async () => {
    const contract = contractOf(
      {
        a: { payload: { $ref: "#/schemas/node" } },
        b: {
          payload: {
            allOf: [{ $ref: "#/schemas/node" }, { properties: { at: { format: "date-time", maxLength: 30 } } }],
          },
        },
        c: { payload: { enum: [{ a: 1 }, [1]], multipleOf: 0.1, uniqueItems: true } },
      },
      named,
    );
    const { files } = await emitted(contract);
    for (const [path, text] of files) {
      expect(text).not.toMatch(/require\(|\beval\(|new Function|process\./);
      if (!path.endsWith(".js")) continue;
      for (const [, from = ""] of text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
        const target = join("case", path, "..", from);
        expect(target.startsWith("case/") || target.startsWith("runtime/"), `${path} imports ${from}`).toBe(true);
      }
    }
  });

  test("with --runtime import, the runtime is the package's", async () => {
    const { files } = await emitted(contractOf({ a: { payload: { format: "uri" } } }), { runtime: "import" });
    expect(files.get("index.js")).toContain('from "hookbook/receiver"');
    expect(files.get("validators/k0.js")).toContain('from "hookbook/runtime/formats/uri"');
    for (const text of files.values()) expect(text).not.toContain("../runtime");
  });

  test("the same contract gives the same bytes", async () => {
    const contract = contractOf(
      { a: { payload: { $ref: "#/schemas/node" } }, b: { payload: { type: "string" } } },
      named,
    );
    expect([...(await emitted(contract)).files]).toEqual([...(await emitted(contract)).files]);
  });
});

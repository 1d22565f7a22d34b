import { describe, expect, test } from "vitest";
import { decodedSchemas } from "../../src/emit/decoded-schemas.ts";
import { makePlans } from "../../src/emit/plans.ts";
import type { Json, Schema } from "../../src/model/index.ts";
import { compileUnwrap, NotUnwrapped } from "../../src/runtime/unwrap.ts";
import { contractOf } from "./helpers.ts";

const text: Schema = {
  type: "string",
  contentMediaType: "application/json",
  contentSchema: { type: "object", properties: { a: { type: "number" } } },
};
const ref = (key: string): Schema => ({ $ref: `#/schemas/${key}` });

function plansOf(payload: Schema, schemas: Readonly<Record<string, Schema>>) {
  const contract = contractOf({ w: { payload } }, schemas);
  return makePlans(contract, decodedSchemas(contract).differing);
}

function decoded(payload: Schema, schemas: Readonly<Record<string, Schema>>, value: Json): unknown {
  const { unwrap, shared } = plansOf(payload, schemas);
  const result = compileUnwrap(unwrap.get("w") ?? {}, shared)(structuredClone(value));
  expect(result).not.toBeInstanceOf(NotUnwrapped);
  return result;
}

describe("plans for JSON in strings", () => {
  test("a list of alternatives that are such lists themselves is decoded at any depth", () => {
    const schemas: Record<string, Schema> = {
      List: { type: "array", items: { oneOf: [ref("List"), ref("Leaf")] } },
      Leaf: { properties: { p: text, more: ref("List") } },
    };
    const value: Json = [[[{ p: '{"a":1}', more: [{ p: '{"a":2}' }] }]], { p: '{"a":3}' }];
    expect(decoded(ref("List"), schemas, value)).toEqual([
      [[{ p: { a: 1 }, more: [{ p: { a: 2 } }] }]],
      { p: { a: 3 } },
    ]);
  });

  test("so is one in which parts without a name meet those with one", () => {
    const schemas: Record<string, Schema> = {
      A: { items: { allOf: [ref("A"), ref("B"), { properties: { p: text } }] } },
      B: { items: { anyOf: [ref("B"), { properties: { q: text } }] } },
    };
    const value: Json = [[{ p: '{"a":1}', q: '{"a":2}' }, [[{ p: '{"a":3}', q: '{"a":4}' }]]]];
    expect(decoded(ref("A"), schemas, value)).toEqual([
      [{ p: { a: 1 }, q: { a: 2 } }, [[{ p: { a: 3 }, q: { a: 4 } }]]],
    ]);
  });

  test("what is only referred to is shared by its name, and what is alike is planned once", () => {
    const { unwrap, shared } = plansOf(
      { properties: { x: ref("Leaf"), y: { anyOf: [ref("Leaf"), { type: "null" }] } } },
      {
        Leaf: { properties: { p: text } },
      },
    );
    expect(unwrap.get("w")).toEqual({
      properties: [
        ["x", { shared: "Leaf" }],
        ["y", { shared: "Leaf" }],
      ],
    });
    expect(shared).toEqual({ Leaf: { properties: [["p", { json: {} }]] } });
  });

  test("a string beside another shape may stay what it is", () => {
    const either: Schema = { anyOf: [text, { properties: { p: text } }] };
    expect(decoded(either, {}, "not JSON")).toBe("not JSON");
    expect(decoded(either, {}, '{"a":1}')).toEqual({ a: 1 });
  });

  test("sets that double with each schema are refused, and do not fill the memory", () => {
    const count = 40;
    const schemas = Object.fromEntries(
      Array.from({ length: count }, (_, index): [string, Schema] => [
        `S${index}`,
        {
          properties: { p: text },
          items: { oneOf: [ref(`S${(index + 1) % count}`), ...(index === 0 ? [ref("S0")] : [])] },
          additionalProperties: ref(`S${(index * 7 + 1) % count}`),
        },
      ]),
    );
    const all: Schema = { oneOf: Object.keys(schemas).map(ref), items: { oneOf: [ref("S0"), ref("S3")] } };
    expect(() => plansOf(all, schemas)).toThrow(RangeError);
  });
});

import { expect, test } from "vitest";
import type { Json, Schema } from "../../src/model/index.ts";
import { emitContractFiles } from "../../src/pipeline.ts";
import type { Validator } from "../../src/runtime/types.ts";
import { HOSTILE_MILLISECONDS_MAX } from "../limits.ts";
import { contractOf, load, written } from "./helpers.ts";

/** A value of so many levels, each made of the one below. */
const levels = (count: number, innermost: Json, make: (inner: Json) => Json): Json =>
  Array.from({ length: count }).reduce<Json>((inner) => make(inner), innermost);

const branch = (name: string, child: Schema): Schema => ({ required: [name], properties: { c: child } });
const node = { $ref: "#/schemas/node" };

test.each<{ why: string; schemas: Record<string, Schema>; good: Json; bad: Json; errors: number }>([
  {
    why: "a schema that comes back by two branches",
    schemas: { node: { anyOf: [branch("a", node), branch("b", node)] } },
    good: levels(200, { b: 1 }, (c) => ({ b: 1, c })),
    bad: levels(200, { d: 1 }, (c) => ({ a: 1, b: 1, c })),
    errors: 403,
  },
  {
    why: "two schemas that come back to each other",
    schemas: {
      node: { oneOf: [{ $ref: "#/schemas/left" }, { $ref: "#/schemas/right" }] },
      left: {
        ...(branch("a", node) as object),
        type: "object",
        maxProperties: 9,
        minProperties: 1,
        not: { required: ["z"] },
      },
      right: {
        ...(branch("b", node) as object),
        type: "object",
        maxProperties: 8,
        minProperties: 1,
        not: { required: ["y"] },
      },
    },
    good: levels(200, { b: 1 }, (c) => ({ b: 1, c })),
    bad: levels(200, { d: 1 }, (c) => ({ a: 1, b: 1, c })),
    errors: 0,
  },
  {
    why: "a child that two keywords speak of",
    schemas: { node: { properties: { c: node, v: { type: "string" } }, patternProperties: { "^c": node } } },
    good: levels(200, { v: "x" }, (c) => ({ c })),
    bad: levels(200, { v: 1 }, (c) => ({ c })),
    errors: 1,
  },
  {
    why: "branches that double from schema to schema",
    schemas: {
      node: { allOf: [{ $ref: "#/schemas/s0" }] },
      ...Object.fromEntries(
        Array.from({ length: 60 }, (_, index): [string, Schema] => {
          const next = { $ref: `#/schemas/s${index + 1}` };
          // Wide enough to stay a function of its own.
          const own = { maxProperties: 99 - index, minProperties: 1, required: ["a"], propertyNames: { maxLength: 9 } };
          const rest = {
            properties: { [`p${index}`]: { type: "string" }, [`q${index}`]: { type: "string", maxLength: 5 } },
          };
          return [`s${index}`, { ...own, ...rest, anyOf: [{ allOf: [next, { required: ["z"] }] }, next] }];
        }),
      ),
      s60: { type: "object", properties: { a: { const: 1 } } },
    },
    good: { a: 1 },
    bad: { a: 2 },
    errors: 0,
  },
])("$why takes no more time than levels", async ({ schemas, good, bad, errors }) => {
  const contract = contractOf({ w: { payload: { type: "object", properties: { node } } } }, schemas);
  const { value } = await emitContractFiles(contract, {});
  const root = await written({ case: value });
  const { validate } = await load<{ validate: Validator }>(root, "case", "validators", "k0.js");
  const start = performance.now();
  expect(validate({ node: bad })).toBe(false);
  // One error for each that was found, and not for each way to it.
  if (errors > 0) expect(validate.errors).toHaveLength(errors);
  expect(validate.errors?.length).toBeLessThan(2_000);
  expect(validate({ node: good })).toBe(true);
  expect(validate({ node: bad })).toBe(false);
  expect(performance.now() - start).toBeLessThan(HOSTILE_MILLISECONDS_MAX);
});

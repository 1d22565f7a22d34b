import { avroToJsonSchema } from "@asyncapi/avro-schema-parser";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import avsc from "avsc";
import { expect, test } from "vitest";
import { asyncapi, contractOf } from "./helpers.ts";

/** Every kind of type, no name used twice. */
const plain = {
  type: "record",
  name: "Shipment",
  namespace: "com.example",
  fields: [
    { name: "id", type: "string" },
    { name: "flag", type: "boolean" },
    { name: "count", type: "int" },
    { name: "weight", type: "double" },
    { name: "kind", type: { type: "enum", name: "Kind", symbols: ["ROAD", "RAIL"] } },
    { name: "note", type: ["null", "string"], default: null },
    { name: "tags", type: { type: "array", items: "string" } },
    { name: "levels", type: { type: "map", values: "int" } },
    { name: "to", type: { type: "record", name: "Address", fields: [{ name: "city", type: "string" }] } },
  ],
};

/** Names used again, in an array and in the record itself. */
const shared = {
  ...plain,
  fields: [
    ...plain.fields,
    { name: "stops", type: { type: "array", items: "Address" } },
    { name: "parent", type: ["null", "Shipment"], default: null },
  ],
};

async function ours(schema: unknown): Promise<ValidateFunction> {
  const payload = { schemaFormat: "application/vnd.apache.avro;version=1.9.0", schema };
  const { contract } = await contractOf(asyncapi({ channels: { c: { messages: { m: { payload } } } } }));
  const root = { ...(contract.webhooks[0]?.payload as object), schemas: contract.schemas };
  return addFormats.default(new Ajv2020({ strict: false })).compile(root);
}

async function theirs(schema: unknown): Promise<ValidateFunction> {
  const converted = JSON.parse(JSON.stringify(await avroToJsonSchema(schema as never)));
  return addFormats.default(new Ajv2020({ strict: false })).compile(converted);
}

/** Values that Avro's own implementation makes of a schema, as the plain JSON that they are sent as. */
function valuesOf(schema: unknown, count: number): readonly Record<string, unknown>[] {
  const type = avsc.Type.forSchema(schema as never, { wrapUnions: false });
  return Array.from({ length: count }, () => JSON.parse(JSON.stringify(random(type))));
}

/** Its generator of numbers may choose a record within a record again and again, until the stack ends: the next time it does not. */
function random(type: avsc.Type): unknown {
  for (let attempt = 1; ; attempt++) {
    try {
      return type.random();
    } catch (error) {
      if (!(error instanceof RangeError) || attempt === 100) throw error;
    }
  }
}

/** The value with one member replaced by what some types allow and others do not, or taken away. */
function* mutants(value: Record<string, unknown>): Generator<Record<string, unknown>> {
  for (const name of Object.keys(value)) {
    for (const other of [null, "text", 1.5, 2 ** 40, true, [1], ["a"], { a: 1 }, { city: 1 }])
      yield { ...value, [name]: other };
    const { [name]: _, ...without } = value;
    yield without;
  }
}

test.each([
  ["every kind of type", plain],
  ["shared and recursive names", shared],
])("what Avro's implementation makes is valid: %s", async (_, schema) => {
  const validate = await ours(schema);
  for (const value of valuesOf(schema, 200)) {
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
  }
});

test("where AsyncAPI's converter keeps all types, its schema and ours judge alike", async () => {
  const [a, b] = [await ours(plain), await theirs(plain)];
  const verdicts = new Set<boolean>();
  for (const value of valuesOf(plain, 20).flatMap((one) => [one, ...mutants(one)])) {
    expect(a(value), JSON.stringify(value)).toBe(b(value));
    verdicts.add(a(value));
  }
  expect(verdicts).toEqual(new Set([true, false]));
});

test("what it loses, and why it is not used: a name in an array, and the record's own", async () => {
  const [a, b] = [await ours(shared), await theirs(shared)];
  const [value] = valuesOf(plain, 1);
  for (const wrong of [{ stops: [1] }, { stops: [], parent: 1 }]) {
    expect(a({ ...value, ...wrong })).toBe(false);
    expect(b({ ...value, ...wrong })).toBe(true);
  }
});

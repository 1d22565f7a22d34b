import { expect, test } from "vitest";
import { quotedParts } from "../../../src/emit/validators/quoted-parts.ts";

const schema = {
  type: ["string", "null"],
  properties: { "a-b": { enum: ["x", { y: 1 }] }, c: { enum: ["x", { y: 1 }] } },
};

test.each([
  {
    why: "types, where they are quoted",
    code: "{type: schema1.type}",
    want: '{type: ["string", "null"]}',
    constants: [],
  },
  {
    why: "an enum, once however often it is quoted",
    code: 'schema1.properties["a-b"].enum, schema1.properties.c.enum',
    want: "schema1_1, schema1_1",
    constants: [["schema1_1", '["x", { y: 1 }]']],
  },
  {
    why: "a value of an enum",
    code: 'func0(data, schema1.properties["a-b"].enum[1])',
    want: "func0(data, schema1_1)",
    constants: [["schema1_1", "{ y: 1 }"]],
  },
  { why: "another schema is left", code: "schema12.type", want: "schema12.type", constants: [] },
])("$why", ({ code, want, constants }) => {
  expect(quotedParts(code, "schema1", schema)).toEqual({
    code: want,
    constants: new Map(constants as [string, string][]),
  });
});

test.each(["f(schema1)", "schema1.gone", "schema1.properties.constructor", "schema1.type, f(schema1)"])(
  "a schema that is needed whole stays: %s",
  (code) => {
    expect(quotedParts(code, "schema1", schema)).toBeNull();
  },
);

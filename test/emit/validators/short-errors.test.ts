import { describe, expect, test } from "vitest";
import { shortenErrors } from "../../../src/emit/validators/short-errors.ts";
import * as errors from "../../../src/runtime/errors.ts";

/** What an expression of the emitted code makes. */
function made(expression: string): unknown {
  const names = Object.keys(errors);
  const make = new Function(...names, "instancePath", "i0", "missing0", `return (${expression});`);
  return make(...Object.values(errors), "/above", 3, 'it\'s "id"');
}

describe("an error is the same, called or written out", () => {
  test.each([
    {
      why: "a property's type",
      code: '{instancePath:instancePath+"/a/b",schemaPath:"#/properties/a/properties/b/type",keyword:"type",params:{type: "string"},message:"must be string"}',
      want: 'propertyTypeError(instancePath,"/a/b","string")',
    },
    {
      why: "with what a pointer escapes",
      code: '{instancePath:instancePath+"/a~1b~0\\"",schemaPath:"#/properties/a~1b~0\\"/type",keyword:"type",params:{type: "null"},message:"must be null"}',
      want: 'propertyTypeError(instancePath,"/a~1b~0\\"","null")',
    },
    {
      why: "of the whole",
      code: '{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}',
      want: 'typeError(instancePath,"#","object")',
    },
    {
      why: "of an item",
      code: '{instancePath:instancePath+"/a/" + i0,schemaPath:"#/properties/a/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"}',
      want: 'typeError(instancePath+"/a/" + i0,"#/properties/a/items","integer")',
    },
    {
      why: "a format",
      code: '{instancePath:instancePath+"/at",schemaPath:"#/properties/at/format",keyword:"format",params:{format: "date-time"},message:"must match format \\""+"date-time"+"\\""}',
      want: 'propertyFormatError(instancePath,"/at","date-time")',
    },
    {
      why: "a format elsewhere",
      code: '{instancePath:instancePath+"/at",schemaPath:"#/allOf/0/properties/at/format",keyword:"format",params:{format: "uuid"},message:"must match format \\""+"uuid"+"\\""}',
      want: 'formatError(instancePath+"/at","#/allOf/0/properties/at","uuid")',
    },
    {
      why: "what is missing",
      code: '{instancePath:instancePath+"/a",schemaPath:"#/properties/a/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property \'"+missing0+"\'"}',
      want: 'requiredError(instancePath+"/a","#/properties/a",missing0)',
    },
  ])("$why", ({ code, want }) => {
    const short = shortenErrors(`validate1.errors = [${code}];`);
    expect(short.code).toBe(`validate1.errors = [${want}];`);
    expect([...short.calls]).toEqual([want.slice(0, want.indexOf("("))]);
    expect(made(want)).toEqual(made(code));
  });
});

test.each([
  '{instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema1.type},message:"must be string,null"}',
  '{instancePath:instancePath+"/"+f({a:1}),schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string"}',
  '{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be number"}',
])("any other is left as it is: %s", (code) => {
  expect(shortenErrors(code)).toEqual({ code, calls: new Set() });
});

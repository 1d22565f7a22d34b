import { describe, expect, test } from "vitest";
import {
  enclosingResource,
  findReferences,
  type JsonValue,
  resolveUri,
  schemaResources,
  schemeOf,
  splitReference,
} from "../../src/json/index.ts";

const refsIn = (value: JsonValue) => findReferences(value).references.map(({ pointer }) => pointer);
const ref = { $ref: "#/x" };

describe("findReferences", () => {
  test.each([
    { why: "anywhere", given: { a: { b: [ref] } }, want: ["/a/b/0/$ref"] },
    { why: "beside other members", given: { $ref: "#/x", b: ref }, want: ["/$ref", "/b/$ref"] },
    { why: "not when it is no string", given: { properties: { $ref: { type: "string" } } }, want: [] },
    { why: "not in data", given: { example: ref, default: ref, const: ref, enum: [ref] }, want: [] },
    { why: "not in a list of examples", given: { examples: [ref, { payload: ref }] }, want: [] },
    {
      why: "in a map of examples, but not in an example",
      given: { examples: { a: ref, b: { value: ref } } },
      want: ["/examples/a/$ref"],
    },
    {
      why: "a property may have the name of a keyword",
      given: { properties: { default: ref, example: ref, enum: ref, examples: ref } },
      want: [
        "/properties/default/$ref",
        "/properties/example/$ref",
        "/properties/enum/$ref",
        "/properties/examples/$ref",
      ],
    },
    {
      why: "a property may be called properties",
      given: { properties: { properties: { properties: { const: ref }, const: ref } } },
      want: ["/properties/properties/properties/const/$ref"],
    },
    { why: "the default response", given: { responses: { default: ref } }, want: ["/responses/default/$ref"] },
    { why: "a header of any name", given: { headers: { example: ref } }, want: ["/headers/example/$ref"] },
    {
      why: "headers that are a schema",
      given: { headers: { type: "object", properties: { default: ref }, default: ref } },
      want: ["/headers/properties/default/$ref"],
    },
    { why: "a webhook of any name", given: { webhooks: { default: ref } }, want: ["/webhooks/default/$ref"] },
    {
      why: "a mapping with references, not with names",
      given: { discriminator: { propertyName: "t", mapping: { a: "#/x", b: "Name", c: "c.yaml" } } },
      want: ["/discriminator/mapping/a", "/discriminator/mapping/c"],
    },
    {
      why: "a property called discriminator is an ordinary schema",
      given: { properties: { discriminator: { mapping: ref } } },
      want: ["/properties/discriminator/mapping/$ref"],
    },
    {
      why: "an external value that is a relative path",
      given: { examples: { a: { externalValue: "a.json" }, b: { externalValue: "https://example.com/b.json" } } },
      want: ["/examples/a/externalValue"],
    },
    { why: "keys are escaped", given: { "a/b": ref }, want: ["/a~1b/$ref"] },
  ])("$why", ({ given, want }) => {
    expect(refsIn(given as JsonValue)).toEqual(want);
  });

  test("10,000 levels do not overflow the stack", () => {
    let value: JsonValue = ref;
    for (let level = 0; level < 10_000; level++) value = { a: value };
    expect(refsIn(value)).toHaveLength(1);
  });

  test("collects names of schemas", () => {
    const { identifiers, anchors } = findReferences({
      a: { $id: "https://example.com/a", $anchor: "here" },
      b: { $id: "#old" },
      properties: { $id: { type: "string" }, $anchor: "no schema" },
    });
    expect(identifiers).toEqual([{ pointer: "/a", name: "https://example.com/a" }]);
    expect(anchors).toEqual([
      { pointer: "/a", name: "here" },
      { pointer: "/b", name: "old" },
    ]);
  });
});

test("schemaResources resolve $id against the one around", () => {
  const { identifiers } = findReferences({ a: { $id: "https://example.com/dir/a", $defs: { b: { $id: "b" } } } });
  const resources = schemaResources("specs/x.yaml", identifiers);
  expect(enclosingResource(resources, "/a/$defs/b/properties").uri).toBe("https://example.com/dir/b");
  expect(enclosingResource(resources, "/a/items").uri).toBe("https://example.com/dir/a");
  expect(enclosingResource(resources, "/abc").uri).toBe("hookbook:/specs/x.yaml");
});

test.each([
  { given: "#/a", address: "", fragment: "/a" },
  { given: "a.yaml", address: "a.yaml", fragment: null },
  { given: "a.yaml#", address: "a.yaml", fragment: "" },
  { given: "a#b#c", address: "a", fragment: "b#c" },
])("splitReference $given", ({ given, address, fragment }) => {
  expect(splitReference(given)).toEqual({ address, fragment });
});

test("schemeOf takes a Windows drive for no scheme", () => {
  expect([schemeOf("HTTPS://x"), schemeOf("c:/x"), schemeOf("a/b:c"), schemeOf("file:x")]).toEqual([
    "https",
    null,
    null,
    "file",
  ]);
});

test("resolveUri drops the fragment", () => {
  expect(resolveUri("../b.json#/x", "https://example.com/a/a.json")).toBe("https://example.com/b.json");
  expect(resolveUri("http://[", "https://example.com/")).toBeNull();
});

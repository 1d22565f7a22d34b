import { describe, expect, test } from "vitest";
import { type JsonValue, stableStringify, walk } from "../../src/json/index.ts";
import type { SourceDocument } from "../../src/model/index.ts";
import { createLocate, parseDocument } from "../../src/read/index.ts";

function read(text: string, file: string): SourceDocument {
  const { value } = parseDocument(new TextEncoder().encode(text), { file });
  if (value === null) throw new Error(`${file} cannot be read`);
  return value;
}

function locateIn(document: SourceDocument) {
  const locate = createLocate(new Map([[document.file, document]]));
  return (pointer: string) => {
    const { line, column } = locate({ file: document.file, pointer });
    return `${line}:${column}`;
  };
}

const yaml = `# a description
openapi: 3.1.0
paths:
  /a/b:
    - first
    -   second: 1
"quoted key": {flow: [1, 2]}
base: &base
  x: 1
alias: *base
merged:
  <<: *base
`;

const json = `{
  "openapi": "3.1.0",
  "paths": {
    "/a/b": [
      "first",
        {"second": 1}
    ]
  }, "quo\\u0074ed": {"flow": [1,2]},
  "": {"": null}
}
`;

describe("YAML", () => {
  test.each([
    { pointer: "", want: "2:1" },
    { pointer: "/openapi", want: "2:1" },
    { pointer: "/paths", want: "3:1" },
    { pointer: "/paths/~1a~1b", want: "4:3" },
    { pointer: "/paths/~1a~1b/0", want: "5:7" },
    { pointer: "/paths/~1a~1b/1", want: "6:9" },
    { pointer: "/paths/~1a~1b/1/second", want: "6:9" },
    { pointer: "/quoted key", want: "7:1" },
    { pointer: "/quoted key/flow", want: "7:16" },
    { pointer: "/quoted key/flow/1", want: "7:26" },
    { pointer: "/alias", want: "10:1" },
    { pointer: "/alias/x", want: "9:3" },
    { pointer: "/merged/x", want: "9:3" },
    { pointer: "/paths/~1a~1b/7/nothing", want: "4:3" },
    { pointer: "/constructor", want: "2:1" },
    { pointer: "no pointer", want: "2:1" },
  ])("$pointer is at $want", ({ pointer, want }) => {
    const document = read(yaml, "a.yaml");
    expect(locateIn(document)(pointer)).toBe(want);
    // A copy was not there when the text was parsed, so its places are found by parsing again.
    expect(locateIn({ ...document })(pointer)).toBe(want);
  });
});

describe("JSON", () => {
  test.each([
    { pointer: "", want: "1:1" },
    { pointer: "/openapi", want: "2:3" },
    { pointer: "/paths/~1a~1b", want: "4:5" },
    { pointer: "/paths/~1a~1b/0", want: "5:7" },
    { pointer: "/paths/~1a~1b/1", want: "6:9" },
    { pointer: "/paths/~1a~1b/1/second", want: "6:10" },
    { pointer: "/quoted", want: "8:6" },
    { pointer: "/quoted/flow/1", want: "8:33" },
    { pointer: "/", want: "9:3" },
    { pointer: "//", want: "9:8" },
    { pointer: "/paths/nothing", want: "3:3" },
    { pointer: "/paths/~1a~1b/2", want: "4:5" },
    { pointer: "/openapi/0", want: "2:3" },
    { pointer: "/__proto__", want: "1:1" },
  ])("$pointer is at $want", ({ pointer, want }) => {
    expect(locateIn(read(json, "a.json"))(pointer)).toBe(want);
  });

  test("agrees with the YAML reader about every place of a document", () => {
    const value = JSON.parse(json);
    const text = stableStringify(value, { keys: "given" });
    const inJson = locateIn(read(text, "a.json"));
    const inYaml = locateIn({ file: "a.yaml", kind: "yaml", text, value });
    let places = 0;
    walk(value as JsonValue, (_value, pointer) => {
      places++;
      expect(inJson(pointer), pointer).toBe(inYaml(pointer));
      return undefined;
    });
    expect(places).toBe(13);
  });

  test("the last of duplicate keys is the member, as for its value", () => {
    expect(locateIn(read('{"a": 1,\n"a": 2}', "a.json"))("/a")).toBe("2:1");
  });
});

test("a text and a file that was not read are at 1:1", () => {
  expect(locateIn(read("one\ntwo", "a.md"))("/x")).toBe("1:1");
  expect(createLocate(new Map())({ file: "nowhere", pointer: "/a" })).toEqual({ line: 1, column: 1 });
});

test("places in a JSON document of 5 MB are found", () => {
  const schema = {
    type: "object",
    description: "x".repeat(80),
    properties: { a: { type: "string" }, b: { type: "array" } },
  };
  const schemas = Object.fromEntries(Array.from({ length: 28_000 }, (_, index) => [`Schema${index}`, schema]));
  const text = JSON.stringify({ openapi: "3.1.0", components: { schemas } });
  expect(text.length).toBeGreaterThan(5_000_000);
  const at = locateIn(read(text, "a.json"));
  // A search per place would take minutes.
  for (let index = 0; index < 28_000; index += 100) at(`/components/schemas/Schema${index}/properties/b/type`);
  expect(at("/components/schemas/Schema1")).toBe(`1:${text.indexOf('"Schema1"') + 1}`);
});

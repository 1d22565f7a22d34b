import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stableStringify } from "../../src/json/index.ts";
import type { Diagnostic } from "../../src/model/index.ts";
import { createLocate, limits, parseDocument } from "../../src/read/index.ts";
import { HOSTILE_MILLISECONDS_MAX, IS_THOROUGH } from "../limits.ts";

function parse(text: string | Uint8Array, file = "a.yaml") {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const { value, diagnostics } = parseDocument(bytes, { file });
  const locate = createLocate(new Map(value === null ? [] : [[file, value]]));
  const at = (diagnostic: Diagnostic) => {
    const { line, column } = diagnostic.position ?? locate(diagnostic.location);
    return `${diagnostic.code} ${line}:${column} ${diagnostic.location.pointer}`.trimEnd();
  };
  return { document: value, value: value?.value, diagnostics, findings: diagnostics.map(at), locate };
}

describe("bytes", () => {
  test("a byte order mark is dropped, and CRLF ends a line", () => {
    const { document, value, locate } = parse("\ufeffopenapi: 3.1.0\r\ninfo:\r\n  title: T\r\n");
    expect(value).toEqual({ openapi: "3.1.0", info: { title: "T" } });
    expect(document?.text.startsWith("openapi")).toBe(true);
    expect(locate({ file: "a.yaml", pointer: "/info/title" })).toEqual({ line: 3, column: 3 });
  });

  test("so in JSON", () => {
    const { value, locate } = parse('\ufeff{\r\n  "a": 1\r\n}', "a.json");
    expect(value).toEqual({ a: 1 });
    expect(locate({ file: "a.json", pointer: "/a" })).toEqual({ line: 2, column: 3 });
  });

  test.each([
    { why: "Latin-1", bytes: [0x61, 0x3a, 0x20, 0xe7] },
    { why: "UTF-16", bytes: [0xff, 0xfe, 0x61, 0x00] },
    { why: "an overlong slash", bytes: [0xc0, 0xaf] },
    { why: "half a surrogate pair", bytes: [0xed, 0xa0, 0xbd] },
  ])("$why is not UTF-8", ({ bytes }) => {
    const { document, findings } = parse(new Uint8Array(bytes));
    expect(document).toBeNull();
    expect(findings).toEqual(["not-utf-8 1:1"]);
  });
});

describe("kinds", () => {
  test.each([
    { file: "a.json", text: '{"a":1}', want: "json" },
    { file: "a.yaml", text: "a: 1", want: "yaml" },
    { file: "a.yaml", text: ' {"a":1}', want: "json" },
    { file: "a.yaml", text: "{a: 1}", want: "yaml" },
    { file: "a.YML", text: "a: 1", want: "yaml" },
    { file: "a.md", text: "a: 1", want: "text" },
    { file: "a.avsc", text: '{"type":"record"}', want: "json" },
    { file: "order", text: "type: object", want: "yaml" },
    { file: "LICENSE", text: "Permission is hereby granted", want: "text" },
    { file: "notes", text: "# Title\n\nsome: words: here", want: "text" },
    { file: "https://example.com/a.json?v=2", text: "{}", want: "json" },
  ])("$file with $text is $want", ({ file, text, want }) => {
    expect(parse(text, file).document?.kind).toBe(want);
  });

  test("the value of a text is the text", () => {
    expect(parse("# Title\n", "a.md").value).toBe("# Title\n");
  });

  test("a server's content type decides where the name says nothing", () => {
    const bytes = new TextEncoder().encode("{a: 1}");
    const contentType = "application/problem+json; charset=utf-8";
    expect(parseDocument(bytes, { file: "https://example.com/a", contentType }).diagnostics[0]?.code).toBe(
      "broken-json",
    );
  });
});

describe("JSON", () => {
  test.each([
    { text: '{"a": }', want: "broken-json 1:7", reason: "a value is expected here" },
    { text: '{"a": 1,}', want: "broken-json 1:9", reason: "a key in double quotes is expected here" },
    { text: '{\n  "a": 1\n  "b": 2\n}', want: "broken-json 3:3", reason: "a comma is expected here" },
    { text: '{"a": [1, 2}', want: "broken-json 1:12", reason: "comma" },
    { text: '{"a": 1', want: "broken-json 1:8", reason: "closing }" },
    { text: "", want: "broken-json 1:1", reason: "value" },
    { text: '{"a": tru}', want: "broken-json 1:7", reason: "true, false, null" },
    { text: '{"a": "x', want: "broken-json 1:7", reason: "a string does not end" },
    { text: "{} {}", want: "broken-json 1:4", reason: "after the end" },
    { text: "// note\n{}", want: "broken-json 1:1", reason: "comments" },
    { text: "{'a': 1}", want: "broken-json 1:2", reason: "" },
    { text: '{"a": "\u0001"}', want: "broken-json 1:7", reason: "control character" },
  ])("$text", ({ text, want, reason }) => {
    const { document, diagnostics, findings } = parse(text, "a.json");
    expect(document).toBeNull();
    expect(findings).toEqual([want]);
    expect(diagnostics[0]?.message).toContain(reason);
  });

  test("duplicate keys are errors with both lines, and the last one is used", () => {
    const { value, diagnostics, findings } = parse('{\n"a": 1,\n"b": {"\\u0061": 1,\n "a": 2},\n"a": 3\n}', "a.json");
    expect(value).toEqual({ a: 3, b: { a: 2 } });
    expect(findings).toEqual(["duplicate-key 5:1 /a", "duplicate-key 4:2 /b/a"]);
    expect(diagnostics[0]?.message).toContain("(line 5) and already on line 2");
  });

  test("colons and quotes in strings are not taken for members", () => {
    expect(parse('{"a:b": ":{[\\"", "c": "\\\\"}', "a.json").findings).toEqual([]);
  });

  test.each([
    { text: "9007199254740993", want: ["number-not-exact 1:2 /a"], value: 9007199254740992 },
    { text: "-9007199254740993", want: ["number-not-exact 1:2 /a"], value: -9007199254740992 },
    { text: "9007199254740992", want: [], value: 9007199254740992 },
    { text: "9007199254740991", want: [], value: 9007199254740991 },
    { text: "100000000000000000000", want: [], value: 1e20 },
    { text: "1e400", want: ["number-not-finite 1:2 /a"], value: null },
    { text: "66370120685499050", want: [], value: 66370120685499050 },
    { text: "66370120685499049", want: ["number-not-exact 1:2 /a"], value: 66370120685499050 },
    { text: "1500000000000000000000", want: [], value: 1.5e21 },
    { text: "1234567890123456789012345", want: ["number-not-exact 1:2 /a"], value: 1.2345678901234568e24 },
    { text: "0.1", want: [], value: 0.1 },
    { text: "1e20", want: [], value: 1e20 },
  ])("the number $text", ({ text, want, value }) => {
    const given = parse(`{"a": ${text}}`, "a.json");
    expect(given.findings).toEqual(want);
    expect(given.value).toEqual({ a: value });
  });

  test("a number alone, too large, is null", () => {
    expect(parse("1e400", "a.json")).toMatchObject({ value: null, findings: ["number-not-finite 1:1"] });
  });

  test("null is a document, not a failure", () => {
    expect(parse("null", "a.json").document).toMatchObject({ kind: "json", value: null });
  });

  test("an own __proto__ stays one", () => {
    const { value } = parse('{"__proto__": {"polluted": true}}', "a.json");
    expect(Object.keys(value ?? {})).toEqual(["__proto__"]);
    expect((value as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("YAML", () => {
  test("is read as JSON: keys as written, timestamps and yes as strings", () => {
    const text =
      "200: a\non: yes\nnull: ~\n1.0: b\nat: 2026-01-31T00:00:00Z\nday: 2026-01-31\noct: 0o17\nhex: 0xff\n? a\n: b\n";
    const { value, findings } = parse(text);
    expect(findings).toEqual([]);
    expect(value).toEqual({
      "200": "a",
      on: "yes",
      null: null,
      "1.0": "b",
      at: "2026-01-31T00:00:00Z",
      day: "2026-01-31",
      oct: 15,
      hex: 255,
      a: "b",
    });
  });

  test("a %YAML 1.1 directive changes nothing of that", () => {
    expect(parse("%YAML 1.1\n---\na: yes\nb: 2026-01-31\n").value).toEqual({ a: "yes", b: "2026-01-31" });
  });

  test.each([
    { why: "an unclosed quote", text: 'a: "x\nb: 1\n', want: "broken-yaml 3:1" },
    { why: "a key too far right", text: "info:\n  title: Orders\n   version: 1.0.0\n", want: "broken-yaml 2:10" },
    { why: "a tab as indentation", text: "a:\n\tb: 1\n", want: "broken-yaml 2:1" },
    { why: "an unclosed bracket", text: "a: [1, 2\n", want: "broken-yaml 2:1" },
    { why: "a key without colon", text: "a: 1\nb\n", want: "broken-yaml 2:1" },
    { why: "an alias without anchor", text: "a: *x\n", want: "broken-yaml 1:4 /a" },
    { why: "an alias before its anchor", text: "a: *x\nb: &x 1\n", want: "broken-yaml 1:4 /a" },
    { why: "a key that is a list", text: "? [a]\n: 1\n", want: "broken-yaml 1:3" },
    { why: "a merge of no map", text: "a:\n  <<: 1\n", want: "broken-yaml 2:3 /a" },
  ])("$why", ({ text, want }) => {
    const { document, findings, diagnostics } = parse(text);
    expect(document).toBeNull();
    expect(findings).toEqual([want]);
    expect(diagnostics[0]?.message).toMatch(/^This is not YAML: [^A-Z].*[^.]\.$/);
  });

  test("duplicate keys are errors with both lines, and the last one is used", () => {
    const { value, diagnostics, findings } = parse('a: 1\nb:\n  c: 1\n  "c": 2\na: 3\n');
    expect(value).toEqual({ a: 3, b: { c: 2 } });
    expect(findings).toEqual(["duplicate-key 4:3 /b/c", "duplicate-key 5:1 /a"]);
    expect(diagnostics[1]?.message).toContain("(line 5) and already on line 1");
  });

  test("__proto__ is a key like any other, merged or not", () => {
    const { value } = parse("a: &a\n  __proto__:\n    polluted: true\nb:\n  <<: *a\n");
    const { a, b } = value as Record<"a" | "b", object>;
    expect(Object.keys(a)).toEqual(["__proto__"]);
    expect(Object.keys(b)).toEqual(["__proto__"]);
    expect("polluted" in b).toBe(false);
  });

  test("merge keys: what is written wins wherever it stands, of several maps the first", () => {
    const { value, findings } = parse(
      "base: &base {a: 1, b: 1}\nmore: &more {b: 2, c: 2}\none:\n  b: 0\n  <<: *base\n  a: 0\nlist:\n  <<: [*base, *more]\nquoted:\n  '<<': *base\n",
    );
    expect(findings).toEqual([]);
    expect(value).toMatchObject({
      one: { a: 0, b: 0 },
      list: { a: 1, b: 1, c: 2 },
      quoted: { "<<": { a: 1, b: 1 } },
    });
  });

  test("the name of an alias without anchor is quoted, whatever characters it has", () => {
    const { diagnostics } = parseDocument(new TextEncoder().encode("a: *x\u0085\n"), { file: "a.yaml" });
    const name = "x\\x85";
    expect(diagnostics[0]?.message).toBe(`This is not YAML: no anchor "&${name}" stands before the alias "*${name}".`);
  });

  test("an alias is the last anchor of its name before it", () => {
    expect(parse("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").value).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test.each([
    { text: "a: 9007199254740993", want: ["number-not-exact 1:1 /a"], value: 9007199254740992 },
    { text: "a: 9007199254740992", want: [], value: 9007199254740992 },
    { text: "a: .inf", want: ["number-not-finite 1:1 /a"], value: null },
    { text: "a: -.INF", want: ["number-not-finite 1:1 /a"], value: null },
    { text: "a: .nan", want: ["number-not-finite 1:1 /a"], value: null },
    { text: "a: 1e400", want: ["number-not-finite 1:1 /a"], value: null },
    { text: `a: ${"9".repeat(400)}`, want: ["number-not-finite 1:1 /a"], value: null },
    { text: 'a: "9007199254740993"', want: [], value: "9007199254740993" },
  ])("the number in $text", ({ text, want, value }) => {
    expect(parse(text)).toMatchObject({ findings: want, value: { a: value } });
  });

  test("tags of other programs are ignored with a warning, those of plain values obeyed", () => {
    const { value, findings } = parse("a: !secret x\nb: !!str 404\nc: !!binary aGk=\n");
    expect(value).toEqual({ a: "x", b: "404", c: "aGk=" });
    expect(findings).toEqual(["yaml-tag-ignored 1:4", "yaml-tag-ignored 3:4"]);
  });

  test("only the first of several documents is read, with a warning", () => {
    const { value, findings } = parse("a: 1\n---\na: 2\n---\na: 3\n");
    expect(value).toEqual({ a: 1 });
    expect(findings).toEqual(["several-yaml-documents 2:1"]);
  });

  test("a file that is empty or only comments is null", () => {
    expect(parse("").value).toBeNull();
    expect(parse("# nothing\n").findings).toEqual([]);
  });

  test("a closing bracket at the beginning of a line and long keys are taken", () => {
    const key = "k".repeat(2000);
    expect(parse(`a: {\n  b: 1\n}\n${key}: 1\n`)).toMatchObject({ findings: [], value: { a: { b: 1 }, [key]: 1 } });
  });

  test("every JSON value reads the same as YAML in flow style", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 3 })), (record) => {
        const text = stableStringify(record as never, { indent: 2 });
        // A comment makes it YAML, so that the YAML reader is at work.
        const { document, findings } = parse(`# yaml\n${text}`);
        expect(document?.kind).toBe("yaml");
        expect(findings).toEqual([]);
        expect(document?.value).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe("hostile documents end quickly in a diagnostic", () => {
  const letters = "abcdefghij".split("");
  const laughs = letters.map((name, index) => {
    const alias = index === 0 ? "x" : `*${letters[index - 1]}`;
    return `${name}: &${name} [${Array(9).fill(alias).join(",")}]`;
  });
  const mergeLaughs = Array.from({ length: 5000 }, (_, index) =>
    index === 0 ? "m0: &m0 {k: 1}" : `m${index}: &m${index} {<<: *m${index - 1}, k${index}: 1}`,
  );
  const indented = Array.from({ length: 1500 }, (_, level) => `${" ".repeat(level)}a:`);
  const levels = 10_000;

  test.each([
    { why: "a billion laughs", text: laughs.join("\n"), want: "yaml-aliases-too-large" },
    { why: "merge keys that grow", text: mergeLaughs.join("\n"), want: "yaml-aliases-too-large" },
    { why: "an alias within its anchor", text: "a: &a [*a]", want: "yaml-alias-cycle" },
    { why: "a merge of the map itself", text: "a: &a\n  <<: *a", want: "yaml-alias-cycle" },
    { why: "deep YAML in flow style", text: `a: ${"[".repeat(levels)}${"]".repeat(levels)}`, want: "nested-too-deep" },
    { why: "deep YAML in flow style, unclosed", text: `a: ${"{a: ".repeat(levels)}`, want: "nested-too-deep" },
    { why: "deep YAML in one line", text: `${"- ".repeat(levels)}x`, want: "nested-too-deep" },
    { why: "deep keys", text: `${"? ".repeat(levels)}x`, want: "nested-too-deep" },
    { why: "deep YAML in lines", text: indented.join("\n"), want: "nested-too-deep" },
    { why: "deep JSON", text: `${"[".repeat(levels)}${"]".repeat(levels)}`, want: "nested-too-deep", file: "a.json" },
    { why: "deep JSON objects", text: `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`, want: "nested-too-deep" },
    { why: "deep JSON, unclosed", text: "[".repeat(1_000_000), want: "nested-too-deep", file: "a.json" },
    { why: "deep JSON behind a broken string", text: `"\n${"[".repeat(levels)}`, want: "broken-json", file: "a.json" },
    { why: "a million errors", text: "}".repeat(1_000_000), want: "broken-json", file: "a.json" },
    {
      why: "aliases that add up to depth",
      text: `a: &a ${"[".repeat(300)}${"]".repeat(300)}\nb: ${"[".repeat(300)}*a${"]".repeat(300)}`,
      want: "nested-too-deep",
    },
  ])("$why", ({ text, want, file }) => {
    const start = performance.now();
    const { document, diagnostics } = parse(text, file);
    expect(diagnostics.map(({ code }) => code)).toEqual([want]);
    expect(document).toBeNull();
    expect(performance.now() - start).toBeLessThan(HOSTILE_MILLISECONDS_MAX);
  });

  test("the depth that is allowed can be read, by a caller that has used some of the stack", () => {
    const brackets = (count: number) => `${"[".repeat(count)}${"]".repeat(count)}`;
    for (const file of ["a.json", "a.yaml"]) {
      const text = file === "a.json" ? brackets(limits.depthMax) : `# yaml\n${brackets(limits.depthMax)}`;
      expect(parse(text, file)).toMatchObject({ diagnostics: [], document: { kind: file.slice(2) } });
    }
  });

  test("many duplicate keys are listed up to a limit", () => {
    expect(parse("a: 1\n".repeat(5000)).diagnostics).toHaveLength(limits.findingsMax);
    expect(parse(`{${'"a":1,'.repeat(5000)}"a":1}`).diagnostics).toHaveLength(limits.findingsMax);
  });

  test.runIf(IS_THOROUGH)("very many values", () => {
    const json = `[${"1,".repeat(limits.jsonValuesMax + 1)}1]`;
    expect(parse(json, "a.json").diagnostics[0]?.code).toBe("too-many-values");
    const yaml = `a:\n${"\n".repeat(limits.yamlTokensMax)}`;
    expect(parse(yaml).diagnostics[0]?.code).toBe("too-many-values");
  });

  test("a YAML text beyond its limit is not parsed", () => {
    expect(parse(new Uint8Array(limits.yamlBytesMax + 1).fill(0x61)).findings).toEqual(["file-too-large 1:1"]);
  });
});

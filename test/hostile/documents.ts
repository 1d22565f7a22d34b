import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Files, openapi } from "./helpers.ts";

export interface HostileDocument {
  readonly why: string;
  /** Made when its test runs, since some are large. */
  readonly files: () => Files;
  /** Links and other things that are no files with text. */
  readonly prepare?: (folder: string, outside: string) => void;
  /** Default: the only file. */
  readonly entry?: string;
  readonly options?: readonly string[];
  /** Of `list`: its exit status and the codes of what it finds, in alphabetical order. */
  readonly status: 0 | 2;
  readonly codes: readonly string[];
  /** What `generate` would do is what it does for others of its kind. */
  readonly listOnly?: boolean;
  /** Of `generate`, where it differs. */
  readonly generated?: { readonly status: 0 | 1 | 2; readonly codes: readonly string[] };
}

const LEVELS = 10_000;
const MEBIBYTE = 1024 * 1024;
const yaml = (text: string): Files => ({ "openapi.yaml": text });
const json = (value: unknown): Files => ({ "openapi.json": value });
const nested = (open: string, close: string, inner = "1") => open.repeat(LEVELS) + inner + close.repeat(LEVELS);
const HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";

function laughs(): string {
  const letters = "abcdefghij".split("");
  return letters
    .map(
      (name, index) =>
        `${name}: &${name} [${Array(9)
          .fill(index === 0 ? "lol" : `*${letters[index - 1]}`)
          .join(", ")}]`,
    )
    .join("\n");
}

/** So many schemas, each of which refers to the next one twice. */
function doubling(make: (next: object) => unknown): Files {
  const schemas = Object.fromEntries(
    Array.from({ length: 41 }, (_, index) => [
      `S${index}`,
      index === 40 ? { type: "string" } : make({ $ref: `#/components/schemas/S${index + 1}` }),
    ]),
  );
  return json(openapi({ $ref: "#/components/schemas/S0" }, { components: { schemas } }));
}

/** A document whose payload is one reference. */
const referring = (ref: string, more: Files = {}): Files => ({ ...json(openapi({ $ref: ref })), ...more });

function reference(why: string, ref: string, code: string, more: Partial<HostileDocument> = {}): HostileDocument {
  return {
    why: `${why}: ${JSON.stringify(ref)}`,
    files: () => referring(ref),
    status: 0,
    codes: [code],
    listOnly: true,
    ...more,
  };
}

const documents: readonly HostileDocument[] = [
  // Text that is more than it seems
  { why: "a billion laughs", files: () => yaml(HEAD + laughs()), status: 2, codes: ["yaml-aliases-too-large"] },
  {
    why: "a billion laughs by merge keys",
    files: () =>
      yaml(
        `${HEAD}x-m0: &m0 {k: 1}\n${Array.from({ length: 5000 }, (_, index) => `x-m${index + 1}: &m${index + 1} {<<: *m${index}, k${index}: 1}\n`).join("")}`,
      ),
    status: 2,
    codes: ["yaml-aliases-too-large"],
  },
  {
    why: "an alias within its anchor",
    files: () => yaml(`${HEAD}x-a: &a [*a]`),
    status: 2,
    codes: ["yaml-alias-cycle"],
  },
  { why: "JSON 10,000 deep", files: () => json(nested("[", "]")), status: 2, codes: ["nested-too-deep"] },
  {
    why: "JSON objects 10,000 deep",
    files: () => json(`{"openapi":"3.1.0","x-a":${nested('{"a":', "}")}}`),
    status: 2,
    codes: ["nested-too-deep"],
  },
  {
    why: "YAML in flow style 10,000 deep",
    files: () => yaml(`${HEAD}x-a: ${nested("[", "]")}`),
    status: 2,
    codes: ["nested-too-deep"],
  },
  {
    why: "YAML in block style 10,000 deep",
    // Each level is a column further right: fifty megabytes.
    files: () => yaml(HEAD + Array.from({ length: LEVELS }, (_, level) => `${" ".repeat(level)}x-a:\n`).join("")),
    status: 2,
    codes: ["file-too-large"],
  },
  {
    why: "YAML lists 10,000 deep in one line",
    files: () => yaml(`${HEAD}x-a:\n  ${"- ".repeat(LEVELS)}1`),
    status: 2,
    codes: ["nested-too-deep"],
  },
  {
    why: "JSON of 50 MB in one text",
    files: () => json({ ...openapi({ type: "object" }), "x-text": "x".repeat(50 * MEBIBYTE) }),
    status: 0,
    codes: [],
  },
  {
    why: "JSON of 50 MB in small values",
    files: () => json({ ...openapi({ type: "object" }), "x-values": Array.from({ length: 6_000_000 }, () => 1234567) }),
    status: 2,
    codes: ["too-many-values"],
  },
  {
    why: "YAML of 50 MB in one text",
    files: () => yaml(`${HEAD}x-text: ${"x".repeat(50 * MEBIBYTE)}\n`),
    status: 2,
    codes: ["file-too-large"],
  },
  {
    why: "YAML of 50 MB in lines",
    files: () => yaml(HEAD + "x-value: 1234567890\n".repeat(2.5 * MEBIBYTE)),
    status: 2,
    codes: ["file-too-large"],
  },
  {
    why: "YAML of 16 MB in many small values",
    files: () => yaml(`${HEAD}x-values:\n${"- 1\n".repeat(3.9 * MEBIBYTE)}`),
    status: 2,
    codes: ["too-many-values"],
  },
  {
    why: "a document of 100 MB",
    files: () => json(" ".repeat(100 * MEBIBYTE)),
    status: 2,
    codes: ["file-too-large"],
  },
  {
    why: "a document that never ends",
    files: () => ({}),
    prepare: (folder) => symlinkSync("/dev/zero", join(folder, "openapi.yaml")),
    entry: "openapi.yaml",
    status: 2,
    codes: ["file-not-readable"],
  },
  {
    why: "bytes that are no text",
    files: () => ({}),
    prepare: writeBytes,
    entry: "openapi.yaml",
    status: 2,
    codes: ["not-utf-8"],
  },

  // References that multiply or lead round
  ...Object.entries({
    "by allOf": (next: object) => ({ allOf: [next, next] }),
    "by properties": (next: object) => ({ type: "object", properties: { a: next, b: next } }),
    "by oneOf": (next: object) => ({ oneOf: [next, { type: "array", items: next }] }),
    "by contentSchema": (next: object) => ({
      type: "object",
      properties: Object.fromEntries(
        ["a", "b"].map((name) => [name, { type: "string", contentMediaType: "application/json", contentSchema: next }]),
      ),
    }),
    "with a constant at the end of each way": (next: object) => ({
      oneOf: [next, { allOf: [next, { properties: { type: { const: "x" } } }] }],
    }),
  }).map(
    ([why, make]): HostileDocument => ({
      why: `2^40 expansion ${why}`,
      files: () => doubling(make),
      status: 0,
      codes: [],
    }),
  ),
  {
    why: "references that lead round: ref to ref to ref",
    files: () =>
      json(
        openapi(
          { $ref: "#/components/schemas/A" },
          {
            components: {
              schemas: {
                A: { $ref: "#/components/schemas/B" },
                B: { $ref: "#/components/schemas/C" },
                C: { $ref: "#/components/schemas/A" },
              },
            },
          },
        ),
      ),
    status: 0,
    codes: ["reference-cycle", "schema-cycle"],
  },
  {
    why: "a reference to itself",
    files: () => json(openapi({ $ref: "#/webhooks/paid/post/requestBody/content/application~1json/schema" })),
    status: 0,
    codes: ["reference-cycle"],
  },
  {
    why: "path items that refer to each other",
    files: () =>
      json({
        openapi: "3.1.0",
        info: { title: "T", version: "1" },
        webhooks: { a: { $ref: "#/webhooks/b" }, b: { $ref: "#/webhooks/a" } },
      }),
    status: 0,
    codes: ["no-webhooks", "reference-cycle"],
  },
  {
    why: "files that refer to each other",
    files: () => ({
      ...referring("a.yaml"),
      "a.yaml": "$ref: b.yaml",
      "b.yaml": "$ref: a.yaml",
    }),
    entry: "openapi.json",
    status: 0,
    codes: ["reference-cycle", "schema-cycle"],
  },
  {
    why: "files that hold each other in properties, which is fine",
    files: () => ({
      ...referring("a.yaml"),
      "a.yaml": "type: object\nproperties: {b: {$ref: b.yaml}}",
      "b.yaml": "type: object\nproperties: {a: {$ref: a.yaml}}",
    }),
    entry: "openapi.json",
    status: 0,
    codes: [],
  },
  {
    why: "a schema that holds itself at the same place",
    files: () =>
      json(
        openapi(
          { $ref: "#/components/schemas/A" },
          { components: { schemas: { A: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object" }] } } } },
        ),
      ),
    status: 0,
    codes: ["schema-cycle"],
  },
  {
    why: "a chain of 2,000 files",
    files: () => ({
      ...referring("p/0.yaml"),
      ...Object.fromEntries(
        Array.from({ length: 2000 }, (_, index) => [
          `p/${index}.yaml`,
          `properties: {a: {properties: {b: {properties: {c: {$ref: ${index + 1}.yaml}}}}}}`,
        ]),
      ),
    }),
    entry: "openapi.json",
    status: 0,
    codes: ["too-many-documents"],
    // Three thousand levels of properties: no compiler of types follows them.
    generated: { status: 2, codes: [] },
  },
  {
    why: "a chain of 5,000 schemas",
    files: () => {
      const schemas = Object.fromEntries(
        Array.from({ length: 5000 }, (_, index) => [
          `S${index}`,
          index === 4999 ? { type: "object" } : { $ref: `#/components/schemas/S${index + 1}` },
        ]),
      );
      return json(openapi({ $ref: "#/components/schemas/S0" }, { components: { schemas } }));
    },
    status: 0,
    codes: [],
  },
  {
    why: "a chain of 5,000 schemas, each a property of the other",
    files: () => {
      const schemas = Object.fromEntries(
        Array.from({ length: 5000 }, (_, index) => [
          `S${index}`,
          { type: "object", properties: { a: { $ref: `#/components/schemas/S${(index + 1) % 5000}` }, b: {}, c: {} } },
        ]),
      );
      return json(openapi({ $ref: "#/components/schemas/S0" }, { components: { schemas } }));
    },
    status: 0,
    codes: [],
    // A sentence, and status 2.
    generated: { status: 2, codes: [] },
  },

  // References that lead where they may not
  reference("a file: reference", "file:///etc/passwd", "reference-scheme-unsupported"),
  reference("a file: reference in capitals", "FILE:/etc/passwd", "reference-scheme-unsupported"),
  reference("a data: reference", "data:application/json,{}", "reference-scheme-unsupported"),
  reference("a javascript: reference", "javascript:process.exit(3)", "reference-scheme-unsupported"),
  reference("an https: reference", "https://vendor.example.com/a.json", "reference-not-allowed"),
  reference("an http: reference", "http://127.0.0.1:9/a.json", "reference-not-allowed"),
  reference("a reference to the machine's metadata", "http://169.254.169.254/latest", "reference-not-allowed"),
  reference("a UNC reference", "\\\\server\\share\\a.json", "reference-scheme-unsupported"),
  reference("a reference without scheme", "//server/share/a.json", "reference-scheme-unsupported"),
  reference("a Windows drive", "C:\\secret.json", "reference-scheme-unsupported"),
  reference("an absolute path", "/etc/passwd", "reference-outside-root", { listOnly: false }),
  reference("a path beyond the root", "../secret.json", "reference-outside-root"),
  reference("a path far beyond the root", `${"../".repeat(50)}etc/passwd`, "reference-outside-root"),
  reference("a path that goes in and out", "a/../../secret.json", "reference-outside-root"),
  reference("a path beyond the root, percent-encoded", "%2e%2e/secret.json", "reference-outside-root"),
  reference("the same with its slash", "%2e%2e%2fsecret.json", "reference-outside-root"),
  reference("a NUL byte in a path", "a\u0000.json", "file-not-found"),
  reference("a NUL byte, percent-encoded", "a%00.json", "file-not-found"),
  reference("a very long path", `${"a/".repeat(50_000)}b.json`, "file-not-found"),
  reference("a folder", ".", "file-is-folder"),
  {
    why: "a symbolic link to a file beyond the root",
    files: () => referring("link.json"),
    prepare: (folder, outside) => {
      writeFileSync(join(outside, "secret.json"), '{"title":"SECRET"}');
      symlinkSync(join(outside, "secret.json"), join(folder, "link.json"));
    },
    status: 0,
    codes: ["reference-outside-root"],
  },
  {
    why: "a symbolic link to a folder beyond the root",
    files: () => referring("link/secret.json"),
    prepare: (folder, outside) => {
      writeFileSync(join(outside, "secret.json"), '{"title":"SECRET"}');
      symlinkSync("..", join(folder, "link"));
    },
    status: 0,
    codes: ["reference-outside-root"],
  },
  {
    why: "a symbolic link to itself",
    files: () => referring("link.json"),
    prepare: (folder) => symlinkSync("link.json", join(folder, "link.json")),
    status: 0,
    codes: ["file-not-readable"],
  },
  {
    why: "a reference to a file that never ends",
    files: () => referring("endless.json"),
    prepare: (folder) => symlinkSync("/dev/zero", join(folder, "endless.json")),
    options: ["--root", "/"],
    status: 0,
    codes: ["file-not-readable"],
  },
  reference("a pointer into prototypes", "#/__proto__", "reference-not-found"),
  reference("a pointer to a constructor", "#/constructor/prototype", "reference-not-found"),
  reference("a pointer into a list's prototype", "#/webhooks/paid/post/tags/length", "reference-not-found"),
  reference("a pointer into a text", "#/info/title/length", "reference-not-found"),
  reference("a pointer with a broken escape", "#/components/%zz", "reference-not-found"),

  // Schemas that cannot be
  {
    why: "regular expressions that are none, need the flag u, or backtrack",
    files: () =>
      json(
        openapi({
          type: "object",
          properties: {
            broken: { type: "string", pattern: "(" },
            unicode: { type: "string", pattern: "^\\p{L}+$" },
            astral: { type: "string", pattern: "^[\u{1f600}-\u{1f64f}]$" },
            needless: { type: "string", pattern: "^\\-\\_$" },
            exponential: { type: "string", pattern: "^(a+)+$" },
            quadratic: { type: "string", pattern: "^\\s+|\\s+$" },
            impossible: { type: "string", pattern: "^(.*)\\1+(.*)\\2$" },
            names: { patternProperties: { "(a*)*b": {}, "[": {} } },
          },
        }),
      ),
    status: 0,
    codes: [],
    generated: { status: 0, codes: ["keyword-not-usable", "openapi-violation"] },
  },
  {
    why: "10,000 expressions to judge",
    files: () =>
      json(
        openapi({
          type: "object",
          properties: Object.fromEntries(
            Array.from({ length: 10_000 }, (_, index) => [
              `p${index}`,
              { type: "string", pattern: `^(?:a|b${index}|\\w)*c?d*[x-z]*${index}$` },
            ]),
          ),
        }),
      ),
    status: 0,
    codes: [],
  },
];

function writeBytes(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "openapi.yaml"),
    Uint8Array.from({ length: 4096 }, (_, index) => (index * 151 + 128) & 255),
  );
}

export default documents;

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { hookbook, workplace } from "./helpers.ts";

/** Texts that try to become code, comments, markup, commands to a terminal, or text that reads otherwise than it is. */
const EVIL = [
  "*/ globalThis.pwned = 1; /*",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template would run
  "`${globalThis.pwned = 1}`",
  "</script><script>globalThis.pwned = 1</script>",
  "'; globalThis.pwned = 1; '",
  '"; globalThis.pwned = 1; "',
  '\\"; globalThis.pwned = 1; //',
  "line\nglobalThis.pwned = 1",
  "line\r\nglobalThis.pwned = 1",
  "line\u2028globalThis.pwned = 1",
  "line\u2029globalThis.pwned = 1",
  "\u001b]0;owned\u0007\u001b[2J\u001b[31mred",
  "\u009b31mred\u009d0;owned\u009c",
  "user\u202egnp.exe\u2066x\u2069\u200f",
  "zero\u200bwidth\ufeff\u00ad",
  "half\ud83d",
  "\u0000nul\u007fdel\b\b\b",
  "::error file=a::owned",
  "%0A::warning::owned",
  "<!-- --><![CDATA[]]>&amp;",
  "//# sourceMappingURL=http://evil.example.com/a.map",
  "__proto__",
  "constructor",
] as const;

/** Every place of a document that takes a text, each with the same one. */
function documentOf(text: string): object {
  const schema = {
    type: "object",
    title: text,
    description: text,
    $comment: text,
    required: ["type", text, "other"],
    properties: {
      type: { const: text },
      [text]: { type: "string", description: text, format: text, pattern: text, default: text, examples: [text] },
      choice: { enum: [text, `${text}2`], description: text },
      open: { type: "string", "x-open-enum": true, enum: [text] },
      inner: { type: "string", contentMediaType: "application/json", contentSchema: { title: text, const: text } },
    },
    patternProperties: { [text]: {} },
    dependentRequired: { [text]: [text] },
    discriminator: { propertyName: text, mapping: { [text]: text } },
    [`x-${text}`]: text,
    [text]: text,
  };
  return {
    openapi: "3.1.0",
    info: { title: text, version: text, description: text, summary: text },
    tags: [{ name: text, description: text }],
    webhooks: {
      [text]: {
        summary: text,
        post: {
          operationId: text,
          summary: text,
          description: text,
          tags: [text],
          externalDocs: { url: text, description: text },
          parameters: [{ in: "header", name: text, description: text, schema: { const: text } }],
          security: [{ [text]: [text] }],
          requestBody: {
            description: text,
            content: {
              "application/json": { schema, examples: { [text]: { summary: text, value: { type: text, [text]: 1 } } } },
            },
          },
          responses: { 200: { description: text }, [text]: { description: text } },
        },
      },
      named: {
        post: {
          "x-webhook-name": text,
          requestBody: {
            content: {
              [text]: { schema: { $ref: text } },
              "application/json": { schema: { $ref: `#/components/schemas/${text}` } },
            },
          },
        },
      },
    },
    components: {
      schemas: { [text]: { type: "object", description: text, properties: { b: { $ref: `#/${text}` } } } },
      securitySchemes: { [text]: { type: "apiKey", in: "header", name: text, description: text } },
    },
  };
}

/** As many documents as one process may take on. */
const BATCH = 6;

describe.each(Array.from({ length: Math.ceil(EVIL.length / BATCH) }, (_, index) => index * BATCH))(
  "from %i on",
  (from) => {
    test("they are printed as text, and generated as text", async () => {
      const texts = EVIL.slice(from, from + BATCH);
      const documents = Object.fromEntries(texts.map((text, index) => [`d${index}/openapi.json`, documentOf(text)]));
      const place = workplace(documents);
      const generated = await hookbook(place, ["generate", ...Object.keys(documents), "--out", "out"]);
      expect(generated.status).toBe(0);
      const out = join(place.folder, "out");
      const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      for (const entry of files) {
        const file = join(entry.parentPath, entry.name);
        expect(entry.name).toMatch(/^[A-Za-z0-9._-]+$/);
        const content = readFileSync(file, "utf8");
        if (!/\.(?:js|ts)$/.test(file)) JSON.parse(content);
        else expect(syntaxErrors(file, content), file).toEqual([]);
        // Whoever reads the file in a terminal or a review sees what is there.
        expect(content, file).not.toMatch(
          /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u,
        );
        if (file.endsWith(".js")) expect(content, file).not.toMatch(/<\/script|^\s*\/\/# sourceMappingURL/m);
      }
      for (const index of texts.keys()) {
        for (const file of ["index.js", "examples.js"]) {
          await import(/* @vite-ignore */ pathToFileURL(join(out, `d${index}`, file)).href);
        }
      }
      expect(globalThis).not.toHaveProperty("pwned");
    });
  },
);

describe("all of them at once", () => {
  const document = {
    ...documentOf("plain"),
    webhooks: Object.assign({}, ...EVIL.map((text) => (documentOf(text) as { webhooks: object }).webhooks)),
    components: {
      schemas: Object.assign(
        {},
        ...EVIL.map((text) => (documentOf(text) as { components: { schemas: object } }).components.schemas),
      ),
    },
  };

  test.each([
    ["list"],
    ["list", "--format", "json"],
    ["lint"],
    ["lint", "--format", "json"],
    ["lint", "--format", "sarif"],
    ["lint", "--format", "junit"],
    ["lint", "--format", "github"],
  ])("%s %s %s", async (command, ...options) => {
    const place = workplace({ "openapi.json": document });
    const { status, stdout } = await hookbook(place, [command, "openapi.json", ...options]);
    expect(status).toBe(command === "list" ? 0 : 1);
    if (options[1] === "json" || options[1] === "sarif") expect(JSON.stringify(JSON.parse(stdout))).toContain("zero");
    if (options[1] === "github") {
      // Each line is a command of ours, and none of the document's.
      for (const line of stdout.trimEnd().split("\n"))
        expect(line).toMatch(/^::(?:error|warning|notice) file=openapi\.json,line=/);
    }
  });

  test("payloads and their names", async () => {
    const place = workplace({ "openapi.json": document });
    const payload = JSON.stringify([...EVIL]);
    for (const options of [[], ["--format", "json"], ["--format", "junit"]]) {
      const { status } = await hookbook(place, ["validate", "openapi.json", "-", ...options], payload);
      expect(status).toBe(1);
    }
    const { status, stderr } = await hookbook(place, ["validate", "openapi.json", "a\u001b[31m\u202e.json"]);
    expect(status).toBe(2);
    expect(stderr).toContain("u001b");
  });
});

function syntaxErrors(file: string, content: string): readonly string[] {
  const parsed = ts.createSourceFile(file, content, ts.ScriptTarget.ESNext);
  const { parseDiagnostics } = parsed as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  return parseDiagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

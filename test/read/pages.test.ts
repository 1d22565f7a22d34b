import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { formatDiagnostic } from "../../src/diagnostics/index.ts";
import { createLocate, parseDocument } from "../../src/read/index.ts";

test.each([
  "broken-json",
  "broken-yaml",
  "duplicate-key",
  "number-not-exact",
  "number-not-finite",
  "several-yaml-documents",
  "yaml-tag-ignored",
  "yaml-alias-cycle",
  "yaml-aliases-too-large",
])("the page of %s shows what its example gives", (code) => {
  const page = readFileSync(new URL(`../../docs/diagnostics/${code}.md`, import.meta.url), "utf8");
  const text = /```(?:yaml|json)\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const shown = /```\n(specs[\s\S]*?)\n```/.exec(page)?.[1] ?? "";
  const file = shown.split(":")[0] ?? "";
  const { value, diagnostics } = parseDocument(new TextEncoder().encode(text), { file });
  const locate = createLocate(new Map(value === null ? [] : [[file, value]]));
  const [first] = diagnostics.filter((diagnostic) => diagnostic.code === code);
  expect(first && formatDiagnostic(first, { locate })).toBe(shown);
});

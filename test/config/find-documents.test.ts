import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findDocuments } from "../../src/config/index.ts";

function folderWith(...paths: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "hookbook-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "");
  }
  return folder;
}

test("without a configuration: what lies where documents usually lie, sorted", () => {
  const cwd = folderWith(
    "specs/b/openapi.yaml",
    "specs/a/asyncapi.json",
    "specs/c/openapi.yml",
    "specs/d.yaml",
    "specs/e.json",
    "specs/a/parts.yaml",
    "specs/a/deeper/openapi.yaml",
    "specs/notes.md",
    "specs/.cache/openapi.yaml",
    "specs/.hidden.yaml",
    "specs/folder.yaml/x",
    "openapi.yaml",
  );
  const wanted = [
    "specs/a/asyncapi.json",
    "specs/b/openapi.yaml",
    "specs/c/openapi.yml",
    "specs/d.yaml",
    "specs/e.json",
  ];
  expect(findDocuments(cwd, null)).toEqual({ value: wanted, diagnostics: [] });
  expect(findDocuments(cwd, { out: "x" })).toEqual({ value: wanted, diagnostics: [] });
});

test("without a configuration and without documents: nothing, and no diagnostic", () => {
  expect(findDocuments(folderWith(), null)).toEqual({ value: [], diagnostics: [] });
});

test("paths and patterns, each document once", () => {
  const cwd = folderWith(
    "z.yaml",
    "specs/b/openapi.yaml",
    "specs/a/openapi.yaml",
    "specs/a/parts.yaml",
    "deep/er/asyncapi.yml",
    "deep/node_modules/x/asyncapi.yml",
  );
  const documents = [
    "./z.yaml",
    "specs/*/openapi.yaml",
    "specs/a/openapi.yaml",
    join(cwd, "z.yaml"),
    "**/asyncapi.{yaml,yml}",
  ];
  expect(findDocuments(cwd, { documents })).toEqual({
    value: ["deep/er/asyncapi.yml", "specs/a/openapi.yaml", "specs/b/openapi.yaml", "z.yaml"],
    diagnostics: [],
  });
});

test("a name that looks like a pattern is a name where there is such a file", () => {
  const cwd = folderWith("[a].yaml", "a.yaml");
  expect(findDocuments(cwd, { documents: ["[a].yaml"] }).value).toEqual(["[a].yaml"]);
});

test("what is not in the file system is left to the reader", () => {
  const documents = ["https://example.com/a?b=*", "HEAD~1:specs/a.yaml"];
  expect(findDocuments(folderWith(), { documents })).toEqual({
    value: ["HEAD~1:specs/a.yaml", "https://example.com/a?b=*"],
    diagnostics: [],
  });
});

test.each([
  ["specs/*/openapi.yaml", "documents-not-found"],
  ["specs/{a", "documents-not-found"],
  ["only-a-folder/*", "documents-not-found"],
  ["specs/missing.yaml", "file-not-found"],
  ["only-a-folder", "file-not-found"],
])("%s finds nothing and is an error, the others are found", (pattern, code) => {
  const cwd = folderWith("a.yaml", "only-a-folder/b/c");
  const { value, diagnostics } = findDocuments(cwd, { documents: [pattern, "a.yaml"] });
  expect(value).toEqual(["a.yaml"]);
  expect(diagnostics).toMatchObject([{ code, severity: "error", message: expect.stringContaining(pattern) }]);
});

import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Config, defineConfig, loadConfig } from "../../src/config/index.ts";

const COMPLETE: Config = {
  documents: ["specs/*/openapi.yaml"],
  out: "made",
  closed: "ignore",
  runtime: "import",
  root: ".",
  allowRemote: ["schemas.example.com", "localhost:8080", "[::1]:80"],
  role: "sender",
  rules: { "newer-version": "off", "example-invalid": "error" },
};

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "hookbook-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test("defineConfig returns what it is given", () => {
  expect(defineConfig(COMPLETE)).toBe(COMPLETE);
});

test("no configuration is fine; folders above are not looked into", async () => {
  const cwd = folderWith({ "hookbook.config.json": "{}" });
  mkdirSync(join(cwd, "sub"));
  expect(await loadConfig(join(cwd, "sub"))).toEqual({ value: null, diagnostics: [], file: null });
});

describe("a complete configuration", () => {
  const literal = JSON.stringify(COMPLETE);
  test.each<[string, Record<string, string>, object]>([
    ["JSON", { "hookbook.config.json": literal }, {}],
    ["JSON with a byte-order mark", { "hookbook.config.json": `\ufeff${literal}` }, {}],
    ["a module", { "hookbook.config.mjs": `export default ${literal};` }, {}],
    [
      "TypeScript, run by Node",
      { "hookbook.config.ts": `const config: object = ${literal};\nexport default config;` },
      {},
    ],
    [
      "TypeScript, run through esbuild",
      { "hookbook.config.ts": `const config: object = ${literal};\nexport default config;` },
      { nativeTypeScript: false },
    ],
    [
      "TypeScript that Node does not take",
      { "hookbook.config.ts": `enum Role { Sender = "sender" }\nexport default { ...${literal}, role: Role.Sender };` },
      {},
    ],
    [
      "TypeScript that imports its neighbour, run through esbuild",
      {
        "hookbook.config.ts": `import { config } from "./neighbour.ts";\nexport default config;`,
        "neighbour.ts": `export const config: object = ${literal};`,
      },
      { nativeTypeScript: false },
    ],
    [
      "settings that are undefined",
      { "hookbook.config.mjs": `export default { ...${literal}, closed: undefined, closed: "ignore" };` },
      {},
    ],
  ])("as %s", async (_, files, options) => {
    const cwd = folderWith(files);
    const loaded = await loadConfig(cwd, options);
    expect(loaded).toEqual({ value: COMPLETE, diagnostics: [], file: Object.keys(files)[0] });
    expect(readdirSync(cwd).sort()).toEqual(Object.keys(files).sort());
  });
});

test("defineConfig works in the file itself", async () => {
  const address = pathToFileURL(join(import.meta.dirname, "../../src/config/define-config.ts")).href;
  const text = `import { defineConfig } from ${JSON.stringify(address)};\nexport default defineConfig({ out: "x" });`;
  expect((await loadConfig(folderWith({ "hookbook.config.ts": text }))).value).toEqual({ out: "x" });
});

test("a configuration that changed is read anew", async () => {
  const cwd = folderWith({ "hookbook.config.mjs": 'export default { out: "one" };' });
  expect((await loadConfig(cwd)).value).toEqual({ out: "one" });
  writeFileSync(join(cwd, "hookbook.config.mjs"), 'export default { out: "two" };');
  utimesSync(join(cwd, "hookbook.config.mjs"), new Date(), new Date(Date.now() + 5000));
  expect((await loadConfig(cwd)).value).toEqual({ out: "two" });
});

test("more than one is an error that names them all", async () => {
  const { value, diagnostics } = await loadConfig(
    folderWith({ "hookbook.config.json": "{}", "hookbook.config.ts": "export default {}" }),
  );
  expect(value).toBeNull();
  expect(diagnostics).toMatchObject([
    {
      code: "config-several-files",
      message: expect.stringMatching(/"hookbook\.config\.ts", "hookbook\.config\.json"/),
    },
  ]);
});

describe("faults are placed in JSON", () => {
  test.each<[string, object]>([
    ['{\n  "outt": "x"\n}', { code: "config-unknown-key", hint: 'did you mean "out"?', pointer: "/outt", at: [2, 3] }],
    [
      '{"documnets": []}',
      { code: "config-unknown-key", hint: 'did you mean "documents"?', pointer: "/documnets", at: [1, 2] },
    ],
    [
      '{"$schema": ""}',
      {
        code: "config-unknown-key",
        hint: expect.stringMatching(/^there are documents, out, /),
        pointer: "/$schema",
        at: [1, 2],
      },
    ],
    [
      '{"constructor": {}}',
      { code: "config-unknown-key", hint: expect.anything(), pointer: "/constructor", at: [1, 2] },
    ],
    [
      '{\n "documents":\n  ["a",\n   7]}',
      {
        code: "config-wrong-type",
        pointer: "/documents/1",
        at: [4, 4],
        message: '"documents.1" must be a text that is not empty, not 7.',
      },
    ],
    [
      '{"documents": "a"}',
      {
        code: "config-wrong-type",
        pointer: "/documents",
        at: [1, 2],
        message: '"documents" must be a list of paths and patterns, not "a".',
      },
    ],
    [
      '{"out": ""}',
      {
        code: "config-wrong-type",
        pointer: "/out",
        at: [1, 2],
        message: '"out" must be the path of a folder, not "".',
      },
    ],
    [
      '{"closed": true}',
      { code: "config-wrong-type", pointer: "/closed", at: [1, 2], message: '"closed" must be "ignore", not true.' },
    ],
    [
      '{"runtime": null}',
      { code: "config-wrong-type", pointer: "/runtime", at: [1, 2], message: '"runtime" must be "import", not null.' },
    ],
    [
      '{"role": "both"}',
      {
        code: "config-wrong-type",
        pointer: "/role",
        at: [1, 2],
        message: '"role" must be "sender" or "receiver", not "both".',
      },
    ],
    [
      '{"root": []}',
      {
        code: "config-wrong-type",
        pointer: "/root",
        at: [1, 2],
        message: '"root" must be the path of a folder, not a list.',
      },
    ],
    ['{"allowRemote": ["https://x.example/"]}', { code: "config-wrong-type", pointer: "/allowRemote/0", at: [1, 18] }],
    [
      '{"rules": {"a/b": "loud"}}',
      {
        code: "config-wrong-type",
        pointer: "/rules/a~1b",
        at: [1, 12],
        message: '"rules.a/b" must be "error", "warning", "info" or "off", not "loud".',
      },
    ],
    [
      '{"rules": {"toString": "off", "x": "constructor"}}',
      { code: "config-wrong-type", pointer: "/rules/x", at: [1, 31] },
    ],
    ['{"rules": []}', { code: "config-wrong-type", pointer: "/rules", at: [1, 2] }],
    [
      "[]",
      {
        code: "config-wrong-type",
        pointer: "",
        at: [1, 1],
        message: "The configuration must be an object, not a list.",
      },
    ],
    ['{\n  "out": "x",\n}', { code: "config-not-loaded", pointer: "", at: [3, 1] }],
    ['// comment\n{"out": "x"}', { code: "config-not-loaded", pointer: "", at: [1, 1] }],
    ["", { code: "config-not-loaded", pointer: "", at: [1, 1] }],
  ])("%j", async (text, wanted) => {
    const { pointer, at, ...rest } = wanted as { pointer: string; at: [number, number] };
    const { value, diagnostics } = await loadConfig(folderWith({ "hookbook.config.json": text }));
    expect(value).toBeNull();
    expect(diagnostics).toMatchObject([
      {
        severity: "error",
        location: { file: "hookbook.config.json", pointer },
        position: { line: at[0], column: at[1] },
        ...rest,
      },
    ]);
  });

  test("all of them at once", async () => {
    const { diagnostics } = await loadConfig(
      folderWith({ "hookbook.config.json": '{"outt": 1, "role": 2, "documents": [1, 2]}' }),
    );
    expect(diagnostics).toHaveLength(4);
  });
});

describe("a program that is not right is one diagnostic without a stack trace", () => {
  test.each<[string, string, object, string, object | undefined]>([
    [
      "hookbook.config.mjs",
      'const a = 1;\nthrow new Error("no such luck.\\nsecond line");',
      {},
      "no such luck",
      { line: 2, column: 7 },
    ],
    ["hookbook.config.mjs", "throw 7;", {}, "it threw number", undefined],
    ["hookbook.config.mjs", "throw null;", {}, "it threw object", undefined],
    ["hookbook.config.mjs", "throw new Error();", {}, "it threw an error without a message", undefined],
    ["hookbook.config.mjs", "export default {", {}, "", undefined],
    ["hookbook.config.mjs", "export const config = {};", {}, "it has no default export", undefined],
    ["hookbook.config.mjs", 'import "./missing.mjs"; export default {};', {}, "Cannot find module", undefined],
    ["hookbook.config.ts", "export default {", {}, "", undefined],
    [
      "hookbook.config.ts",
      "const a = 1;\nexport default {",
      { nativeTypeScript: false },
      "Expected",
      { line: 2, column: 17 },
    ],
    ["hookbook.config.ts", 'throw new Error("thrown");', { nativeTypeScript: false }, "thrown", undefined],
  ])("%s: %s %j", async (file, text, options, reason, position) => {
    const cwd = folderWith({ [file]: text });
    const { value, diagnostics } = await loadConfig(cwd, options);
    expect(value).toBeNull();
    expect(diagnostics).toMatchObject([
      {
        code: "config-not-loaded",
        severity: "error",
        location: { file, pointer: "" },
        message: expect.stringContaining(reason),
      },
    ]);
    expect(diagnostics[0]?.message).not.toMatch(/\n| at .*:[0-9]+/);
    if (position !== undefined) expect(diagnostics[0]?.position).toEqual(position);
    expect(readdirSync(cwd)).toEqual([file]);
  });

  test("its wrong settings are placed at the file", async () => {
    const { diagnostics } = await loadConfig(
      folderWith({ "hookbook.config.mjs": "export default { rules: { a: 1 }, role: () => 1 };" }),
    );
    expect(diagnostics).toMatchObject([
      { location: { file: "hookbook.config.mjs", pointer: "/rules/a" }, position: { line: 1, column: 1 } },
      { location: { pointer: "/role" }, message: '"role" must be "sender" or "receiver", not a function.' },
    ]);
  });
});

import { describe, expect, test } from "vitest";
import { event, openapi, project, run } from "./helpers.ts";

const commands = ["generate", "list", "validate"];

describe("help and versions", () => {
  test.each(commands)("%s --help has an example and says what the options do", async (command) => {
    const { status, stdout, stderr } = await run(project(), [command, "--help"]);
    expect(status).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(new RegExp(`Example:\\n {2}\\$ hookbook ${command} `));
    expect(stdout).toContain("--root <dir>");
    expect(stdout).toContain("--allow-remote <host>");
    expect(stdout).toContain("--role <role>");
  });

  test("--help names every command and the exit statuses", async () => {
    const { status, stdout } = await run(project(), ["--help"]);
    expect(status).toBe(0);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, "m"));
    expect(stdout).toContain("0 clean, 1 findings, 2 could not do it");
  });

  test("--version prints it alone", async () => {
    expect(await run(project(), ["--version"])).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: "",
    });
  });
});

describe("wrong usage is status 2 and says what would be right", () => {
  const files = { "openapi.json": openapi({ a: event("a") }), "a.json": "{}" };

  test.each<{ args: readonly string[]; says: RegExp }>([
    { args: [], says: /Usage: hookbook/ },
    { args: ["generat"], says: /unknown command 'generat'[\s\S]*Did you mean generate\?/ },
    { args: ["list", "--fromat", "json"], says: /unknown option '--fromat'[\s\S]*Did you mean --format\?/ },
    { args: ["list", "--format", "xml"], says: /Allowed choices are text, json/ },
    { args: ["validate", "openapi.json", "a.json", "--format", "xml"], says: /Allowed choices are text, json, junit/ },
    { args: ["validate", "openapi.json", "a.json", "--as", "file"], says: /Allowed choices are body, delivery/ },
    { args: ["generate", "--closed", "open"], says: /Allowed choices are ignore/ },
    { args: ["list", "openapi.json", "--role", "both"], says: /Allowed choices are sender, receiver/ },
    { args: ["validate"], says: /missing required argument 'document'/ },
    { args: ["validate", "openapi.json"], says: /missing required argument 'payloads'/ },
    { args: ["generate", "openapi.json", "--check", "--watch"], says: /--check and --watch exclude each other/ },
    { args: ["generate", "--out"], says: /argument missing/ },
  ])("$args", async ({ args, says }) => {
    const { status, stdout, stderr } = await run(project(files), args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(says);
  });

  test.each(["list", "generate"])("%s without any document", async (command) => {
    const { status, stderr } = await run(project(), [command]);
    expect(status).toBe(2);
    expect(stderr).toBe("There is no document.\n  hint: name one, or put it under specs/\n");
  });
});

describe("documents that no contract can be built of are status 2", () => {
  test.each<{ why: string; files: Readonly<Record<string, unknown>>; path: string; says: RegExp }>([
    {
      why: "a missing file",
      files: { "orders.yaml": "" },
      path: "order.yaml",
      says: /order\.yaml:1:1 +error +file-not-found +There is no file/,
    },
    { why: "a folder", files: { "specs/x.yaml": "" }, path: "specs", says: /specs:1:1 +error +file-is-folder/ },
    {
      why: "broken YAML",
      files: { "a.yaml": "openapi: 3.1.0\ninfo:\n  title: [unclosed\n" },
      path: "a.yaml",
      says: /a\.yaml:\d+:\d+ +error +broken-yaml[\s\S]*\n.*\d+ .*\n[\s\S]*\^/,
    },
    {
      why: "broken JSON",
      files: { "a.json": '{\n  "openapi": "3.1.0",\n  "info": }\n' },
      path: "a.json",
      says: /a\.json:3:11 +error +broken-json[\s\S]*"info": \}[\s\S]*\^/,
    },
    { why: "nothing in it", files: { "a.yaml": "" }, path: "a.yaml", says: /a\.yaml:1:1 +error +not-a-description/ },
    {
      why: "something else",
      files: { "a.yaml": "title: a" },
      path: "a.yaml",
      says: /error +not-a-description[\s\S]*hint: such a document begins with/,
    },
    {
      why: "Swagger 2",
      files: { "a.yaml": "swagger: '2.0'" },
      path: "a.yaml",
      says: /a\.yaml:1:\d+ +error +unsupported-version[\s\S]*swagger2openapi/,
    },
    {
      why: "a version that is not known",
      files: { "a.yaml": "asyncapi: '9.0.0'" },
      path: "a.yaml",
      says: /error +unsupported-version/,
    },
    { why: "not UTF-8", files: { "a.yaml": "\u0000" }, path: "a.yaml", says: /error/ },
  ])("$why", async ({ files, path, says }) => {
    const folder = project(files);
    for (const args of [
      ["list", path],
      ["list", path, "--format", "json"],
      ["generate", path],
      ["validate", path, path],
    ]) {
      const { status, stdout, stderr } = await run(folder, args);
      expect(status).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toMatch(says);
      expect(stderr).not.toMatch(/ at .*\.[jt]s:\d+/);
    }
  });

  test("two documents with one id, naming both", async () => {
    const document = openapi({ a: event("a") });
    const folder = project({ "x/orders.json": document, "y/Orders.json": document });
    for (const command of ["list", "generate"]) {
      const { status, stdout, stderr } = await run(folder, [command, "x/orders.json", "y/Orders.json"]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(/contract-id-taken.*"x\/orders\.json" and "y\/Orders\.json"/);
    }
  });

  test.each(["runtime", "pacts", "docs", "Docs"])("the reserved id %s", async (id) => {
    const folder = project({ [`${id}/openapi.json`]: openapi({ a: event("a") }) });
    const { status, stderr } = await run(folder, ["list", `${id}/openapi.json`]);
    expect(status).toBe(2);
    expect(stderr).toContain("contract-id-reserved");
  });

  test("one of several that cannot be read stops them all, after all were tried", async () => {
    const folder = project({ "a.json": openapi({ a: event("a") }), "b.json": "{", "c.json": "[" });
    const { status, stdout, stderr } = await run(folder, ["list", "a.json", "b.json", "c.json", "--format", "json"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/b\.json:1:\d+ +error/);
    expect(stderr).toMatch(/c\.json:1:\d+ +error/);
  });
});

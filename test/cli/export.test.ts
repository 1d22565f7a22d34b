import { execFileSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { run } from "../contracts/cli.ts";

const DOCUMENT = `openapi: 3.1.1
info: { title: Orders, version: "1" }
webhooks:
  paid:
    post:
      description: Paid.
      security: [{ a: [], b: [] }]
      requestBody:
        content:
          application/json:
            schema: { $ref: 'parts.yaml#/Paid' }
components:
  securitySchemes:
    a: { type: http, scheme: basic }
    b: { type: apiKey, in: header, name: x-b }
`;
const PARTS = "Paid: { type: object, required: [event], properties: { event: { const: paid } } }\n";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hookbook-export-"));
  writeFileSync(join(folder, "orders.yaml"), DOCUMENT);
  writeFileSync(join(folder, "parts.yaml"), PARTS);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const exportTo = (...args: readonly string[]) => run(folder, ["export", "orders.yaml", ...args]);
const read = (file: string) => readFileSync(join(folder, file), "utf8");

describe("standard output", () => {
  test.each([
    ["asyncapi", { asyncapi: "3.0.0", info: { title: "Orders", version: "1" } }],
    ["openapi", { openapi: "3.1.1", info: { title: "Orders", version: "1" } }],
    ["json-schema", { $schema: "https://json-schema.org/draft/2020-12/schema", title: "Orders 1" }],
  ])("%s is JSON, and nothing else is there", async (to, wanted) => {
    const { status, stdout } = await exportTo("--to", to);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(wanted);
    expect(stdout.endsWith("}\n")).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["orders.yaml", "parts.yaml"]);
  });

  test("what is lost is a warning on standard error, with its place, and no failure", async () => {
    const { status, stderr } = await exportTo("--to", "asyncapi");
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /orders\.yaml:5:\d+ +warning +export-loses +"paid" loses, as AsyncAPI 3\.0, that "a" and "b" are needed together/,
    );
    expect((await exportTo("--to", "openapi")).stderr).toBe("");
  });
});

describe("--out", () => {
  test.each([
    ["a.yaml", "yaml"],
    ["a.YML", "yaml"],
    ["a.json", "json"],
    ["a.txt", "json"],
  ])("%s is written as %s", async (file, syntax) => {
    const { status, stdout, stderr } = await exportTo("--to", "openapi", "--out", file);
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toBe(`${file}: 1 webhook as OpenAPI 3.1\n`);
    expect(read(file).startsWith(syntax === "yaml" ? "openapi: 3.1.1\n" : '{\n  "openapi": "3.1.1"')).toBe(true);
    expect(syntax === "yaml" ? parse(read(file)) : JSON.parse(read(file))).toMatchObject({ info: { title: "Orders" } });
    expect(readdirSync(folder).sort()).toEqual([file, "orders.yaml", "parts.yaml"].sort());
  });

  test("what is written is a document again, of the same webhooks", async () => {
    await exportTo("--to", "asyncapi", "--out", "again.yaml");
    const [first, second] = await Promise.all(
      ["orders.yaml", "again.yaml"].map(async (file) =>
        JSON.parse((await run(folder, ["list", file, "--format", "json"])).stdout),
      ),
    );
    expect(second.format).toBe("asyncapi-3.0");
    const facts = (listed: { webhooks: { name: string; route: unknown; forms: unknown }[] }) =>
      listed.webhooks.map(({ name, route, forms }) => ({ name, route, forms }));
    expect(facts(second)).toEqual(facts(first));
    expect(second.omissions).toEqual([]);
  });

  test("a file that is there is replaced as a whole; the same again leaves it alone", async () => {
    writeFileSync(join(folder, "a.json"), "before");
    await exportTo("--to", "openapi", "--out", "a.json");
    const text = read("a.json");
    expect(text).not.toContain("before");
    const { mtimeMs, ino } = statSync(join(folder, "a.json"));
    const { stderr } = await exportTo("--to", "openapi", "--out", "a.json");
    expect(stderr).toBe("a.json: 1 webhook as OpenAPI 3.1, nothing has changed\n");
    expect(statSync(join(folder, "a.json"))).toMatchObject({ mtimeMs, ino });
  });

  test("a link is replaced, and what it leads to is not touched", async () => {
    writeFileSync(join(folder, "other.json"), "other");
    symlinkSync("other.json", join(folder, "link.json"));
    expect((await exportTo("--to", "openapi", "--out", "link.json")).status).toBe(0);
    expect(read("other.json")).toBe("other");
    expect(JSON.parse(read("link.json"))).toMatchObject({ openapi: "3.1.1" });
  });

  test.each([
    ["the document itself", "orders.yaml", () => {}],
    ["by another path", "./x/../orders.yaml", () => {}],
    ["what it refers to", "parts.yaml", () => {}],
    ["a symbolic link to it", "link.yaml", () => symlinkSync("orders.yaml", join(folder, "link.yaml"))],
    ["a hard link to it", "link.yaml", () => linkSync(join(folder, "orders.yaml"), join(folder, "link.yaml"))],
  ])("a source is not overwritten: %s", async (_, file, prepare) => {
    prepare();
    const before = readdirSync(folder);
    const { status, stdout, stderr } = await exportTo("--to", "openapi", "--out", file);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/is what the contract was read from; it is not overwritten\.\n {2}hint: /);
    expect(read("orders.yaml")).toBe(DOCUMENT);
    expect(read("parts.yaml")).toBe(PARTS);
    expect(readdirSync(folder)).toEqual(before);
  });

  test.each([
    ["a folder that is not there", "no/a.json", /^There is no folder for "no\/a\.json"\.\n {2}hint: /],
    ["a folder", "folder", /^"folder" is a folder\.\n {2}hint: /],
    ["a device", "/dev/null", /^"\/dev\/null" is no regular file\.\n {2}hint: /],
    ["below a file", "orders.yaml/a.json", /^There is no folder for/],
    [
      "a name that is too long",
      `${"x".repeat(300)}.json`,
      /cannot be written: its name is too long \(ENAMETOOLONG\)\.\n$/,
    ],
  ])("%s is status 2, and nothing is written", async (_, file, wanted) => {
    mkdirSync(join(folder, "folder"));
    const before = readdirSync(folder);
    const { status, stderr } = await exportTo("--to", "json-schema", "--out", file);
    expect(status).toBe(2);
    expect(stderr).toMatch(wanted);
    expect(readdirSync(folder)).toEqual(before);
  });

  test.skipIf(process.getuid?.() === 0)("a folder that may not be written is status 2", async () => {
    mkdirSync(join(folder, "closed"));
    chmodSync(join(folder, "closed"), 0o500);
    const { status, stderr } = await exportTo("--to", "openapi", "--out", "closed/a.json");
    expect(status).toBe(2);
    expect(stderr).toContain("cannot be written: permission denied (EACCES).");
  });

  test("a document of a git revision is no file, so that its own may be written", async () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: folder });
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "one");
    expect((await run(folder, ["export", "HEAD:orders.yaml", "--to", "openapi", "--out", "orders.yaml"])).status).toBe(
      0,
    );
    expect(read("orders.yaml")).not.toBe(DOCUMENT);
  });
});

describe("usage", () => {
  test("a wrong --to names the right ones", async () => {
    const { status, stdout, stderr } = await exportTo("--to", "raml");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /'--to <format>' argument 'raml' is invalid\. Allowed choices are asyncapi, openapi, json-schema\./,
    );
  });

  test("--to has to be there, and a document", async () => {
    expect(await exportTo()).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("--to <format>") });
    expect(await run(folder, ["export", "--to", "openapi"])).toMatchObject({ status: 2, stdout: "" });
  });

  test("--help has an example", async () => {
    const { status, stdout } = await run(folder, ["export", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("$ hookbook export specs/orders/openapi.yaml --to asyncapi --out orders.asyncapi.yaml");
  });

  test.each([
    ["a missing document", "nothing.yaml", "file-not-found"],
    ["no description", "parts.yaml", "not-a-description"],
  ])("%s is status 2, and the file that was there stays", async (_, file, code) => {
    writeFileSync(join(folder, "a.json"), "before");
    const { status, stdout, stderr } = await run(folder, ["export", file, "--to", "openapi", "--out", "a.json"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(code);
    expect(read("a.json")).toBe("before");
  });

  test("a document that can be read with violations is exported", async () => {
    writeFileSync(join(folder, "odd.yaml"), `${DOCUMENT}unknown: 1\n`);
    const { status, stdout } = await run(folder, ["export", "odd.yaml", "--to", "asyncapi"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ asyncapi: "3.0.0" });
  });
});

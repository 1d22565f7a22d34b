/**
 * What the command does with a template and a generator. The generator here is a fake: a module of that name that does what
 * the test wants to see handled. The real one is tried in `site/`, where it is installed.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { event, openapi, project, put, type Ran, run, tree } from "./helpers.ts";

/** Does what the template's `behaviour` parameter says, and tells the files it makes what it was given. */
const FAKE_GENERATOR = `
const fs = require("node:fs"), path = require("node:path");
module.exports = class Generator {
  constructor(template, out, options) { Object.assign(this, { template, out, options }); }
  async generate(text, parseOptions) {
    const { behaviour = "write" } = this.options.templateParams;
    fs.mkdirSync(path.join(this.out, "inner"), { recursive: true });
    const document = JSON.parse(text);
    fs.writeFileSync(path.join(this.out, "document.json"), text);
    if (behaviour === "refuse" || (behaviour === "refuse-written" && "x-written" in document)) {
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
      console.error("Diagnostic err: no good in path [] starting L1 C0, ending L1 C0");
      throw Object.assign(new Error("Input is not a correct AsyncAPI document so it cannot be processed."),
        { diagnostics: [{ severity: 0, message: "no good", path: ["channels", "a/b"], range }, { severity: 1, message: "advice", path: [] }] });
    }
    const compiled = path.join(this.template, "__transpiled");
    if (this.options.compile) { fs.mkdirSync(compiled); fs.writeFileSync(path.join(compiled, "code.js"), ""); }
    else if (!fs.existsSync(compiled)) throw new Error("nothing is compiled");
    if (behaviour === "throw") throw new TypeError("Cannot read \\u001b[31mit\\nDid you mean that?");
    if (behaviour === "throw-later") { setTimeout(() => { throw new Error("too late"); }); await new Promise(() => {}); }
    if (behaviour === "reject-text") throw "just text";
    if (behaviour === "exit") process.exit(3);
    if (behaviour === "nothing") return fs.rmSync(this.out, { recursive: true });
    if (behaviour === "print") {
      console.log("to standard output \\u001b[2J");
      console.error(new Error("a hook failed"));
    }
    fs.writeFileSync(path.join(this.out, "inner", "picture.png"), Buffer.from([0x89, 0x50, 0xff, 0x00]));
    fs.writeFileSync(path.join(this.out, "run.sh"), "", { mode: 0o755 });
    if (behaviour !== "less") fs.writeFileSync(path.join(this.out, "options.json"), JSON.stringify(
      { ...this.options, asks: Object.keys(parseOptions.resolve), folder: path.basename(this.out), read: parseOptions.resolve.file.read() }));
    setInterval(() => {}, 1000);
  }
};
`;

const GENERATOR = {
  "node_modules/@asyncapi/generator/package.json": { name: "@asyncapi/generator", version: "3.4.1", main: "main.js" },
  "node_modules/@asyncapi/generator/main.js": FAKE_GENERATOR,
};
const TEMPLATE = {
  "node_modules/@acme/template/package.json": {
    name: "@acme/template",
    version: "1.2.3",
    generator: { parameters: { behaviour: {}, title: {} } },
  },
  "node_modules/@acme/template/template/index.html.js": "",
  "node_modules/@acme/template/__transpiled/stale.js": "made on another machine",
};
const DOCUMENT = { "orders.json": openapi({ paid: event("paid"), lost: event("lost") }) };
const ASYNCAPI = {
  asyncapi: "3.0.0",
  info: { title: "Orders", version: "1" },
  "x-written": true,
  channels: {
    orders: {
      address: "/orders",
      messages: {
        paid: { payload: { $ref: "./parts.json#/Paid" }, examples: [{ payload: { $ref: "./secret.json" } }] },
      },
    },
  },
  operations: { paid: { action: "send", channel: { $ref: "#/channels/orders" } } },
};
const PARTS = { Paid: { type: "object", required: ["type"], properties: { type: { const: "paid" } } } };

const all = (more = {}) => project({ ...GENERATOR, ...TEMPLATE, ...DOCUMENT, ...more });
const template = (folder: string, ...args: readonly string[]): Promise<Ran> =>
  run(folder, ["template", "orders.json", "@acme/template", "--out", "made", ...args]);
const made = (folder: string) => JSON.parse(readFileSync(join(folder, "made/document.json"), "utf8"));

describe("what the generator is given", () => {
  test("the export of an OpenAPI document, the parameters, and nothing to install", async () => {
    const folder = all();
    const { status, stdout, stderr } = await template(folder, "--param", "title=a=b", "--param", "behaviour=");
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(stderr).toBe("made: @acme/template of orders, 4 written\n");
    expect(made(folder)).toMatchObject({ asyncapi: "3.0.0", info: { title: "Orders" } });
    expect(JSON.parse(readFileSync(join(folder, "made/options.json"), "utf8"))).toEqual({
      compile: true,
      forceWrite: true,
      install: false,
      templateParams: { title: "a=b", behaviour: "" },
      asks: ["file", "http", "https"],
      folder: "made",
      read: "{}",
    });
  });

  test("an AsyncAPI document as it is written, in one piece and without anything to fetch", async () => {
    const folder = all({ "orders.json": ASYNCAPI, "parts.json": PARTS, "secret.json": { password: "hunter2" } });
    expect((await template(folder)).status).toBe(0);
    const document = made(folder);
    expect(document["x-written"]).toBe(true);
    const text = JSON.stringify(document);
    expect([...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref]) => ref)).toEqual([
      "#/x-hookbook-bundled/0/Paid",
      "#/channels/orders",
    ]);
    expect(text).not.toContain("hunter2");
  });

  test("and nothing that it did not need", async () => {
    const folder = all({
      "orders.json": { ...ASYNCAPI, channels: { orders: { messages: { paid: { payload: PARTS.Paid } } } } },
    });
    expect((await template(folder)).status).toBe(0);
    expect(Object.keys(made(folder))).toEqual(["asyncapi", "info", "x-written", "channels", "operations"]);
  });

  test("what an export does not say is a warning", async () => {
    const folder = all();
    const document = openapi(
      { paid: event("paid") },
      {
        components: {
          securitySchemes: { a: { type: "http", scheme: "basic" }, b: { type: "apiKey", in: "header", name: "x-b" } },
        },
      },
    );
    const webhooks = (document as { webhooks: { paid: { post: object } } }).webhooks;
    Object.assign(webhooks.paid.post, { security: [{ a: [], b: [] }] });
    put(folder, { "orders.json": document });
    const { status, stderr } = await template(folder);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^orders\.json:1:\d+ +warning +export-loses .*needed together/);
  });
});

describe("what it makes", () => {
  test("goes to --out byte for byte, programs included, with a list of what is owned", async () => {
    const folder = all();
    await template(folder);
    expect(readdirSync(join(folder, "made"), { recursive: true }).sort()).toEqual([
      ".hookbook.json",
      "document.json",
      "inner",
      "inner/picture.png",
      "options.json",
      "run.sh",
    ]);
    expect([...readFileSync(join(folder, "made/inner/picture.png"))]).toEqual([0x89, 0x50, 0xff, 0x00]);
    expect(statSync(join(folder, "made/run.sh")).mode & 0o100).toBe(0o100);
    expect(statSync(join(folder, "made/document.json")).mode & 0o111).toBe(0);
  });

  test("the same again changes nothing; what is no longer made goes, and what is somebody else's stays", async () => {
    const folder = all();
    await template(folder, "--param", "behaviour=write");
    writeFileSync(join(folder, "made/notes.txt"), "mine");
    expect((await template(folder, "--param", "behaviour=less")).stderr).toBe(
      "made: @acme/template of orders, 3 unchanged, 1 removed\n",
    );
    expect(existsSync(join(folder, "made/options.json"))).toBe(false);
    expect(readFileSync(join(folder, "made/notes.txt"), "utf8")).toBe("mine");
  });

  test("overwrites nothing that was there before", async () => {
    const folder = all({ "made/document.json": "mine" });
    const before = tree(join(folder, "made"));
    const { status, stderr } = await template(folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^"document\.json" is there already and was not generated; it is not overwritten\.\n {2}hint: /,
    );
    expect(tree(join(folder, "made"))).toEqual(before);
  });

  test("is left alone by generate", async () => {
    const folder = all();
    await run(folder, ["template", "orders.json", "@acme/template", "--out", "generated/other"]);
    put(folder, { "specs/orders.json": DOCUMENT["orders.json"] });
    expect((await run(folder, ["generate"])).status).toBe(0);
    expect(existsSync(join(folder, "generated/other/document.json"))).toBe(true);
  });
});

describe("the template's own folder", () => {
  const cache = (folder: string) => join(folder, "node_modules/.cache/hookbook/templates");
  const compiledNow = (folder: string) => JSON.parse(readFileSync(join(folder, "made/options.json"), "utf8")).compile;

  test("is not written to; what was compiled is kept beside it and used until a file of it changes", async () => {
    const folder = all();
    const own = join(folder, "node_modules/@acme/template");
    const before = tree(own);
    await template(folder);
    expect(compiledNow(folder)).toBe(true);
    await template(folder);
    expect(compiledNow(folder)).toBe(false);
    expect(tree(own)).toEqual(before);
    expect(readdirSync(cache(folder))).toHaveLength(1);
    expect(Object.keys(tree(cache(folder))).join("\n")).not.toContain("stale.js");
    writeFileSync(join(own, "template/index.html.js"), "// changed");
    await template(folder);
    expect(compiledNow(folder)).toBe(true);
  });

  test("nothing is kept of a run that failed", async () => {
    const folder = all();
    await template(folder, "--param", "behaviour=throw");
    expect(readdirSync(cache(folder))).toEqual([]);
  });

  test("may be a folder of the project, with its settings in a file of its own", async () => {
    const folder = all({
      "mine/package.json": { name: "mine" },
      "mine/template/a.js": "",
      "mine/.ageneratorrc": "parameters:\n  title: { description: Title }\n",
    });
    for (const name of ["./mine", "mine"]) {
      const { status, stderr } = await run(folder, [
        "template",
        "orders.json",
        name,
        "--out",
        "made",
        "--param",
        "title=a",
      ]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/^made: mine of orders, /) });
    }
    expect(existsSync(join(folder, "mine/__transpiled"))).toBe(false);
  });
});

describe("what goes wrong is a sentence, and leaves what was made before whole", () => {
  test.each<{ behaviour: string; says: string }>([
    { behaviour: "throw", says: 'The template "@acme/template" failed: Cannot read \\x1b[31mit.\n  hint: ' },
    { behaviour: "throw-later", says: 'The template "@acme/template" failed: too late.\n  hint: ' },
    { behaviour: "reject-text", says: 'The template "@acme/template" failed: just text.\n  hint: ' },
    {
      behaviour: "exit",
      says: 'The template "@acme/template" failed: it ended its process with the status 3.\n  hint: ',
    },
    { behaviour: "nothing", says: 'The template "@acme/template" has made no file.\n' },
    { behaviour: "refuse", says: "AsyncAPI Generator refuses the document: no good at /channels/a~1b.\n  hint: " },
  ])("$behaviour", async ({ behaviour, says }) => {
    const folder = all({ "made/index.html": "before" });
    const before = tree(join(folder, "made"));
    const { status, stdout, stderr } = await template(folder, "--param", `behaviour=${behaviour}`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.startsWith(says) ? says : stderr).toBe(says);
    expect(stderr).not.toMatch(/ at .*:\d+:\d+|Diagnostic err/);
    expect(tree(join(folder, "made"))).toEqual(before);
  });

  test("an AsyncAPI document that is refused as it is written is tried as its export", async () => {
    const folder = all({ "orders.json": ASYNCAPI, "parts.json": PARTS });
    const { status, stderr } = await template(folder, "--param", "behaviour=refuse-written");
    expect(status).toBe(0);
    expect(stderr).toContain('does not take "orders.json" as it is written; its export to AsyncAPI is used instead.\n');
    expect(made(folder)).not.toHaveProperty("x-written");
  });

  test("what is printed goes to standard error, harmless and without stacks", async () => {
    const { status, stdout, stderr } = await template(all(), "--param", "behaviour=print");
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(stderr).toContain("template: to standard output \\x1b[2J\n");
    expect(stderr).toContain("template: Error: a hook failed\n");
    expect(stderr).not.toMatch(/ at .*:\d+:\d+/);
  });

  const without = (...parts: readonly object[]) => Object.assign({}, ...parts);
  test.each<{ why: string; files: object; args: readonly string[]; says: RegExp }>([
    {
      why: "no generator",
      files: without(TEMPLATE, DOCUMENT),
      args: [],
      says: /^@asyncapi\/generator is not installed: .*\n {2}hint: npm install --save-dev @asyncapi\/generator npm\n$/,
    },
    {
      why: "an old generator",
      files: without(TEMPLATE, DOCUMENT, GENERATOR, {
        "node_modules/@asyncapi/generator/package.json": { version: "1.17.25", main: "main.js" },
      }),
      args: [],
      says: /^@asyncapi\/generator 1\.17\.25 is installed, which is too old/,
    },
    {
      why: "a generator of which half is there",
      files: without(TEMPLATE, DOCUMENT, {
        "node_modules/@asyncapi/generator/package.json": { version: "3.0.0", main: "lib/main.js" },
      }),
      args: [],
      says: /cannot be loaded: a part of it is missing/,
    },
    {
      why: "no template",
      files: without(GENERATOR, DOCUMENT),
      args: [],
      says: /^The template "@acme\/template" is not installed, and nothing is installed while a command runs\.\n {2}hint: npm install --save-dev @acme\/template\n$/,
    },
    {
      why: "a package that is no template",
      files: without(GENERATOR, DOCUMENT, { "node_modules/@acme/template/package.json": { name: "x" } }),
      args: [],
      says: /is no template of AsyncAPI Generator: it has no folder "template"/,
    },
    {
      why: "a mistyped parameter",
      files: without(GENERATOR, TEMPLATE, DOCUMENT),
      args: ["--param", "tilte=x"],
      says: /^The template has no parameter "tilte"\.\n {2}hint: did you mean title\?\n$/,
    },
    {
      why: "an unknown parameter",
      files: without(GENERATOR, TEMPLATE, DOCUMENT),
      args: ["--param", "colour=red"],
      says: /hint: it has behaviour, title\n$/,
    },
    {
      why: "no pair",
      files: without(GENERATOR, TEMPLATE, DOCUMENT),
      args: ["--param", "title"],
      says: /is not NAME=VALUE/,
    },
    {
      why: "a pair that is given twice",
      files: without(GENERATOR, TEMPLATE, DOCUMENT),
      args: ["--param", "title=a", "--param", "title=b"],
      says: /"title" is given twice/,
    },
    {
      why: "a file in the way",
      files: without(GENERATOR, TEMPLATE, DOCUMENT, { made: "" }),
      args: [],
      says: /"made" is a file/,
    },
    { why: "no document", files: without(GENERATOR, TEMPLATE), args: [], says: /file-not-found/ },
    {
      why: "a document without webhooks",
      files: without(GENERATOR, TEMPLATE, { "orders.json": "[]" }),
      args: [],
      says: /error/,
    },
  ])("$why", async ({ files, args, says }) => {
    const folder = project(files as Record<string, unknown>);
    const { status, stdout, stderr } = await template(folder, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });

  test.each([
    ["@acme/template@1.0.0", /asks for a version, and 1\.2\.3 is installed/],
    ["./nowhere", /There is no folder "\.\/nowhere"/],
    ["https://example.com/x.git", /is not installed.*\n {2}hint: name an installed package, or a folder/],
    ["a\u001b[31mb", /The template "a\\u001b\[31mb" is not installed/],
  ])("the template %s", async (name, says) => {
    const { status, stderr } = await run(all(), ["template", "orders.json", name, "--out", "made"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
  });

  test("without --out nothing is run", async () => {
    const { status, stderr } = await run(all(), ["template", "orders.json", "@acme/template"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/required option '--out <dir>' not specified/);
  });

  test.skipIf(process.getuid?.() === 0)(
    "a folder of packages that cannot be written to costs only the time to compile",
    async () => {
      const folder = all();
      chmodSync(join(folder, "node_modules"), 0o555);
      expect((await template(folder)).status).toBe(0);
      chmodSync(join(folder, "node_modules"), 0o755);
    },
  );

  test("ending it ends the generator", async () => {
    const folder = all();
    mkdirSync(join(folder, "other"));
    const abort = new AbortController();
    const running = run(
      folder,
      ["template", "orders.json", "@acme/template", "--out", "made", "--param", "behaviour=throw-later"],
      {
        signal: abort.signal,
      },
    );
    abort.abort();
    expect((await running).status).toBe(2);
    expect(existsSync(join(folder, "made"))).toBe(false);
  });
});

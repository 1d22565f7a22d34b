import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { event, openapi, project, put, run, tree } from "./helpers.ts";

const paid = event("order.paid", { id: { type: "string" } });
const lost = event("order.lost");

/** The names of the files of a folder, without the manifests. */
const paths = (folder: string) => Object.keys(tree(folder)).filter((path) => !path.endsWith(".hookbook.json"));

describe("writing", () => {
  test("writes the contract and the runtime, says so, and writes nothing a second time", async () => {
    const folder = project({ "orders.json": openapi({ paid }) });
    const first = await run(folder, ["generate", "orders.json"]);
    expect(first).toMatchObject({ status: 0, stdout: "" });
    expect(first.stderr).toMatch(/^generated\/orders: 1 webhook, \d+ written$/m);
    expect(first.stderr).toMatch(/^generated\/runtime: \d+ written$/m);
    expect(paths(join(folder, "generated/orders"))).toEqual([
      "contract.json",
      "examples.d.ts",
      "examples.js",
      "index.d.ts",
      "index.js",
      "package.json",
      "types.ts",
      "validators/order_paid.d.ts",
      "validators/order_paid.js",
    ]);
    const before = tree(folder);
    const second = await run(folder, ["generate", "orders.json"]);
    expect(second).toEqual({ status: 0, stdout: "", stderr: "generated/orders: nothing has changed\n" });
    expect(tree(folder)).toEqual(before);
  });

  test("--out writes there, and nowhere else", async () => {
    const folder = project({ "orders.json": openapi({ paid }), "elsewhere/keep.txt": "mine" });
    expect(await run(folder, ["generate", "orders.json", "--out", "elsewhere/gen"])).toMatchObject({ status: 0 });
    expect(Object.keys(tree(folder)).filter((path) => !path.startsWith("elsewhere/gen/"))).toEqual([
      "elsewhere/keep.txt",
      "orders.json",
    ]);
  });

  test("hostile names never lead out of the output folder", async () => {
    const names = ["../../escape", "/etc/passwd", "a/b", "..", "CON", "\u0000", "C:\\x", "x".repeat(300)];
    const folder = project({ "p/orders.json": openapi(Object.fromEntries(names.map((name) => [name, event(name)]))) });
    expect(await run(join(folder, "p"), ["generate", "orders.json"])).toMatchObject({ status: 0 });
    for (const path of Object.keys(tree(folder))) {
      expect(path === "p/orders.json" || path.startsWith("p/generated/")).toBe(true);
      expect(path).toMatch(/^[A-Za-z0-9_./-]+$/);
    }
  });

  test("an example that breaks its schema is a warning at its place, and not among the examples", async () => {
    const folder = project({
      "orders.json": {
        openapi: "3.1.0",
        info: { title: "T", version: "1" },
        webhooks: {
          a: {
            post: {
              requestBody: {
                content: {
                  "application/json": {
                    schema: paid,
                    examples: {
                      good: { value: { type: "order.paid" } },
                      bad: { value: { type: "order.paid", id: 5 } },
                    },
                  },
                },
              },
              responses: { 200: { description: "Ok" } },
            },
          },
        },
      },
    });
    const { status, stderr } = await run(folder, ["generate", "orders.json"]);
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^orders\.json:1:\d+ +warning +example-invalid +The example "bad" of "order\.paid" breaks its own schema: \/id must be string\.$/m,
    );
    const examples = readFileSync(join(folder, "generated/orders/examples.js"), "utf8");
    expect(examples).toContain("good:");
    expect(examples).not.toContain("bad:");
  });

  test("an example that a receiver would take for another event is said and left out", async () => {
    const type = { enum: ["order.paid", "order.sent"] };
    const schema = { type: "object", required: ["type"], properties: { type }, examples: [{ type: "order.sent" }] };
    const folder = project({ "orders.json": openapi({ "order.paid": schema, "order.sent": schema }) });
    const { status, stderr } = await run(folder, ["generate", "orders.json"]);
    expect(status).toBe(0);
    expect(stderr.match(/example-misrouted/g)).toHaveLength(1);
    expect(stderr).toMatch(
      /warning +example-misrouted +The example "example" of "order\.paid" keeps to its schema, but would not be recognised/,
    );
    const examples = readFileSync(join(folder, "generated/orders/examples.js"), "utf8");
    expect(examples.match(/type: "order\.sent"/g)).toHaveLength(1);
  });

  test("what violates the specification is a warning, and the rest is generated", async () => {
    const folder = project({ "orders.json": openapi({ paid: { ...paid, required: true } }, { webhoks: {} }) });
    const { status, stderr } = await run(folder, ["generate", "orders.json"]);
    expect(status).toBe(0);
    expect(stderr).toMatch(/warning +openapi-violation/);
    expect(stderr).toMatch(/warning +keyword-not-usable +The keyword "required"/);
    expect(stderr).not.toMatch(/ error /);
  });

  test("only files that it owns are deleted", async () => {
    const folder = project({ "orders.json": openapi({ paid, lost }) });
    await run(folder, ["generate", "orders.json"]);
    put(folder, {
      "generated/orders/mine.txt": "m",
      "generated/orders/validators/mine.js": "m",
      "generated/mine/index.js": "m",
      "orders.json": openapi({ paid }),
    });
    const { status, stderr } = await run(folder, ["generate", "orders.json"]);
    expect(status).toBe(0);
    expect(stderr).toMatch(/2 removed/);
    const left = paths(join(folder, "generated"));
    expect(left).toEqual(
      expect.arrayContaining([
        "orders/mine.txt",
        "orders/validators/mine.js",
        "mine/index.js",
        "orders/validators/order_paid.js",
      ]),
    );
    expect(left).not.toContain("orders/validators/order_lost.js");
  });

  test("without documents, folders that no document makes any more go; with one, they stay", async () => {
    const folder = project({ "specs/a.json": openapi({ paid }), "specs/b.json": openapi({ lost }) });
    await run(folder, ["generate"]);
    rmSync(join(folder, "specs/b.json"));
    await run(folder, ["generate", "specs/a.json"]);
    expect(existsSync(join(folder, "generated/b/index.js"))).toBe(true);
    const { stderr } = await run(folder, ["generate"]);
    expect(stderr).toMatch(/generated\/b: \d+ removed, since no document makes it any more/);
    expect(existsSync(join(folder, "generated/b"))).toBe(false);
    expect(existsSync(join(folder, "generated/a/index.js"))).toBe(true);
  });

  test.each([
    { why: "a document that cannot be read", break: (folder: string) => put(folder, { "specs/b.json": "{" }) },
    {
      why: "a file where a folder has to be",
      break: (folder: string) => {
        put(folder, { "specs/a.json": openapi({ paid, lost }), "specs/b.json": openapi({ paid, lost }) });
        rmSync(join(folder, "generated/b"), { recursive: true });
        put(folder, { "generated/b": "in the way" });
      },
    },
  ])("a run that fails leaves what was there whole: $why", async ({ break: breakIt }) => {
    const folder = project({ "specs/a.json": openapi({ paid }), "specs/b.json": openapi({ lost }) });
    await run(folder, ["generate"]);
    breakIt(folder);
    const b = existsSync(join(folder, "generated/b/index.js")) ? tree(join(folder, "generated/b")) : null;
    const { status, stdout, stderr } = await run(folder, ["generate"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).not.toMatch(/ at .*\.[jt]s:\d+/);
    if (b !== null) expect(tree(join(folder, "generated/b"))).toEqual(b);
    // Whatever else was written is complete.
    expect((await run(folder, ["generate", "specs/a.json"])).status).toBe(0);
    expect((await run(folder, ["generate", "--check", "specs/a.json"])).status).toBe(0);
    expect(Object.keys(tree(join(folder, "generated"))).filter((path) => /\.tmp|\.lock/.test(path))).toEqual([]);
  });
});

describe("--check", () => {
  async function generated() {
    const folder = project({ "specs/orders.json": openapi({ paid, lost }) });
    await run(folder, ["generate"]);
    return folder;
  }

  test("is status 0 where all is as it would be written, and writes nothing", async () => {
    const folder = await generated();
    const before = tree(folder);
    expect(await run(folder, ["generate", "--check"])).toEqual({
      status: 0,
      stdout: "",
      stderr: "generated: up to date\n",
    });
    expect(tree(folder)).toEqual(before);
  });

  test.each<{ why: string; change: (folder: string) => void; says: readonly string[] }>([
    {
      why: "edited",
      change: (folder) => writeFileSync(join(folder, "generated/orders/types.ts"), "// mine"),
      says: ["generated/orders/types.ts: changed"],
    },
    {
      why: "missing",
      change: (folder) => rmSync(join(folder, "generated/orders/index.js")),
      says: ["generated/orders/index.js: missing"],
    },
    {
      why: "runtime edited",
      change: (folder) => writeFileSync(join(folder, "generated/runtime/index.js"), ""),
      says: ["generated/runtime/index.js: changed"],
    },
    {
      why: "no longer made",
      change: (folder) => put(folder, { "specs/orders.json": openapi({ paid }) }),
      says: ["generated/orders/validators/order_lost.js: no longer made", "generated/orders/contract.json: changed"],
    },
    {
      why: "a new document",
      change: (folder) => put(folder, { "specs/more.json": openapi({ paid }) }),
      says: ["generated/more/index.js: missing"],
    },
    {
      why: "no document any more",
      change: (folder) => {
        put(folder, { "specs/more.json": openapi({ paid }) });
        rmSync(join(folder, "specs/orders.json"));
      },
      says: ["generated/orders: no document makes it any more"],
    },
  ])("$why is status 1, lists the files, and the command mends it", async ({ change, says }) => {
    const folder = await generated();
    change(folder);
    const before = tree(folder);
    const { status, stdout, stderr } = await run(folder, ["generate", "--check"]);
    expect(status).toBe(1);
    for (const line of says) expect(stdout.split("\n")).toContain(line);
    expect(stderr).toMatch(/(?:file is|files are) stale; run: hookbook generate\n$/);
    expect(tree(folder)).toEqual(before);
    expect((await run(folder, ["generate"])).status).toBe(0);
    expect((await run(folder, ["generate", "--check"])).status).toBe(0);
  });

  test("the command that it names has the options that matter", async () => {
    const folder = project({ "my orders.json": openapi({ paid }) });
    const { status, stderr } = await run(folder, [
      "generate",
      "my orders.json",
      "--check",
      "--out",
      "src/gen",
      "--closed",
      "ignore",
      "--runtime",
      "import",
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain(
      "run: hookbook generate 'my orders.json' --out src/gen --closed ignore --runtime import\n",
    );
  });
});

describe("--watch", () => {
  /** Runs until the work is done, then ends it. */
  async function watching(
    folder: string,
    args: readonly string[],
    work: (said: (text: RegExp, after?: number) => Promise<number>) => Promise<void>,
  ) {
    const abort = new AbortController();
    let stderr = "";
    const running = run(folder, ["generate", "--watch", ...args], {
      signal: abort.signal,
      onStderr: (text) => {
        stderr += text;
      },
    });
    /** Waits for a text behind a position; returns the position behind it. */
    const said = async (text: RegExp, after = 0): Promise<number> => {
      const started = performance.now();
      for (;;) {
        const match = text.exec(stderr.slice(after));
        if (match !== null) return after + match.index + match[0].length;
        if (performance.now() - started > 10_000) throw new Error(`${text} was never said:\n${stderr}`);
        await new Promise((done) => setTimeout(done, 5));
      }
    };
    try {
      await work(said);
    } finally {
      abort.abort();
    }
    expect(await running).toMatchObject({ status: 0, stdout: "" });
  }

  test("writes within two seconds of a save, and outlives what cannot be read", async () => {
    const folder = project({ "orders.json": openapi({ paid }) });
    const times: number[] = [];
    await watching(folder, ["orders.json"], async (said) => {
      let at = await said(/watching for changes/);
      for (const round of [1, 2, 3]) {
        const started = performance.now();
        put(folder, { "orders.json": openapi({ paid, [`new${round}`]: event(`new${round}`) }) });
        at = await said(/generated\/orders: 2 webhooks, [1-9]\d* written/, at);
        times.push(performance.now() - started);
        expect(existsSync(join(folder, `generated/orders/validators/new${round}.js`))).toBe(true);
      }
      put(folder, { "orders.json": "{" });
      at = await said(/broken-json/, at);
      expect(existsSync(join(folder, "generated/orders/validators/new3.js"))).toBe(true);
      put(folder, { "orders.json": openapi({ lost }) });
      await said(/generated\/orders: 1 webhook, [1-9]\d* written/, at);
    });
    if (process.env["HOOKBOOK_TIMES"]) process.stderr.write(`a save takes ${times.map(Math.round).join(", ")} ms\n`);
    expect(Math.max(...times), `took ${times.map(Math.round)} ms`).toBeLessThan(2_000);
  });

  test("notices every save, however soon after another, in place or by renaming", async () => {
    const folder = project({ "orders.json": openapi({ paid }) });
    await watching(folder, ["orders.json"], async (said) => {
      let at = await said(/watching for changes/);
      for (let round = 1; round <= 10; round++) {
        const document = openapi({ paid, lost }, { info: { title: `Round ${round}`, version: "1" } });
        if (round % 2 === 0) {
          put(folder, { "orders.json~": document });
          renameSync(join(folder, "orders.json~"), join(folder, "orders.json"));
        } else {
          put(folder, { "orders.json": "" });
          await new Promise((done) => setTimeout(done, round * 6));
          put(folder, { "orders.json": document });
        }
        at = await said(/2 webhooks, [1-9]\d* written/, at);
        expect(readFileSync(join(folder, "generated/orders/contract.json"), "utf8")).toContain(`Round ${round}`);
      }
    });
  });

  test("follows a file that a save refers to for the first time", async () => {
    const folder = project({ "orders.json": openapi({ paid }), "shared.json": { type: "string", const: "first" } });
    await watching(folder, ["orders.json"], async (said) => {
      let at = await said(/watching for changes/);
      put(folder, { "orders.json": openapi({ paid: event("order.paid", { x: { $ref: "shared.json" } }) }) });
      at = await said(/1 webhook, [1-9]\d* written/, at);
      // Nobody is so fast as to save the other file before it is watched.
      await new Promise((done) => setTimeout(done, 200));
      put(folder, { "shared.json": { type: "string", const: "second" } });
      await said(/1 webhook, [1-9]\d* written/, at);
    });
    expect(readFileSync(join(folder, "generated/orders/types.ts"), "utf8")).toContain('"second"');
  });

  test("outlives something that is in the way of a file", async () => {
    const folder = project({ "orders.json": openapi({ paid }) });
    await watching(folder, ["orders.json"], async (said) => {
      let at = await said(/watching for changes/);
      mkdirSync(join(folder, "generated/orders/validators/order_lost.js/mine"), { recursive: true });
      put(folder, { "orders.json": openapi({ paid, lost }), "generated/orders/validators/order_lost.js/mine/x": "x" });
      at = await said(/is a folder that was not generated/, at);
      rmSync(join(folder, "generated/orders/validators/order_lost.js"), { recursive: true });
      put(folder, { "orders.json": openapi({ paid, lost }, { info: { title: "Again", version: "2" } }) });
      await said(/2 webhooks, [1-9]\d* written/, at);
    });
  });
});

describe("as a process", () => {
  const repository = fileURLToPath(new URL("../..", import.meta.url));

  /** Runs a program and waits for its end. */
  function start(
    program: string,
    args: readonly string[],
    cwd: string,
  ): Promise<{ code: unknown; stdout: string; stderr: string }> {
    return new Promise((done) => {
      const env = { ...process.env, NO_COLOR: "1", PATH: `${dirname(process.execPath)}:${process.env["PATH"]}` };
      execFile(program, [...args], { cwd, env }, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : error.code, stdout, stderr });
      });
    });
  }

  test("through npm: results alone on standard output, the status, and no stack trace", async () => {
    const folder = project({ "a.json": openapi({ paid }), "bad.json": "{", "p.json": { type: "order.paid", id: 5 } });
    const hookbook = (...args: readonly string[]) =>
      start("npm", ["run", "--silent", "hookbook", "--", ...args], repository);
    const [listed, invalid, broken] = await Promise.all([
      hookbook("list", join(folder, "a.json"), "--format", "json"),
      hookbook("validate", join(folder, "a.json"), join(folder, "p.json")),
      hookbook("list", join(folder, "bad.json")),
    ]);
    expect(listed).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(listed.stdout)).toMatchObject({ contract: "a" });
    expect(invalid).toMatchObject({ code: 1, stdout: expect.stringContaining("0 valid, 1 invalid, 0 unknown") });
    expect(broken).toMatchObject({ code: 2, stdout: "" });
    for (const { stderr } of [listed, invalid, broken]) expect(stderr).not.toMatch(/^ +at |node:internal/m);
  });

  test.runIf(existsSync("/usr/bin/node"))("an older Node is told in one sentence", async () => {
    const version = await start("/usr/bin/node", ["--version"], repository);
    if (Number(/^v(\d+)/.exec(version.stdout)?.[1]) >= 24) return;
    const { code, stdout, stderr } = await start("/usr/bin/node", ["scripts/hookbook.mjs", "list"], repository);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^Working on Hookbook takes Node 24, and this is [\d.]+: .+\.\n$/);
  });
});

import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { event, openapi, project, put, run, tree } from "./helpers.ts";
import { commit, repository } from "./repository.ts";

const files = {
  "specs/orders.json": openapi({ paid: event("paid", { amount: { type: "integer" } }), lost: event("lost") }),
};

describe("hookbook docs", () => {
  test("writes a page for every event, and the same bytes again", async () => {
    const folder = project(files);
    const { status, stderr } = await run(folder, ["docs"]);
    expect(stderr).toMatch(/^generated\/docs: \d+ pages, /m);
    expect(status).toBe(0);
    const first = tree(join(folder, "generated/docs"));
    expect(Object.keys(first)).toEqual(
      expect.arrayContaining([
        "index.html",
        "contracts/orders/index.html",
        "contracts/orders/events/paid.html",
        "contracts/orders/events/lost.html",
        "contracts/orders/source/orders.json",
        "assets/style.css",
        "assets/search-index.js",
      ]),
    );
    expect(first["contracts/orders/events/paid.html"]).toContain('id="field-amount"');
    await run(folder, ["docs"]);
    expect(tree(join(folder, "generated/docs"))).toEqual(first);
  });

  test("--check tells what is stale, and a removed event's page goes", async () => {
    const folder = project(files);
    expect((await run(folder, ["docs", "--check"])).status).toBe(1);
    await run(folder, ["docs"]);
    expect(await run(folder, ["docs", "--check"])).toEqual({
      status: 0,
      stdout: "",
      stderr: "generated/docs: up to date\n",
    });
    put(folder, { "specs/orders.json": openapi({ paid: event("paid") }) });
    const { status, stdout, stderr } = await run(folder, ["docs", "--check"]);
    expect(status).toBe(1);
    expect(stdout).toContain("generated/docs/contracts/orders/events/lost.html: no longer made\n");
    expect(stdout).toContain("generated/docs/contracts/orders/events/paid.html: changed\n");
    expect(stderr).toMatch(/files are stale; run: hookbook docs\n$/);
    await run(folder, ["docs"]);
    expect(Object.keys(tree(join(folder, "generated/docs")))).not.toContain("contracts/orders/events/lost.html");
  });

  test("--link leads to pages that others have made, of the site or of a contract", async () => {
    const folder = project(files);
    const links = [
      "Our API: more=api/index.html#top",
      "orders:AsyncAPI view=asyncapi/orders.html",
      "orders:Wiki=https://example.com/w?a=b",
    ];
    await run(folder, ["docs", ...links.flatMap((link) => ["--link", link])]);
    const pages = tree(join(folder, "generated/docs"));
    expect(pages["index.html"]).toContain('<a href="api/index.html#top">Our API: more</a>');
    expect(pages["contracts/orders/index.html"]).toContain('<a href="../../api/index.html#top">Our API: more</a>');
    expect(pages["contracts/orders/index.html"]).toContain('<a href="../../asyncapi/orders.html">AsyncAPI view</a>');
    expect(pages["contracts/orders/index.html"]).toContain('<a href="https://example.com/w?a=b">Wiki</a>');
    expect(pages["index.html"]).not.toContain("Wiki");
  });

  test.each([
    ["orders", /is not \[CONTRACT:\]TEXT=ADDRESS/],
    ["=a.html", /is not \[CONTRACT:\]TEXT=ADDRESS/],
    ["order:View=a.html", /names the contract "order", which is not there\.\n {2}hint: there is orders/],
    ["View=javascript:alert(1)", /neither a path within the site nor/],
    ["View=../a.html", /neither a path within the site nor/],
    ["View=/a.html", /neither a path within the site nor/],
    ["View=//example.com", /neither a path within the site nor/],
  ])("--link %s is refused", async (link, says) => {
    const { status, stdout, stderr } = await run(project(files), ["docs", "--link", link]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });

  test("generate leaves the pages alone, wherever they are", async () => {
    const folder = project(files);
    await run(folder, ["docs", "--out", "generated/pages"]);
    expect((await run(folder, ["generate"])).status).toBe(0);
    expect(Object.keys(tree(join(folder, "generated/pages")))).toContain("index.html");
  });

  test("leaves files alone that are not its own", async () => {
    const folder = project({ ...files, "site/CNAME": "docs.example.com" });
    expect((await run(folder, ["docs", "--out", "site"])).status).toBe(0);
    expect(tree(join(folder, "site"))["CNAME"]).toBe("docs.example.com");
    rmSync(join(folder, "specs/orders.json"));
    expect((await run(folder, ["docs", "--out", "site"])).status).toBe(2);
    expect(Object.keys(tree(join(folder, "site")))).toContain("index.html");
  });

  test("makes guides into pages, and tells of links that lead nowhere", async () => {
    const folder = project({
      ...files,
      "docs/start.md": "# Start\n\nSee [more](more/deep.md#a-part) and [lost](lost.md), [x](javascript:alert(1)).\n",
      "docs/more/deep.md": "# Deep\n\n## A part\n\n<b>raw</b>\n",
    });
    const { status, stderr } = await run(folder, ["docs", "--guides", "docs"]);
    expect(status).toBe(0);
    const made = tree(join(folder, "generated/docs"));
    expect(made["guides/start.html"]).toContain('<a href="more/deep.html#a-part">more</a>');
    expect(made["guides/more/deep.html"]).toContain("&lt;b&gt;raw&lt;/b&gt;");
    expect(made["guides/start.html"]).not.toContain("javascript:");
    expect(stderr).toContain('guide-link-broken  The link to "lost.md" leads to no page of the site.');
    expect(stderr).toContain("javascript:alert(1)");
  });

  test("links files that are no guides where they are on the web, if they are there", async () => {
    const folder = project({
      ...files,
      "docs/start.md": "# Start\n\n[flow](ci/flow%20one.yml) [up](../specs/orders.json#L1) [gone](ci/gone.yml)\n",
      "docs/ci/flow one.yml": "on: push",
      "hookbook.config.json": { docs: { guides: "docs", guidesAddress: "https://example.com/blob/main/docs" } },
    });
    const { stderr } = await run(folder, ["docs"]);
    const made = tree(join(folder, "generated/docs"))["guides/start.html"];
    expect(made).toContain('<a href="https://example.com/blob/main/docs/ci/flow%20one.yml"');
    expect(made).toContain('<a href="https://example.com/blob/main/specs/orders.json"');
    expect(stderr.match(/link to "[^"]*"/g)).toEqual(['link to "ci/gone.yml"']);
  });

  test("takes title, logo and style from the configuration, and its own commands where that is asked for", async () => {
    const folder = project({
      ...files,
      "hookbook.config.json": { docs: { title: "Acme & Co", logo: "logo.svg", style: "theme.css", commands: true } },
      "logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32"/>',
      "theme.css": ":root { --accent: #b00020; }",
    });
    expect((await run(folder, ["docs"])).status).toBe(0);
    const made = tree(join(folder, "generated/docs"));
    expect(made["index.html"]).toContain("<title>Acme &amp; Co</title>");
    expect(made["index.html"]).toContain('<img src="assets/logo.svg" width="56" height="28" alt="">');
    expect(made["assets/style.css"]).toMatch(/--accent: #b00020; }$/);
    expect(made["commands.html"]).toContain('<h2 id="docs-title"><code>hookbook docs</code>');
  });

  test.each([
    { args: ["docs", "--check", "--watch"], says: /--check and --watch exclude each other/ },
    { args: ["docs", "--guides", "nowhere"], says: /There is no folder of guides/ },
    { args: ["docs", "--port", "70000"], says: /must be a number up to 65535/ },
    { args: ["docs", "--out", "/"], says: /need a folder of their own/ },
    { args: ["docs", "nowhere.json"], says: /file-not-found/ },
  ])("$args is refused with a sentence", async ({ args, says }) => {
    const { status, stdout, stderr } = await run(project(files), args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });

  test.each([
    [{ docs: { titel: "x" } }, /There is no setting "docs.titel"[\s\S]*did you mean "title"/],
    [{ docs: { logo: "logo.gif" } }, /"docs.logo" must be the path of an .svg or .png file/],
    [{ docs: { guidesAddress: "javascript:alert(1)" } }, /"docs.guidesAddress" must be an http or https address/],
    [{ docs: { pacts: true } }, /"docs.pacts" must be the path of a file or folder, or false/],
    [{ docs: { changelog: 0 } }, /"docs.changelog" must be true, false or a number of revisions/],
    [{ docs: "x" }, /"docs" must be an object of settings/],
    [{ docs: { logo: "none.svg" } }, /There is no file/],
  ])("%j is a mistake", async (config, says) => {
    const { status, stderr } = await run(project({ ...files, "hookbook.config.json": config }), ["docs"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
  });
});

const pact = (consumer: string, provider: string, content: object, description = "paid") => ({
  consumer: { name: consumer },
  provider: { name: provider },
  interactions: [
    { type: "Asynchronous/Messages", description, contents: { content, contentType: "application/json" } },
  ],
  metadata: { pactSpecification: { version: "4.0" } },
});

describe("consumers", () => {
  const pages = async (cwd: string, ...args: readonly string[]) => {
    const { status, stderr } = await run(cwd, ["docs", ...args]);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const made = tree(join(cwd, "generated/docs"));
    return {
      contract: made["contracts/orders/index.html"] ?? "",
      paid: made["contracts/orders/events/paid.html"] ?? "",
      lost: made["contracts/orders/events/lost.html"] ?? "",
      stderr,
    };
  };

  test("are told with the fields that they read, from the pacts beside the output", async () => {
    const cwd = project({
      ...files,
      "generated/pacts/shop-orders.json": pact("shop <b>", "orders", { type: "paid", amount: 3 }),
    });
    const { contract, paid, lost } = await pages(cwd);
    expect(paid).toContain(
      '<strong>shop &lt;b&gt;</strong> reads <a href="#field-amount"><code>amount</code></a>, <a href="#field-type"><code>type</code></a>',
    );
    expect(paid).toMatch(/id="field-amount"[\s\S]*?read by shop &lt;b&gt;<\/span>/);
    expect(contract).toMatch(/<dt>shop &lt;b&gt;<\/dt><dd>1 of 2 events/);
    expect(lost).not.toContain('id="consumers"');
    expect((await run(cwd, ["docs", "--check"])).status).toBe(0);
    rmSync(join(cwd, "generated/pacts/shop-orders.json"));
    const { status, stdout } = await run(cwd, ["docs", "--check"]);
    expect({ status, stdout }).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("events/paid.html: changed"),
    });
  });

  test("are taken from the folder that is named, by option or configuration, or left out", async () => {
    const cwd = project({ ...files, "their/pacts/a.json": pact("billing", "elsewhere", { amount: 3 }) });
    expect((await pages(cwd)).contract).not.toContain("billing");
    expect((await pages(cwd, "--pacts", "their/pacts")).contract).toContain("billing");
    put(cwd, { "hookbook.config.json": { docs: { pacts: "their/pacts/a.json" } } });
    expect((await pages(cwd)).contract).toContain("billing");
    expect((await pages(cwd, "--no-pacts")).contract).not.toContain("billing");
    put(cwd, { "hookbook.config.json": { docs: { pacts: false } }, "generated/pacts/a.json": pact("x", "orders", {}) });
    expect((await pages(cwd)).contract).not.toContain("Consumers");
  });

  test("of one contract are not taken for those of another that has such an event", async () => {
    const cwd = project({
      ...files,
      "specs/refunds.json": openapi({ paid: event("paid", { amount: { type: "integer" } }) }),
      "generated/pacts/a.json": pact("billing", "refunds", { amount: 3 }),
    });
    const { contract } = await pages(cwd);
    expect(contract).not.toContain("billing");
    expect(tree(join(cwd, "generated/docs"))["contracts/refunds/index.html"]).toContain("billing");
  });

  test("who sends over HTTP is told of, though nobody knows what it reads", async () => {
    const http = {
      consumer: { name: "gateway" },
      provider: { name: "orders" },
      interactions: [
        {
          description: "paid",
          request: {
            method: "POST",
            path: "/",
            headers: { "content-type": "application/json" },
            body: { type: "paid" },
          },
          response: { status: 200 },
        },
      ],
    };
    const { paid } = await pages(project({ ...files, "generated/pacts/a.json": http }));
    expect(paid).toContain("<strong>gateway</strong> handles it; its pact does not say what it reads");
  });

  test("what is no pact is passed over with a sentence", async () => {
    const cwd = project({ ...files, "generated/pacts/a.json": "{", "generated/pacts/b.json": { some: "thing" } });
    const { stderr, contract } = await pages(cwd);
    expect(stderr).toMatch(/^generated\/pacts\/a\.json is passed over: /m);
    expect(stderr).toMatch(/^generated\/pacts\/b\.json is passed over: This is no pact/m);
    expect(contract).not.toContain("Consumers");
  });

  test.each([
    [["--pacts", "nowhere"], /There is no file "nowhere"/],
    [["--pacts", "specs/empty"], /holds no pact/],
  ])("%j is refused", async (args, says) => {
    const { status, stdout, stderr } = await run(project({ ...files, "specs/empty/x.md": "" }), ["docs", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });
});

describe("changes", () => {
  const orders = (version: string, amount: object) =>
    openapi({ paid: event("paid", { amount }), lost: event("lost") }, { info: { title: "Orders", version } });
  const made = (cwd: string) => {
    const all = tree(join(cwd, "generated/docs"));
    return {
      all,
      contract: all["contracts/orders/index.html"] ?? "",
      paid: all["contracts/orders/events/paid.html"] ?? "",
      lost: all["contracts/orders/events/lost.html"] ?? "",
    };
  };

  test("are told from the commits and from what is not yet committed, the newest first", async () => {
    const cwd = repository({ "specs/orders.json": orders("1.0.0", { type: "integer" }), ".gitignore": "generated/" });
    expect((await run(cwd, ["docs"])).status).toBe(0);
    expect(made(cwd).contract).not.toContain('id="changes"');

    commit(cwd, "Secret plans", { "specs/orders.json": orders("2.0.0", { type: "number" }) });
    put(cwd, { "specs/orders.json": orders("3.0.0-rc", { type: "string" }) });
    expect((await run(cwd, ["docs"])).status).toBe(0);
    const { contract, paid, lost, all } = made(cwd);
    expect(contract).toMatch(
      /<strong>3\.0\.0-rc<\/strong> <span class="muted">not yet committed<\/span>[\s\S]*<strong>2\.0\.0<\/strong> <time datetime="\d{4}-\d\d-\d\d">/,
    );
    expect(contract).toMatch(/<span class="badge breaking">breaking<\/span> <span><a href="events\/paid\.html">/);
    expect(paid).toMatch(/<span class="badge breaking">breaking<\/span> <span><a href="#field-amount"><code>amount/);
    expect(lost).not.toContain('id="changes"');
    expect(Object.values(all).join("")).not.toContain("Secret plans");

    expect((await run(cwd, ["docs", "--check"])).status).toBe(0);
    await run(cwd, ["docs"]);
    expect(made(cwd).all).toEqual(all);

    commit(cwd, "Release");
    const { status, stdout, stderr } = await run(cwd, ["docs", "--check", "--title", "My events"]);
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining("index.html: changed") });
    expect(stderr).toContain("run: hookbook docs --title 'My events'\n");
  });

  test("may be left out, limited, and judged by the levels of the project", async () => {
    const cwd = repository({ "specs/orders.json": orders("1.0.0", { type: "integer" }) });
    commit(cwd, "Two", { "specs/orders.json": orders("2.0.0", { type: "number" }) });
    commit(cwd, "Three", { "specs/orders.json": orders("3.0.0", { type: "string" }) });
    await run(cwd, ["docs", "--no-changelog"]);
    expect(made(cwd).contract).not.toContain('id="changes"');
    put(cwd, { "hookbook.config.json": { docs: { changelog: 2 }, diff: { levels: { "type-changed": "safe" } } } });
    await run(cwd, ["docs"]);
    expect(made(cwd).contract).toMatch(/<strong>3\.0\.0<\/strong>[\s\S]*class="badge safe"/);
    expect(made(cwd).contract).not.toContain("<strong>2.0.0</strong>");
    expect(made(cwd).contract).toContain("Older changes: <code>hookbook changelog specs/orders.json</code>");
    put(cwd, { "hookbook.config.json": { docs: { changelog: false } } });
    await run(cwd, ["docs"]);
    expect(made(cwd).contract).not.toContain('id="changes"');
  });

  test.each([
    ["a folder that is in no repository", project],
    [
      "a document that is in no commit",
      (given: typeof files) => {
        const cwd = repository({ "readme.md": "x" });
        put(cwd, given);
        return cwd;
      },
    ],
  ])("%s has none, without a word", async (_, folder) => {
    const cwd = folder(files);
    const { status, stderr } = await run(cwd, ["docs"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/^generated\/docs: .*\n$/) });
    expect(made(cwd).contract).not.toContain('id="changes"');
  });

  test("a revision that cannot be read is passed over", async () => {
    const cwd = repository({ "specs/orders.json": orders("1.0.0", { type: "integer" }) });
    commit(cwd, "Break it", { "specs/orders.json": "{" });
    commit(cwd, "Mend it", { "specs/orders.json": orders("1.1.0", { type: "string" }) });
    expect((await run(cwd, ["docs"])).status).toBe(0);
    expect(made(cwd).paid).toMatch(/<strong>1\.1\.0<\/strong>[\s\S]*class="badge breaking"/);
  });
});

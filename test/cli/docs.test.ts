import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { event, openapi, project, put, run, tree } from "./helpers.ts";

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
    [{ docs: "x" }, /"docs" must be an object of settings/],
    [{ docs: { logo: "none.svg" } }, /There is no file/],
  ])("%j is a mistake", async (config, says) => {
    const { status, stderr } = await run(project({ ...files, "hookbook.config.json": config }), ["docs"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
  });
});

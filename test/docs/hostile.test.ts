/** Documents that try to break a page, as text; what a browser makes of them is in `test/browser/hostile.test.ts`. */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { buildSite } from "../browser/site.ts";
import { event, openapi, project, run, tree } from "../cli/helpers.ts";
import { hostileDocument } from "./hostile-document.ts";

const ATTRIBUTES = (
  "aria-controls aria-current aria-haspopup aria-hidden aria-keyshortcuts aria-label aria-labelledby aria-live aria-pressed " +
  "autocomplete charset checked class content data-contract data-root data-status defer download for height hidden href " +
  "http-equiv id lang name open placeholder rel role scope spellcheck src start tabindex title type value width alt datetime"
).split(" ");

describe("a hostile document", () => {
  let pages: readonly (readonly [string, string])[];
  let all: Record<string, string>;

  beforeAll(async () => {
    const site = await buildSite(hostileDocument);
    all = tree(site.folder);
    site.remove();
    pages = Object.entries(all).filter(([path]) => path.endsWith(".html"));
  });

  test("becomes pages: one for each event, whatever it is called", () => {
    expect(pages).toHaveLength(8);
    for (const path of Object.keys(all)) expect(path).toMatch(/^[\w./-]+$/);
  });

  test("puts no element, attribute or address into a page", () => {
    for (const [path, text] of pages) {
      const tags = [...text.matchAll(/<([a-z][\w-]*)([^>]*)>/gi)];
      for (const [tag, name = "", attributes = ""] of tags) {
        expect(["svg", "iframe", "style", "object"], `${path} ${tag}`).not.toContain(name.toLowerCase());
        if (name === "img") expect(tag, path).toContain("assets/logo.svg");
        if (name === "script") expect(tag, path).toMatch(/^<script src="(?:\.\.\/)*assets\/\w+\.js"(?: defer)?>$/);
        const names = attributes.replaceAll(/"[^"]*"/g, "").match(/[^\s=/]+/g) ?? [];
        for (const one of names) expect(ATTRIBUTES, `${path} ${tag}`).toContain(one);
      }
      for (const [, address = ""] of text.matchAll(/\shref="([^"]*)"/g)) {
        expect(address, path).not.toMatch(/^\s*(?:javascript|vbscript|data):/i);
      }
    }
  });

  test("turns no text around: the marks are shown as escapes", () => {
    for (const [path, text] of Object.entries(all)) {
      if (path.includes("/source/")) continue;
      expect(text, path).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
    }
    expect(pages.map(([, text]) => text).join("")).toContain("user\\u202egpj.exe");
  });

  test("ends no script: the search's data", () => {
    expect(all["assets/search-index.js"]).not.toContain("</script");
  });

  test("shows a recursive schema once, and where it goes round", () => {
    const text = all["contracts/shop/events/tree.html"] ?? "";
    expect(text).toContain("Holds values of its own kind");
    expect(text).toContain('id="field-left"');
    expect(text).not.toContain('id="field-left.left"');
  });

  test("shows all of 30 levels", () => {
    expect(all["contracts/shop/events/deep.html"]).toContain(`id="field-tree${".inner".repeat(30)}"`);
  });
});

test("a page of a large contract is no larger for the others", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`event-${index}`, event(`event-${index}`)]),
  );
  const folder = project({ "shop.json": openapi(many) });
  expect((await run(folder, ["docs", "shop.json"])).status).toBe(0);
  const made = tree(join(folder, "generated/docs"));
  expect(Object.keys(made).filter((path) => path.includes("/events/"))).toHaveLength(300);
  expect(made["contracts/shop/events/event_299.html"]?.length).toBeLessThan(80_000);
});

test("schemas that double at each level are told once each", async () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 24 }, (_, level) => [
      `L${level}`,
      {
        type: "object",
        properties:
          level === 23
            ? { end: { type: "string" } }
            : { a: { $ref: `#/components/schemas/L${level + 1}` }, b: { $ref: `#/components/schemas/L${level + 1}` } },
      },
    ]),
  );
  const document = openapi(
    { big: event("big", { top: { $ref: "#/components/schemas/L0" } }) },
    { components: { schemas } },
  );
  const folder = project({ "shop.json": document });
  expect((await run(folder, ["docs", "shop.json"])).status).toBe(0);
  const text = tree(join(folder, "generated/docs"))["contracts/shop/events/big.html"] ?? "";
  expect(text).toContain(`id="field-top${".a".repeat(23)}.end"`);
  expect(text).toContain("The fields of ");
  expect(text.length).toBeLessThan(100_000);
});

test("texts of a megabyte that take a parser of Markdown its time are shown as they are", async () => {
  const long = (unit: string) => unit.repeat(Math.floor(1_000_000 / unit.length));
  const webhooks = Object.fromEntries(
    ["[", "![", "* ", "` ", "**a**: "].map((unit, index) => {
      const [summary, description] = [long(unit), long(unit)];
      const content = {
        "application/json": {
          schema: event(`e${index}`),
          examples: { one: { summary, value: { type: `e${index}` } } },
        },
      };
      return [`e${index}`, { post: { summary, description, requestBody: { content }, responses: {} } }];
    }),
  );
  const document = { openapi: "3.1.0", info: { title: "Long", version: "1", description: long("[") }, webhooks };
  const folder = project({ "long.json": document });
  const start = process.cpuUsage();
  expect((await run(folder, ["docs", "long.json"])).status).toBe(0);
  const { user } = process.cpuUsage(start);
  // Read as Markdown, each of these texts takes seconds, and there are a dozen of them.
  expect(user / 1e6).toBeLessThan(20);
  expect(tree(join(folder, "generated/docs"))["contracts/long/events/e0.html"]).toContain(long("["));
});

/** A document that tries to run code in its own pages does not. */
import { readdirSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hostileDocument } from "../docs/hostile-document.ts";
import { launchBrowser } from "./browser.ts";
import { type BuiltSite, buildSite, openPage, type WatchedPage } from "./site.ts";

let browser: Browser;
let site: BuiltSite;
let opened: WatchedPage;

beforeAll(async () => {
  site = await buildSite(hostileDocument);
  browser = await launchBrowser();
  opened = await openPage(browser);
});

afterAll(async () => {
  await browser?.close();
  site?.remove();
});

/** The home page, the contract's, and those of the events. */
const PAGES = 8;

test.each(Array.from({ length: PAGES }, (_, index) => index))(
  "nothing of it runs or is loaded: page %i",
  async (index) => {
    const { page, problems } = opened;
    const paths = readdirSync(site.folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".html"),
    );
    expect(paths).toHaveLength(PAGES);
    await page.goto(site.address((paths.sort()[index] ?? "").replaceAll("\\", "/")));
    expect(await page.locator("main h1").isVisible()).toBe(true);
    expect(await page.locator("svg, iframe, style, main script, main img").count()).toBe(0);
    expect(problems()).toEqual([]);
  },
);

test("nothing of it runs in the search", async () => {
  const { page, problems } = opened;
  await page.goto(site.address("index.html"));
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "Search events, fields and guides" }).fill("order");
  await page.getByRole("dialog").getByRole("option").first().waitFor();
  expect(await page.locator("dialog svg, dialog script, dialog img").count()).toBe(0);
  expect(problems()).toEqual([]);
});

test("the copied command of a hostile example is one command with one body", async () => {
  const { page } = opened;
  await page.goto(site.address("index.html"));
  const text = await page.evaluate("document.querySelector('.event-table a').href");
  await page.goto(String(text));
  await page
    .locator("label", { hasText: /^curl$/ })
    .first()
    .click();
  const command = await page.locator("figure:has(button[aria-label='Copy curl']) code").first().textContent();
  expect(command).toContain("it'\\''s $HOME `id`");
});

/** The pages as a browser shows them: nothing leaves, nothing fails, everybody can use them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violationsOn } from "./accessibility.ts";
import { launchBrowser } from "./browser.ts";
import { layoutShifts, watchLayout, writeInPieces } from "./layout-shifts.ts";
import { type BuiltSite, buildOwnSite, openPage, type WatchedPage } from "./site.ts";

let browser: Browser;
let site: BuiltSite;

beforeAll(async () => {
  site = await buildOwnSite();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  site?.remove();
});

const PAGES = [
  ["home", "index.html"],
  ["contract", "contracts/conference/index.html"],
  ["contract with a long description", "contracts/bandwidth-voice-messaging/index.html"],
  ["event", "contracts/conference/events/leave_livestream.html"],
  ["event with many examples", "contracts/bandwidth-voice-messaging/events/sms.html"],
  ["guide", "guides/getting-started.html"],
  ["index of guides", "guides/diagnostics/index.html"],
  ["commands", "commands.html"],
] as const;

const SIZES = { desktop: { width: 1_440, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** Cells of tables whose text stands out of them, over the next one. */
const CUT_CELLS = `[...document.querySelectorAll("th, td")]
  .filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
  .map((cell) => cell.textContent.slice(0, 40))`;

describe.each(PAGES)("%s", (_, path) => {
  let opened: WatchedPage;
  beforeAll(async () => {
    opened = await openPage(browser);
    await watchLayout(opened.page);
  });
  afterAll(() => opened?.close());

  test.each(["desktop", "phone"] as const)(
    "on a %s nothing is wider than the screen, moves, fails or is asked for elsewhere",
    async (size) => {
      const { page, problems } = opened;
      await page.setViewportSize(SIZES[size]);
      await page.goto(site.address(path));
      expect(await layoutShifts(page)).toEqual([]);
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(overflow).toBe(0);
      expect(await page.evaluate(CUT_CELLS)).toEqual([]);
      await writeInPieces(page, readFileSync(join(site.folder, path), "utf8"));
      expect(await layoutShifts(page)).toEqual([]);
      expect(problems()).toEqual([]);
    },
  );

  test("no violation of WCAG 2.2 AA, in light and in dark colours", async () => {
    const { page } = opened;
    await page.setViewportSize(SIZES.desktop);
    expect(await violationsOn(page)).toEqual([]);
  });
});

describe("without scripts", () => {
  test("everything is there to be read, and nothing that only scripts could do", async () => {
    const { page, problems, close } = await openPage(browser, { javaScriptEnabled: false });
    await page.goto(site.address("contracts/conference/events/leave_livestream.html"));
    for (const text of [
      "A participant left a livestream.",
      "JSON in a string",
      "host_kicked_blocked",
      "createReceiver",
    ]) {
      expect(await page.getByText(text).first().isVisible(), text).toBe(true);
    }
    expect(await page.locator(".copy").first().isVisible()).toBe(false);
    expect(await page.locator(".search-open").isVisible()).toBe(false);
    await page.getByText("curl", { exact: true }).first().click();
    expect(await page.getByText("--header 'content-type: application/json'").first().isVisible()).toBe(true);
    await page.goto(site.address("index.html"));
    await page.getByRole("table").getByRole("link", { name: "conference_end" }).click();
    expect(await page.title()).toBe("conference_end · Reference");
    expect(problems()).toEqual([]);
    await close();
  });

  test("on a phone the list of pages is below the text, where a link leads", async () => {
    const { page, close } = await openPage(browser, { javaScriptEnabled: false, viewport: SIZES.phone });
    await page.goto(site.address("contracts/conference/events/leave_livestream.html"));
    await page.getByRole("link", { name: "Menu" }).click();
    expect(await page.getByRole("navigation", { name: "Pages" }).isVisible()).toBe(true);
    await close();
  });
});

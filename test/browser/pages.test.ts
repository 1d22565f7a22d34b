/** The pages as a browser shows them: nothing leaves, nothing fails, everybody can use them. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "./browser.ts";
import { type BuiltSite, buildOwnSite, openPage } from "./site.ts";

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

test.each(PAGES)("%s: no violation of WCAG 2.2 AA", async (_, path) => {
  const { page, close } = await openPage(browser);
  await page.goto(site.address(path));
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  expect(await violations(axeOf(page).withTags(tags))).toEqual([]);
  await close();
});

test.each(PAGES)("%s: in dark colours all can be told apart, too", async (_, path) => {
  const { page, close } = await openPage(browser, { colorScheme: "dark" });
  await page.goto(site.address(path));
  // Of all rules, this one alone depends on the theme.
  expect(await violations(axeOf(page).withRules(["color-contrast"]))).toEqual([]);
  await close();
});

/** It would fetch the style sheet once more, which the policy of the pages refuses. */
function axeOf(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).options({ preload: false });
}

async function violations(axe: AxeBuilder): Promise<readonly string[]> {
  const found = await axe.analyze();
  return found.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .slice(0, 3)
        .join(" ")}`,
  );
}

/** How far things moved while the page came, as browsers measure it. */
const LAYOUT_SHIFT = `new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 200);
})`;

describe.each(["desktop", "phone"] as const)("on a %s", (size) => {
  test.each(PAGES)("%s: nothing is wider than the screen, moves, fails or is asked for elsewhere", async (_, path) => {
    const { page, problems, close } = await openPage(browser, { viewport: SIZES[size] });
    await page.goto(site.address(path));
    const shift = await page.evaluate(LAYOUT_SHIFT);
    // A busy machine may draw a long page before it has read the end; a tenth of what is called good is none that anybody sees.
    expect(shift).toBeLessThan(0.01);
    const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(overflow).toBe(0);
    expect(problems()).toEqual([]);
    await close();
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

/** What readers do with the pages. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decode } from "../../generated/conference/index.js";
import { curl, pathWithHookbook, shell, toOrigin, withServer } from "../docs/page-commands.ts";
import { launchBrowser } from "./browser.ts";
import { type BuiltSite, buildOwnSite, openPage, type WatchedPage } from "./site.ts";

let browser: Browser;
let site: BuiltSite;
let opened: WatchedPage;

beforeAll(async () => {
  site = await buildOwnSite();
  browser = await launchBrowser();
  opened = await openPage(browser);
});

afterAll(async () => {
  await browser?.close();
  site?.remove();
});

async function withPage(path: string, use: (page: Page) => Promise<void>): Promise<void> {
  const { page, problems } = opened;
  await page.goto(site.address(path));
  await use(page);
  expect(problems()).toEqual([]);
}

const searchBox = (page: Page) => page.getByRole("combobox", { name: "Search events, fields and guides" });
const hitsOf = (page: Page) => page.getByRole("dialog").getByRole("option");

describe("search", () => {
  test("the key / opens it, and a field's name finds its event and its line", async () => {
    await withPage("guides/getting-started.html", async (page) => {
      await page.keyboard.press("/");
      const box = searchBox(page);
      await box.waitFor();
      await box.fill("reason_for_leaving");
      const hits = hitsOf(page);
      await hits.first().waitFor();
      expect(await hits.allTextContents()).toContain("eventleave_livestreamConference platform webhooks");
      await page.getByRole("dialog").getByRole("option", { name: "payload.reason_for_leaving" }).first().click();
      await page.waitForURL(/events\/leave_\w+\.html#field-payload\.reason_for_leaving$/);
      expect(await page.locator("li:target").isVisible()).toBe(true);
    });
  });

  test("arrows choose, Enter goes there, Escape closes", async () => {
    await withPage("index.html", async (page) => {
      await page.keyboard.press("Control+k");
      const box = searchBox(page);
      await box.fill("conference_");
      await hitsOf(page).nth(1).waitFor();
      const second = await hitsOf(page).nth(1).getAttribute("href");
      await box.press("ArrowDown");
      expect(await page.getByRole("dialog").getByRole("option", { selected: true }).getAttribute("href")).toBe(second);
      await box.press("Escape");
      expect(await page.getByRole("dialog").count()).toBe(0);
      await page.keyboard.press("/");
      await hitsOf(page).nth(1).waitFor();
      await box.press("Enter");
      await page.waitForURL(/contracts\//);
    });
  });

  test("says when nothing is found, and / in a field is a character", async () => {
    await withPage("index.html", async (page) => {
      await page.getByRole("searchbox", { name: "Filter" }).fill("a/b");
      expect(await page.getByRole("dialog").count()).toBe(0);
      await page.getByRole("button", { name: "Search events and fields" }).click();
      await searchBox(page).fill("qqqqqqq");
      await page.getByText("Nothing is found.").waitFor();
    });
  });
});

test("the table of events is filtered by text, contract and status", async () => {
  await withPage("index.html", async (page) => {
    const rows = page.locator(".event-table tbody tr:visible");
    expect(await rows.count()).toBe(42);
    await page.getByRole("searchbox", { name: "Filter" }).fill("livestream");
    expect(await rows.count()).toBeLessThan(10);
    await page.getByRole("searchbox", { name: "Filter" }).fill("");
    await page.locator("select[name=contract]").selectOption("bandwidth-webrtc");
    expect(await rows.count()).toBe(3);
    await page.locator("select[name=status]").selectOption("stable");
    expect(await rows.count()).toBe(0);
    expect(await page.getByText("No event fits.").isVisible()).toBe(true);
  });
});

test("the theme is chosen by a button and kept", async () => {
  await withPage("index.html", async (page) => {
    const background = () => page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor");
    const light = await background();
    await page.getByRole("button", { name: "Dark theme" }).press("Enter");
    const dark = await background();
    expect(dark).not.toBe(light);
    await page.goto(site.address("contracts/conference/index.html"));
    expect(await background()).toBe(dark);
    expect(await page.getByRole("button", { name: "Dark theme" }).getAttribute("aria-pressed")).toBe("true");
    await page.emulateMedia({ media: "print" });
    expect(await background()).toBe(light);
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("button", { name: "Dark theme" }).click();
    expect(await background()).toBe(light);
  });
});

test("tabs are chosen with the arrow keys, and a folded field is opened by its link", async () => {
  await withPage("contracts/conference/events/leave_livestream.html", async (page) => {
    await page.getByRole("radio", { name: "Request" }).first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.getByText("curl http://localhost:3000/").first().isVisible()).toBe(true);
    const folded = page.locator("details.nested").first();
    await folded.locator("summary").click();
    expect(await folded.getAttribute("open")).toBeNull();
    await page.evaluate('location.hash = "#field-payload.host_id"');
    await page.locator("#field-payload\\.host_id").waitFor({ state: "visible" });
    expect(await folded.getAttribute("open")).not.toBeNull();
  });
});

test("on a phone the menu opens and closes", async () => {
  await withPage("contracts/conference/index.html", async (page) => {
    const before = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: "Menu" }).click();
    expect(await page.getByRole("link", { name: "conference_end" }).first().isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await page.getByRole("button", { name: "Menu" }).getAttribute("aria-expanded")).toBe("false");
    if (before !== null) await page.setViewportSize(before);
  });
});

describe("the command that the button copies", () => {
  test("is handled by a receiver with the secret, and by none without", async () => {
    const command = await copiedCommand("contracts/conference/events/conference_end.html");
    const decoded: unknown[] = [];
    const answers = await withServer(
      async (request) => {
        if (request.headers.get("x-signing-token") !== "a-secret-for-this") return new Response(null, { status: 401 });
        const { method, url, headers } = request;
        decoded.push(await decode({ method, url, headers, body: await request.text() }));
        return new Response(null, { status: 204 });
      },
      async (origin) => [
        await curl(command, origin, { env: { SIGNING_TOKEN: "a-secret-for-this" } }),
        await curl(command, origin, { env: { SIGNING_TOKEN: "something-else" } }),
      ],
    );
    expect(answers).toEqual(["204", "401"]);
    const event = {
      event: "conference_end",
      payload: { conference_id: 1258835, host_id: 61803 },
      timestamp: "2022-08-24T20:56:55.000Z",
    };
    expect(decoded).toEqual([expect.objectContaining({ ok: true, webhook: "conference_end", event })]);
  });

  test("with hookbook send is handled, too", async () => {
    const line = await copiedCommand("contracts/conference/events/conference_end.html", "send", "hookbook send");
    const tokens: (string | null)[] = [];
    const folder = mkdtempSync(join(tmpdir(), "hookbook-bin-"));
    const { status } = await withServer(
      async ({ headers }) => {
        tokens.push(headers.get("x-signing-token"));
        return new Response(null, { status: 204 });
      },
      (origin) =>
        shell(toOrigin(line, origin), { env: { SIGNING_TOKEN: "a-secret-for-this", PATH: pathWithHookbook(folder) } }),
    );
    rmSync(folder, { recursive: true });
    expect({ status, tokens }).toEqual({ status: 0, tokens: ["a-secret-for-this"] });
  });

  test("sends a query where the event comes as one", async () => {
    const command = await copiedCommand("contracts/bandwidth-voice-messaging/events/hangup.html", "curl GET");
    const urls: string[] = [];
    await withServer(
      async (request) => {
        urls.push(`${request.method} ${request.url}`);
        return new Response(null, { status: 204 });
      },
      async (origin) => [await curl(command, origin, { env: { BASIC_USERNAME: "u", BASIC_PASSWORD: "p" } })],
    );
    expect(urls).toEqual([expect.stringMatching(/^GET http:\/\/[^/]+\/\?/)]);
    const query = new URL(urls[0]?.slice(4) ?? "").searchParams;
    expect(query.get("eventType")).toBe("hangup");
    expect(query.get("callUri")).toContain("https://api.catapult.inetwork.com/v1/users/");
  });
});

async function copiedCommand(path: string, tab = "curl", label = tab): Promise<string> {
  const { page } = opened;
  await page.goto(site.address(path));
  // The clipboard of a machine without a screen is nobody's; what is written to it is what counts.
  await page.evaluate(
    "navigator.clipboard.writeText = (text) => { globalThis.copied = text; return Promise.resolve(); }",
  );
  await page
    .locator("label", { hasText: new RegExp(`^${tab}$`) })
    .first()
    .click();
  await page
    .getByRole("button", { name: `Copy ${label}` })
    .first()
    .click();
  await page.getByRole("status").getByText("Copied").waitFor();
  return String(await page.evaluate("globalThis.copied"));
}

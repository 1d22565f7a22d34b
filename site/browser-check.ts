import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

export interface BrowserCheck {
  readonly out: string;
  readonly pages: readonly string[];
  readonly screenshots?: string | undefined;
}

/** Pages that are seen as pictures, if so asked. */
const PICTURES = /^(?:index|contracts\/[^/]+\/index|asyncapi\/[^/]+\/index|api\/index|guides\/index)\.html$/;
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

/** The reference of the package is many pages of one kind: of these, the first ones are opened. */
const OPENED = /^(?!api\/)|^api\/(?:index|hierarchy|modules\/[^/]+)\.html$/;

/**
 * Opens pages below a sub-path of a server on this machine, as they are published, and says of each what it asked of the
 * network, which errors its scripts had, and whether it shows anything. Whatever is not the site's is refused, so that nothing
 * leaves even where a page asks for it.
 */
export async function checkInBrowser({ out, pages, screenshots }: BrowserCheck) {
  const problems: string[] = [];
  const opened = pages.filter((path) => OPENED.test(path));
  const server = await serve(out);
  const browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: SIZES.desktop });
    let current = "";
    await page.route(
      (address) => !address.href.startsWith(server.address) && !["data:", "blob:", "about:"].includes(address.protocol),
      (route) => {
        problems.push(`${current} asks for ${route.request().url()}`);
        return route.abort();
      },
    );
    page.on("websocket", (socket) => problems.push(`${current} opens ${socket.url()}`));
    page.on("pageerror", (error) => problems.push(`${current} has an error: ${error.message.split("\n")[0]}`));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(`${current} prints an error: ${message.text().split("\n")[0]}`);
    });
    for (const path of opened) {
      current = path;
      await page.goto(server.address + path, { waitUntil: "load" });
      const text = await page.locator("body").innerText();
      if (text.trim().length < 40) problems.push(`${path} shows nothing`);
      if (screenshots === undefined || !PICTURES.test(path)) continue;
      mkdirSync(screenshots, { recursive: true });
      for (const [name, size] of Object.entries(SIZES)) {
        await page.setViewportSize(size);
        const file = `${path.replaceAll("/", "_").replace(/\.html$/, "")}.${name}.png`;
        await page.screenshot({ path: join(screenshots, file) });
      }
      await page.setViewportSize(SIZES.desktop);
    }
  } finally {
    await browser.close();
    server.close();
  }
  return { problems, opened: opened.length };
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

async function serve(out: string): Promise<{ address: string; close: () => void }> {
  const root = "/some/where/";
  const server = createServer(async ({ url = "" }, response) => {
    const path = decodeURIComponent(url.split("?")[0] ?? "");
    const body = path.startsWith(root) ? await readFile(join(out, path.slice(root.length))).catch(() => null) : null;
    response.writeHead(body === null ? 404 : 200, {
      "content-type": TYPES[extname(path)] ?? "application/octet-stream",
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}${root}`, close: () => server.close() };
}

/** `CHROME_PATH`, else what is on the PATH. */
function browserPath(): string {
  const given = process.env["CHROME_PATH"];
  if (given !== undefined && given !== "") return given;
  for (const name of ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // The next one.
    }
  }
  throw new Error('There is no browser: set CHROME_PATH, or "apt-get install chromium".');
}

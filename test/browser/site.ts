import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { put, run } from "../cli/helpers.ts";

/** A site on the disk, as a user has it. */
export interface BuiltSite {
  readonly folder: string;
  readonly address: (path: string) => string;
  readonly remove: () => void;
}

const repository = join(import.meta.dirname, "../..");

/** The pages of this repository's contracts and guides. */
export async function buildOwnSite(): Promise<BuiltSite> {
  return build(["docs"], (folder) => {
    for (const part of ["specs", "docs"]) cpSync(join(repository, part), join(folder, part), { recursive: true });
    put(folder, {
      "hookbook.config.json": { role: "sender", docs: { title: "Reference", guides: "docs", commands: true } },
    });
  });
}

export async function buildSite(document: unknown): Promise<BuiltSite> {
  return build(["docs", "shop.json"], (folder) => put(folder, { "shop.json": document }));
}

async function build(args: readonly string[], fill: (folder: string) => void): Promise<BuiltSite> {
  const project = realpathSync(mkdtempSync(join(tmpdir(), "hookbook-site-")));
  fill(project);
  const { status, stderr } = await run(project, args);
  if (status !== 0 || /\n\s+at |failed/.test(stderr)) throw new Error(stderr);
  const folder = join(project, "generated/docs");
  return {
    folder,
    address: (path) => `${pathToFileURL(folder).href}/${path}`,
    remove: () => rmSync(project, { recursive: true, force: true }),
  };
}

/** A page with what happened in it that should not: errors, requests that leave, and movements of its layout. */
export interface WatchedPage {
  readonly page: Page;
  /** Since they were last asked for. */
  readonly problems: () => readonly string[];
  readonly close: () => Promise<void>;
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialogue: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(?:file|data):/.test(request.url())) problems.push(`request: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // What a page still waits for when it is left is given up.
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") problems.push(`not loaded: ${request.url()} (${reason})`);
  });
  return { page, problems: () => problems.splice(0), close: () => context.close() };
}

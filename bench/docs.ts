/**
 * The published pages: how long `hookbook docs` takes, how large they are, and how soon a browser shows one from the disk. What was
 * measured comes back; who prints it judges it.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { launchBrowser } from "../test/browser/browser.ts";
import { execute } from "./processes.ts";
import { DOCUMENT } from "./scale.ts";

const REPOSITORY = fileURLToPath(new URL("..", import.meta.url));

/** Columns of a table: what, how much, how much it may be, and digits behind the point. */
export type DocsFigure = readonly [what: string, value: number, most: number, digits: number];

/** Opened one after the other, so that the median is of pages of all kinds; before them a page with one word, as the measure of the machine. */
const OPENED = [
  "bandwidth-webrtc/events/onLeave.html",
  "conference/events/leave_livestream.html",
  "conference/events/drive_file_added.html",
  "bandwidth-voice-messaging/events/sms.html",
  "bandwidth-voice-messaging/events/hangup.html",
];
const ROUNDS = 5;
const BLANK = "blank.html";

export async function measureDocs(): Promise<readonly DocsFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), "hookbook-bench-"));
  try {
    for (const part of ["specs", "generated"]) cpSync(join(REPOSITORY, part), join(folder, part), { recursive: true });
    const three = [1, 2, 3].map((run) => execute(folder, ["docs", "--role", "sender", "--out", `site${run}`]));
    const github = execute(folder, ["docs", DOCUMENT, "--out", "github"]);
    const site = join(folder, "site1");
    const events = filesBelow(join(site, "contracts")).filter((file) => /[/\\]events[/\\]/.test(file));
    const assets = ["style.css", "theme.js", "site.js", "search.js"].map((name) => join(site, "assets", name));
    const seen = await inBrowser(site);
    return [
      ["three contracts, s", median(three.map(({ seconds }) => seconds)), 2, 2],
      ["three contracts, MB", Math.max(...three.map(({ peakBytes }) => peakBytes)) / 1e6, 1_000, 0],
      ["GitHub's 261, s", github.seconds, 8, 2],
      ["GitHub's 261, MB", github.peakBytes / 1e6, 1_000, 0],
      [`largest of ${events.length} event pages, KB gzipped`, Math.max(...events.map(zipped)), 40, 1],
      ["style and scripts, KB gzipped", assets.map(zipped).reduce((sum, one) => sum + one), 60, 1],
      [
        `first paint from the disk, ms (a page with one word: ${median(seen.blanks).toFixed(0)})`,
        median(seen.paints),
        200,
        0,
      ],
      ["layout shift, worst", Math.max(...seen.shifts), 0.01, 3],
      ["errors in the console", seen.errors.length, 0, 0],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Chromium itself measures; each page in a context of its own, so that nothing is cached. */
const FACTS = `new Promise((done) => {
  let shift = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName("first-contentful-paint");
    if (entry) setTimeout(() => done({ paint: entry.startTime, shift }), 300);
  }).observe({ type: "paint", buffered: true });
})`;

async function inBrowser(site: string) {
  const paints: number[] = [];
  const blanks: number[] = [];
  const shifts: number[] = [];
  const errors: string[] = [];
  writeFileSync(join(site, "contracts", BLANK), "<!doctype html><title>Blank</title><p>Word");
  const browser = await launchBrowser();
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const path of [BLANK, ...OPENED]) {
        const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
        const page = await context.newPage();
        page.on("console", (message) => {
          if (message.type() === "error") errors.push(message.text());
        });
        page.on("pageerror", ({ message }) => errors.push(message));
        await page.goto(pathToFileURL(join(site, "contracts", path)).href);
        const { paint, shift } = (await page.evaluate(FACTS)) as { paint: number; shift: number };
        (path === BLANK ? blanks : paints).push(paint);
        shifts.push(shift);
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
  return { paints, blanks, shifts, errors };
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => join(entry.parentPath, entry.name));
}

function zipped(file: string): number {
  return gzipSync(readFileSync(file)).length / 1_000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

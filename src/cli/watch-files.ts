import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { visible } from "../diagnostics/index.ts";
import type { Context } from "./context.ts";

export interface WatchFilesOptions {
  readonly context: Context;
  /** Absolute; files, and folders with all that is in them. */
  readonly files: readonly string[];
  /** Done at once, and again after each save. @returns further files to watch, absolute */
  readonly work: () => Promise<readonly string[]>;
  /** Said when the first work is done. */
  readonly ready: string;
}

const LOOK_MILLISECONDS = 150;
/** Editors write a file in several steps; what follows within this time is the same save. */
const SETTLE_MILLISECONDS = 50;
/** A file's time may be so much before the clock's. */
const CLOCK_MILLISECONDS = 20;

/**
 * Does some work again whenever one of some files is saved, until the signal ends it. A failure is said, and waits for the next save.
 *
 * It looks at the files, which are some dozens, instead of being told by the system: which files a document refers to is known once
 * it was read, and what is saved before the system has begun to tell of them would never be noticed.
 */
export async function watchFiles({ context, files, work, ready }: WatchFilesOptions): Promise<void> {
  const { signal } = context;
  let known = files;
  let seen = await stampsOf(known);
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const began = Date.now();
    try {
      known = [...files, ...(await work()).map((file) => resolve(file))];
    } catch (error) {
      context.stderr(`${visible(error instanceof Error ? error.message : String(error))}\n`);
    }
    if (isFirst) context.stderr(ready);
    // What is no longer read may have been saved before that was known.
    const watched = [...new Set([...known, ...seen.keys()])];
    let now = await stampsOf(watched);
    if (!isSaved(seen, now, began - CLOCK_MILLISECONDS)) {
      do {
        seen = now;
        await pause(LOOK_MILLISECONDS, signal);
        now = await stampsOf(watched);
      } while (!signal.aborted && !isSaved(seen, now));
    }
    do {
      seen = now;
      await pause(SETTLE_MILLISECONDS, signal);
      now = await stampsOf(watched);
    } while (!signal.aborted && isSaved(seen, now));
  }
}

/** When each file was written last, and what tells it from another that was put in its place. */
type Stamps = ReadonlyMap<string, Stamp>;

interface Stamp {
  readonly text: string;
  readonly changed: number;
}

/** @param since  what was not known before counts as saved where it was from then on */
function isSaved(before: Stamps, now: Stamps, since = 0): boolean {
  for (const [file, { text, changed }] of now) {
    const was = before.get(file);
    if (was === undefined ? changed >= since : was.text !== text) return true;
  }
  return [...before.keys()].some((file) => !now.has(file));
}

async function stampsOf(files: readonly string[]): Promise<Stamps> {
  const stamps = new Map<string, Stamp>();
  for (const file of files) {
    for (const one of [file, ...(await filesBelow(file))]) await add(one);
  }
  return stamps;

  async function add(file: string): Promise<void> {
    const found = await stat(file).catch(() => null);
    if (found?.isFile() === true) stamps.set(file, stampOf(found));
  }
}

function stampOf({ mtimeMs, ctimeMs, size, ino }: Stats): Stamp {
  return { text: `${mtimeMs} ${ctimeMs} ${size} ${ino}`, changed: Math.max(mtimeMs, ctimeMs) };
}

/** Folders that are links are not followed, since they may lead round in circles. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const lists = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return entry.name === "node_modules" || entry.name === ".git" ? [] : filesBelow(path);
  });
  return (await Promise.all(lists)).flat();
}

/** Ends at once where the signal does. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}

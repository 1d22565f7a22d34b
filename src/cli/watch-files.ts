import { resolve } from "node:path";
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

/** Editors write a file in several steps; what follows within this time is the same save. */
const SETTLE_MILLISECONDS = 50;

/** Does some work again whenever one of some files is saved, until the signal ends it. A failure is said, and waits for the next save. */
export async function watchFiles({ context, files, work, ready }: WatchFilesOptions): Promise<void> {
  const { watch } = await import("chokidar");
  const watcher = watch([...files], { ignoreInitial: true, ignored: /[/\\](?:node_modules|\.git)(?:[/\\]|$)/ });
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  const once = async (): Promise<void> => {
    try {
      watcher.add((await work()).map((file) => resolve(file)));
    } catch (error) {
      context.stderr(`${visible(error instanceof Error ? error.message : String(error))}\n`);
    }
  };
  const schedule = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = working.then(once);
    }, SETTLE_MILLISECONDS);
  };
  watcher.on("all", schedule);
  // Of two changes shortly after one another, "all" tells of the first alone.
  watcher.on("raw", schedule);
  await new Promise<void>((done) => watcher.once("ready", () => done()));
  await once();
  context.stderr(ready);
  await new Promise<void>((done) => {
    if (context.signal.aborted) done();
    context.signal.addEventListener("abort", () => done(), { once: true });
  });
  clearTimeout(timer);
  await watcher.close();
  await working;
}

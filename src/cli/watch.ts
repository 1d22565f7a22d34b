import { resolve } from "node:path";
import { visible } from "../diagnostics/index.ts";
import { endAsyncApiRules } from "../pipeline.ts";
import type { GenerateRun } from "./commands/generate.ts";
import type { Context } from "./context.ts";
import type { DocumentRequest } from "./load-documents.ts";

export interface WatchOptions {
  readonly requests: readonly DocumentRequest[];
  readonly run: GenerateRun;
  readonly context: Context;
}

/** Editors write a file in several steps; what follows within this time is the same save. */
const SETTLE_MILLISECONDS = 25;

/** Makes a document anew whenever one of its files is saved, until the signal ends it. */
export async function watchDocuments({ requests, run, context }: WatchOptions): Promise<void> {
  const { watch } = await import("chokidar");
  const filesOf = new Map<DocumentRequest, ReadonlySet<string>>();
  for (const request of requests) filesOf.set(request, new Set([resolve(context.cwd, request.path)]));
  const watcher = watch(
    requests.map((request) => resolve(context.cwd, request.path)),
    { ignoreInitial: true },
  );
  const pending = new Set<DocumentRequest>();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();

  const follow = (request: DocumentRequest, files: readonly string[]): void => {
    const paths = [resolve(context.cwd, request.path), ...files.map((file) => resolve(context.cwd, file))];
    filesOf.set(request, new Set(paths));
    watcher.add(paths);
  };
  const work = async (): Promise<void> => {
    const now = [...pending];
    pending.clear();
    for (const request of now) {
      try {
        const files = await run.writeOne(request);
        // A document that cannot be read for the moment still has the files that it had.
        if (files !== null) follow(request, files);
      } catch (error) {
        // Something in the way of a file, a full disk: the next save may find it mended.
        context.stderr(`${visible(error instanceof Error ? error.message : String(error))}\n`);
      }
    }
  };
  const schedule = (path: string): void => {
    for (const [request, files] of filesOf) if (files.has(path)) pending.add(request);
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = working.then(work);
    }, SETTLE_MILLISECONDS);
  };
  watcher.on("all", (_event, path) => schedule(resolve(path)));
  // Of two changes within 50 ms, "all" tells of the first alone, and an editor may take longer to finish a save.
  watcher.on("raw", (_event, _name, details) => schedule(resolve((details as { watchedPath: string }).watchedPath)));
  // Only then are saves noticed, so nothing is read before.
  await new Promise<void>((ready) => watcher.once("ready", () => ready()));
  for (const request of requests) {
    const files = await run.writeOne(request);
    follow(request, files ?? []);
  }
  context.stderr("watching for changes; end with Ctrl-C\n");
  await new Promise<void>((done) => {
    if (context.signal.aborted) done();
    context.signal.addEventListener("abort", () => done(), { once: true });
  });
  clearTimeout(timer);
  await watcher.close();
  await working;
  await endAsyncApiRules();
}

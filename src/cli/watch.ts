import { resolve } from "node:path";
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
  const watcher = watch([], { ignoreInitial: true });
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
      const files = await run.writeOne(request);
      // A document that cannot be read for the moment still has the files that it had.
      if (files !== null) follow(request, files);
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

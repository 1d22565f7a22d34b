import { Worker } from "node:worker_threads";
import { type ParserAnswer, READY } from "./parser-protocol.ts";

export interface ParserLimits {
  /** Default 10. */
  readonly seconds?: number;
  /** JavaScript heap of the parser, in MiB. Default 512. */
  readonly mebibytes?: number;
}

/** A thread, and who waits for its answer. */
interface ParserThread {
  readonly worker: Worker;
  /** Settles when the parser is loaded, or will never be. */
  readonly ready: Promise<void>;
  /** Called with an answer, or with a failure after which the thread is of no more use. */
  end: (answer: ParserAnswer, isAlive: boolean) => void;
}

/** The thread that waits for its next document; loading the parser costs a third of a second. */
let idle: ParserThread | null = null;

/**
 * Has the AsyncAPI parser validate a document, within limits of time and memory. It reads no files and no URLs.
 * @param text  the document as JSON.
 * @returns a failure where the limits were reached or the parser crashed; nothing is thrown.
 */
export async function runAsyncApiParser(text: string, limits: ParserLimits = {}): Promise<ParserAnswer> {
  const { seconds = 10, mebibytes = 512 } = limits;
  const isUsual = limits.mebibytes === undefined;
  const thread = (isUsual ? idle : null) ?? startThread(mebibytes);
  if (thread === idle) idle = null;
  const { answer, isAlive } = await ask(thread, text, seconds);
  if (isAlive && isUsual && idle === null) {
    idle = thread;
    // A thread that waits must not keep the process from ending.
    thread.worker.unref();
  } else {
    await thread.worker.terminate();
  }
  return answer;
}

/** Ends the thread that waits for more, and frees its memory: for whoever has checked the last document. */
export async function endAsyncApiParser(): Promise<void> {
  const thread = idle;
  idle = null;
  await thread?.worker.terminate();
}

async function ask(
  thread: ParserThread,
  text: string,
  seconds: number,
): Promise<{ answer: ParserAnswer; isAlive: boolean }> {
  thread.worker.ref();
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let isDone = false;
    thread.end = (answer, isAlive) => {
      isDone = true;
      clearTimeout(timer);
      resolve({ answer, isAlive });
    };
    thread.worker.postMessage(text);
    // The limit is the document's: a busy machine takes its time to load the parser.
    void thread.ready.then(() => {
      if (isDone) return;
      const late = () => thread.end({ failure: `it took longer than ${seconds} s` }, false);
      timer = setTimeout(late, seconds * 1000);
    });
  });
}

function startThread(mebibytes: number): ParserThread {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./asyncapi-parser-worker.${extension}`, import.meta.url), {
    // A small young generation costs no time here, and the parser makes much garbage at once.
    resourceLimits: { maxOldGenerationSizeMb: mebibytes, maxYoungGenerationSizeMb: 8 },
  });
  const ready = new Promise<void>((resolve) => {
    worker.once("message", () => resolve());
    worker.once("exit", () => resolve());
  });
  const thread: ParserThread = { worker, ready, end: () => {} };
  const fail = (failure: string) => {
    if (idle === thread) idle = null;
    thread.end({ failure }, false);
  };
  worker.on("message", (answer: ParserAnswer | typeof READY) => {
    if (answer !== READY) thread.end(answer, true);
  });
  worker.on("error", (error: Error & { code?: string }) =>
    fail(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "it takes too much memory" : error.message),
  );
  worker.on("exit", () => fail("the parser ended without an answer"));
  return thread;
}

import { Worker } from "node:worker_threads";

/** What the AsyncAPI parser found, as it says it. */
export interface ParserFinding {
  readonly rule: string;
  /** 0 error, 1 warning, 2 information, 3 hint. */
  readonly severity: number;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** `failure`: why it found nothing. */
export type ParserAnswer = readonly ParserFinding[] | { readonly failure: string };

export interface ParserLimits {
  /** Default 10. */
  readonly seconds?: number;
  /** JavaScript heap of the parser, in MiB. Default 512. */
  readonly mebibytes?: number;
}

/** A thread, and who waits for its answer. */
interface ParserThread {
  readonly worker: Worker;
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

function ask(thread: ParserThread, text: string, seconds: number): Promise<{ answer: ParserAnswer; isAlive: boolean }> {
  return new Promise((resolve) => {
    thread.worker.ref();
    const timer = setTimeout(() => thread.end({ failure: `it took longer than ${seconds} s` }, false), seconds * 1000);
    thread.end = (answer, isAlive) => {
      clearTimeout(timer);
      resolve({ answer, isAlive });
    };
    thread.worker.postMessage(text);
  });
}

function startThread(mebibytes: number): ParserThread {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./asyncapi-parser-worker.${extension}`, import.meta.url), {
    // A small young generation costs no time here, and the parser makes much garbage at once.
    resourceLimits: { maxOldGenerationSizeMb: mebibytes, maxYoungGenerationSizeMb: 8 },
    // What the parser prints is no concern of the user's.
    stdout: true,
    stderr: true,
  });
  const thread: ParserThread = { worker, end: () => {} };
  const fail = (failure: string) => {
    if (idle === thread) idle = null;
    thread.end({ failure }, false);
  };
  worker.on("message", (answer: ParserAnswer) => thread.end(answer, true));
  worker.on("error", (error: Error & { code?: string }) =>
    fail(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "it takes too much memory" : error.message),
  );
  worker.on("exit", () => fail("the parser ended without an answer"));
  return thread;
}

import { Worker } from "node:worker_threads";
import type { FuzzInput } from "./make-input.ts";
import type { Problem } from "./problem.ts";
import type { Answer, Counts, Outcome, Request, SubjectOptions, WorkerOptions } from "./protocol.ts";

export interface FuzzOptions extends SubjectOptions {
  /** Numbers are tried from this one on. Default 0. */
  readonly from?: number;
  readonly count: number;
  /** Threads. */
  readonly jobs: number;
  /** What takes longer than this, twice, hangs. */
  readonly secondsMax: number;
  /** Heap of one thread. */
  readonly mebibytesMax: number;
  readonly onProgress?: (tried: number) => void;
}

export interface Failure extends Problem {
  /** How many numbers had a problem of this kind; the rest is of the first. */
  readonly times: number;
  readonly index: number;
  readonly input?: FuzzInput;
}

export interface FuzzReport {
  readonly tried: number;
  readonly seconds: number;
  readonly counts: Counts;
  /** One for each kind, in the order of their numbers. */
  readonly failures: readonly Failure[];
}

/** Numbers a thread is given at once. */
const BATCHES_PER_JOB = 20;
const BATCH_MAX = 200;

/** Tries numbers in threads, each watched: what hangs, or takes all memory, is ended and reported, and the others go on. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { from = 0, count, jobs, onProgress } = options;
  const started = Date.now();
  const failures = new Map<string, Failure>();
  const counts: Record<string, number> = {};
  let next = from;
  let tried = 0;
  const end = from + count;
  const batch = Math.max(1, Math.min(BATCH_MAX, Math.ceil(count / jobs / BATCHES_PER_JOB)));

  const note = (index: number, { problems, input }: Outcome) => {
    for (const problem of problems) {
      const known = failures.get(problem.kind);
      const isFirst = known === undefined || index < known.index;
      const first = isFirst ? { ...problem, index, ...(input === undefined ? {} : { input }) } : known;
      failures.set(problem.kind, { ...first, times: (known?.times ?? 0) + 1 });
    }
  };
  const work = async () => {
    const thread = new WatchedThread(options);
    while (next < end) {
      const range = { from: next, to: Math.min(end, next + batch) };
      next = range.to;
      for (let at = range.from; at < range.to; ) {
        const ended = await thread.run({ kind: "range", from: at, to: range.to }, options.secondsMax, note);
        for (const [name, number] of Object.entries(ended.counts)) counts[name] = (counts[name] ?? 0) + number;
        at = range.to;
        if (ended.stuckAt === null) continue;
        // Once more, alone, with more time: the machine may be busy, the thread's heap full of what came before.
        const again = { kind: "range", from: ended.stuckAt, to: ended.stuckAt + 1 } as const;
        const { stuckAt, why } = await thread.run(again, options.secondsMax * RETRY_FACTOR, note);
        if (stuckAt !== null) note(stuckAt, { problems: [why], counts: {} });
        at = ended.stuckAt + 1;
      }
      tried += range.to - range.from;
      onProgress?.(tried);
    }
    await thread.end();
  };
  await Promise.all(Array.from({ length: jobs }, work));
  const sorted = [...failures.values()].sort((a, b) => a.index - b.index);
  return { tried, seconds: (Date.now() - started) / 1000, counts, failures: sorted };
}

/** An input that seems to hang is given so many times longer before that is said. */
const RETRY_FACTOR = 5;
const WATCH_MILLISECONDS = 50;
/** Loading the sources, on a busy machine. */
const START_SECONDS_MAX = 60;

interface Ended {
  readonly counts: Counts;
  /** The number at which the thread had to be ended. */
  readonly stuckAt: number | null;
  readonly why: Problem;
}

/** One thread, begun anew whenever it had to be ended. */
export class WatchedThread {
  readonly #options: Omit<FuzzOptions, "count" | "jobs" | "secondsMax">;
  #thread: { readonly worker: Worker; readonly clock: Float64Array } | null = null;

  constructor(options: Omit<FuzzOptions, "count" | "jobs" | "secondsMax">) {
    this.#options = options;
  }

  /** Tries an input that was kept. */
  async tryInput(input: FuzzInput, secondsMax: number): Promise<readonly Problem[]> {
    const problems: Problem[] = [];
    const ended = await this.run({ kind: "input", input }, secondsMax, (_, outcome) =>
      problems.push(...outcome.problems),
    );
    return ended.stuckAt === null ? problems : [ended.why];
  }

  async run(
    request: Request,
    secondsMax: number,
    onOutcome: (index: number, outcome: Outcome) => void,
  ): Promise<Ended> {
    this.#thread ??= await this.#start();
    const { worker, clock } = this.#thread;
    return new Promise((resolve, reject) => {
      const finish = (ended: Ended) => {
        clearInterval(watch);
        worker.off("message", onMessage).off("error", onError);
        if (ended.stuckAt !== null) this.#thread = null;
        resolve(ended);
      };
      const watch = setInterval(() => {
        const [index = 0, since = 0] = clock;
        if (since === 0 || Date.now() - since < secondsMax * 1000) return;
        const why = { kind: "hangs", text: `is not done after ${secondsMax} seconds` };
        worker.terminate().then(() => finish({ counts: {}, stuckAt: index, why }), reject);
      }, WATCH_MILLISECONDS);
      const onMessage = (answer: Answer) => {
        if (answer.kind === "outcome") onOutcome(answer.index, answer.outcome);
        if (answer.kind === "done") finish({ counts: answer.counts, stuckAt: null, why: NOTHING });
      };
      const onError = (error: NodeJS.ErrnoException) => {
        const kind = error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "takes too much memory" : "ends its thread";
        finish({ counts: {}, stuckAt: clock[0] ?? 0, why: { kind, text: error.stack ?? error.message } });
      };
      worker.on("message", onMessage).on("error", onError);
      worker.postMessage(request);
    });
  }

  async end(): Promise<void> {
    // So that it can remove what it wrote.
    await this.#thread?.worker.terminate();
    this.#thread = null;
  }

  #start(): Promise<{ readonly worker: Worker; readonly clock: Float64Array }> {
    const { mode, seed, laterStagesEvery = 0, mebibytesMax } = this.#options;
    const shared = new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT);
    const workerData: WorkerOptions = { mode, seed, laterStagesEvery, clock: shared };
    const worker = new Worker(new URL("./fuzz-worker.ts", import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: mebibytesMax },
    });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("a thread does not start")), START_SECONDS_MAX * 1000);
      worker.once("error", reject);
      worker.once("message", () => {
        clearTimeout(timer);
        worker.off("error", reject);
        resolve({ worker, clock: new Float64Array(shared) });
      });
    });
  }
}

const NOTHING: Problem = { kind: "", text: "" };

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  /** What takes longer than this of a processor's time, twice, hangs. */
  readonly secondsMax: number;
  /** Heap of one thread. */
  readonly mebibytesMax: number;
  /** A thread is begun anew after so many numbers: modules that were imported are never freed. Default: never. */
  readonly perThreadMax?: number;
  readonly onProgress?: (tried: number) => void;
  /** Told of the first number of each kind of failure, when it is met. */
  readonly onFailure?: (failure: Failure) => void;
  /** Ends the run after what is being tried; the report is of what was done. */
  readonly signal?: AbortSignal;
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
  const { from = 0, count, jobs, perThreadMax = Number.POSITIVE_INFINITY } = options;
  const started = Date.now();
  const failures = new Map<string, Failure>();
  const counts: Record<string, number> = {};
  let next = from;
  let tried = 0;
  const end = from + count;
  const batch = Math.max(1, Math.min(BATCH_MAX, perThreadMax, Math.ceil(count / jobs / BATCHES_PER_JOB)));

  const note = (index: number, { problems, input }: Outcome) => {
    for (const problem of problems) {
      const known = failures.get(problem.kind);
      const isFirst = known === undefined || index < known.index;
      const first = isFirst ? { ...problem, index, ...(input === undefined ? {} : { input }) } : known;
      const failure = { ...first, times: (known?.times ?? 0) + 1 };
      failures.set(problem.kind, failure);
      if (known === undefined) options.onFailure?.(failure);
    }
  };
  const work = async () => {
    const thread = new WatchedThread(options);
    let ofThread = 0;
    while (next < end && options.signal?.aborted !== true) {
      const range = { from: next, to: Math.min(end, next + batch) };
      next = range.to;
      for (let at = range.from; at < range.to; ) {
        const ended = await thread.run({ kind: "range", from: at, to: range.to }, options.secondsMax, note);
        for (const [name, number] of Object.entries(ended.counts)) counts[name] = (counts[name] ?? 0) + number;
        at = range.to;
        if (ended.stuckAt === null) continue;
        // Once more, alone: the thread's heap may have been full of what came before.
        const again = { kind: "range", from: ended.stuckAt, to: ended.stuckAt + 1 } as const;
        const { stuckAt, why } = await thread.run(again, options.secondsMax, note);
        if (stuckAt !== null) note(stuckAt, { problems: [why], counts: {} });
        at = ended.stuckAt + 1;
      }
      tried += range.to - range.from;
      ofThread += range.to - range.from;
      options.onProgress?.(tried);
      if (ofThread < perThreadMax) continue;
      await thread.end();
      ofThread = 0;
    }
    await thread.end();
  };
  await Promise.all(Array.from({ length: jobs }, work));
  const sorted = [...failures.values()].sort((a, b) => a.index - b.index);
  return { tried, seconds: (Date.now() - started) / 1000, counts, failures: sorted };
}

/** What only waits, and takes no time of a processor, is given so many times longer. */
const WAITING_FACTOR = 20;
const WATCH_MILLISECONDS = 100;
/** Loading the sources, on a busy machine. */
const START_SECONDS_MAX = 60;

type ThreadOptions = Omit<FuzzOptions, "count" | "jobs" | "secondsMax">;

interface Ended {
  readonly counts: Counts;
  /** The number at which the thread had to be ended. */
  readonly stuckAt: number | null;
  readonly why: Problem;
}

/** One thread, begun anew whenever it had to be ended. What it writes goes to a folder that is removed with it. */
export class WatchedThread {
  readonly #folder = mkdtempSync(join(tmpdir(), "hookbook-fuzz-"));
  readonly #options: ThreadOptions;
  #thread: { readonly worker: Worker; readonly clock: Float64Array } | null = null;

  constructor(options: ThreadOptions) {
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
      const endStuck = (index: number, seconds: number) => {
        clearInterval(watch);
        const why = { kind: "hangs", text: `is not done after ${seconds} seconds` };
        worker.terminate().then(() => finish({ counts: {}, stuckAt: index, why }), reject);
      };
      // A busy machine gives a thread little: its own time counts, from when it was first found to be late.
      let late = { index: -2, microseconds: 0 };
      const watch = setInterval(async () => {
        const [index = 0, since = 0] = clock;
        const seconds = since === 0 ? 0 : (Date.now() - since) / 1000;
        if (seconds < secondsMax) return;
        if (seconds > secondsMax * WAITING_FACTOR) return endStuck(index, secondsMax * WAITING_FACTOR);
        const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
        const microseconds = user + system;
        if (late.index !== index) late = { index, microseconds };
        if (microseconds - late.microseconds > secondsMax * 1e6) endStuck(index, secondsMax);
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

  /** Ends the thread; the next request begins another one. */
  async end(): Promise<void> {
    await this.#thread?.worker.terminate();
    this.#thread = null;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #start(): Promise<{ readonly worker: Worker; readonly clock: Float64Array }> {
    const { mode, seed, laterStagesEvery = 0, mebibytesMax } = this.#options;
    const shared = new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT);
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    const workerData: WorkerOptions = { mode, seed, laterStagesEvery, clock: shared, folder: this.#folder };
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

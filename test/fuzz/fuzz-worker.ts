import { parentPort, workerData } from "node:worker_threads";
import type { Answer, Counts, Outcome, Request, WorkerOptions } from "./protocol.ts";
import { createSubject } from "./subject.ts";

// Tries what it is asked to, in a thread of its own, so that whoever asks can end what does not end by itself.

const options = workerData as WorkerOptions;
const clock = new Float64Array(options.clock);
const subject = createSubject(options);
const answer = (message: Answer) => parentPort?.postMessage(message);

async function timed(index: number, work: () => Promise<Outcome>): Promise<Outcome> {
  clock[0] = index;
  clock[1] = Date.now();
  const outcome = await work();
  clock[1] = 0;
  return outcome;
}

parentPort?.on("message", async (request: Request) => {
  const counts: Record<string, number> = {};
  const count = (more: Counts) => {
    for (const [name, number] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + number;
  };
  if (request.kind === "input") {
    answer({ kind: "outcome", index: -1, outcome: await timed(-1, () => subject.tryInput(request.input)) });
  } else {
    for (let index = request.from; index < request.to; index++) {
      const outcome = await timed(index, () => subject.try(index));
      count(outcome.counts);
      if (outcome.problems.length > 0) answer({ kind: "outcome", index, outcome });
    }
  }
  answer({ kind: "done", counts });
});

answer({ kind: "ready" });

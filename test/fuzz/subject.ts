import { join } from "node:path";
import { checkLaterStages } from "./check-later.ts";
import { checkLoad } from "./check-load.ts";
import { ValidatorComparison } from "./check-validators.ts";
import { CommandTrial } from "./command-trial.ts";
import { readCorpus } from "./corpus.ts";
import { type FuzzInput, InputMaker } from "./make-input.ts";
import type { Outcome, WorkerOptions } from "./protocol.ts";
import { Random } from "./random.ts";

const REPOSITORY = join(import.meta.dirname, "..", "..");
/** Of so many inputs, one is read twice. */
const TWICE_EVERY = 10;

/** What is tried, by number. */
export interface Subject {
  readonly try: (index: number) => Promise<Outcome>;
  /** Tries an input that was kept, or made smaller. */
  readonly tryInput: (input: FuzzInput) => Promise<Outcome>;
}

export function createSubject({ mode, seed, laterStagesEvery = 0, folder }: WorkerOptions): Subject {
  if (mode === "validators") {
    const comparison = new ValidatorComparison(folder);
    return {
      try: (index) => comparison.round(seed, index),
      tryInput: () => Promise.reject(new Error("random schemas are tried by their number")),
    };
  }
  if (mode === "faulty") return faultySubject;
  const inputs = new InputMaker(readCorpus(REPOSITORY), seed);
  if (mode === "command") {
    const trial = new CommandTrial(folder);
    return {
      try: async (index) => {
        const input = trial.withCommand(inputs.make(index), new Random(seed, index));
        return { ...(await trial.run(input)), input };
      },
      tryInput: (input) => trial.run(input),
    };
  }
  const tryInput = async (input: FuzzInput, { twice = true, later = true } = {}): Promise<Outcome> => {
    const { result, problems } = await checkLoad(input, { twice });
    const loaded = result?.value ?? null;
    if (loaded !== null && result !== null && later) await checkLaterStages(loaded, result, input, problems);
    const counts = {
      contracts: loaded === null ? 0 : 1,
      webhooks: loaded?.contract.webhooks.length ?? 0,
      diagnostics: result?.diagnostics.length ?? 0,
      laterStages: later && loaded !== null ? 1 : 0,
    };
    return { problems: problems.list, counts };
  };
  return {
    try: async (index) => {
      const input = inputs.make(index);
      const later = laterStagesEvery > 0 && index % laterStagesEvery === 0;
      return { ...(await tryInput(input, { twice: index % TWICE_EVERY === 0, later })), input };
    },
    tryInput: (input) => tryInput(input),
  };
}

/** What a document could do to a thread, by number. */
const faultySubject: Subject = {
  try: async (index) => {
    if (index === 3) for (;;);
    if (index === 5)
      for (const all: number[][] = []; ; ) all.push(Array.from({ length: 100_000 }, () => Math.random()));
    if (index === 7) throw new TypeError("not caught");
    if (index > 8) return { problems: [{ kind: "odd", text: String(index) }], counts: { tried: 1 } };
    return { problems: [], counts: { tried: 1 } };
  },
  tryInput: async ({ files, entry }) => {
    const isFound = new TextDecoder().decode(files[entry]).includes("needle");
    return { problems: isFound ? [{ kind: "found", text: "" }] : [], counts: {} };
  },
};

/**
 * Feeds Hookbook documents and schemas that nobody would write, and reports what must not happen: exceptions, hangs, stack
 * traces, contracts that break what every contract keeps to, validators that disagree with AJV. What is found is made
 * smaller and kept in a folder, from which it can be tried again.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { keepFailure, readFailure } from "../test/fuzz/keep-failure.ts";
import { type Failure, type FuzzOptions, fuzz, WatchedThread } from "../test/fuzz/pool.ts";
import type { FuzzMode } from "../test/fuzz/protocol.ts";

const HELP = `npm run fuzz -- [options]

  --mode load|command|validators   what is tried (default: load)
      load         a mutated document, up to the contract
      command      a mutated document, by a whole command line
      validators   50 random schemas with 30 values each, against AJV
  --count N        how many are tried (default: 1000000, 10000, 400)
  --seed N         which ones (default: 1)
  --from N         the number to begin with (default: 0)
  --jobs N         threads (default: 2)
  --later N        mode load: try all later stages with one contract of so many (default: 200; 0: none)
  --out DIR        where failures are kept (default: fuzz-failures)
  --replay DIR     try what was kept there, and nothing else

Ctrl-C ends it with a report of what was tried.
`;

type Mode = Exclude<FuzzMode, "faulty">;

const DEFAULT_COUNTS: Readonly<Record<Mode, number>> = { load: 1_000_000, command: 10_000, validators: 400 };
const SECONDS_MAX: Readonly<Record<Mode, number>> = { load: 2, command: 20, validators: 120 };
const PROGRESS_MILLISECONDS = 10_000;

const { values } = parseArgs({
  options: {
    mode: { type: "string", default: "load" },
    count: { type: "string" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    jobs: { type: "string", default: "2" },
    later: { type: "string", default: "200" },
    out: { type: "string", default: "fuzz-failures" },
    replay: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help || !Object.hasOwn(DEFAULT_COUNTS, values.mode)) {
  console.log(HELP);
  process.exitCode = values.help ? 0 : 2;
} else if (values.replay !== undefined) {
  process.exitCode = await replay(values.replay);
} else {
  process.exitCode = await run();
}

function options(mode: Mode): FuzzOptions {
  return {
    mode,
    seed: Number(values.seed),
    from: Number(values.from),
    count: Number(values.count ?? DEFAULT_COUNTS[mode]),
    jobs: Number(values.jobs),
    laterStagesEvery: Number(values.later),
    secondsMax: SECONDS_MAX[mode],
    mebibytesMax: 1024,
    ...(mode === "validators" ? { perThreadMax: 5 } : {}),
  };
}

async function run(): Promise<number> {
  const mode = values.mode as Mode;
  const given = options(mode);
  const started = Date.now();
  let shown = started;
  const onProgress = (tried: number) => {
    if (Date.now() - shown < PROGRESS_MILLISECONDS) return;
    shown = Date.now();
    console.error(`${tried} of ${given.count} in ${Math.round((shown - started) / 1000)} s`);
  };
  const onFailure = ({ kind, index }: Failure) => console.error(`number ${index}: ${kind}`);
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  const { tried, seconds, counts, failures } = await fuzz({ ...given, onProgress, onFailure, signal: abort.signal });
  const told = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  console.log(`${mode}, seed ${given.seed}: ${tried} tried in ${seconds.toFixed(0)} s (${told.join(", ")})`);
  for (const failure of failures) {
    console.log(`\n${failure.kind}: ${failure.times} times, first by number ${failure.index}\n${failure.text}`);
    console.log(`  again: npm run fuzz -- --mode ${mode} --seed ${given.seed} --from ${failure.index} --count 1`);
    const kept = await keepFailure(failure, values.out, given);
    if (kept !== null) console.log(`  smaller, in ${kept}: npm run fuzz -- --mode ${mode} --replay ${kept}`);
  }
  console.log(failures.length === 0 ? "no failure" : `\n${failures.length} kinds of failure`);
  return failures.length === 0 ? 0 : 1;
}

async function replay(folder: string): Promise<number> {
  const given = { ...options(values.mode as Mode), laterStagesEvery: 1 };
  const thread = new WatchedThread(given);
  const problems = await thread.tryInput(readFailure(join(folder)), given.secondsMax);
  await thread.end();
  for (const { kind, text } of problems) console.log(`${kind}\n${text}\n`);
  if (problems.length === 0) console.log("no failure");
  return problems.length === 0 ? 0 : 1;
}

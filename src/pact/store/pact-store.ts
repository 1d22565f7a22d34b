import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { isMainThread } from "node:worker_threads";
import { isArray, isObject, own, parseJson } from "../../json/index.ts";
import type { Json } from "../../model/index.ts";
import { withLock } from "../../write/index.ts";
import { joinWritten, keyOf, mergePact, pactText, type WrittenInteraction } from "../merge.ts";
import type { MessageInteraction, PactFile } from "../pact-file.ts";

export interface StoreOptions {
  readonly file: string;
  readonly consumer: string;
  readonly provider: string;
  readonly origin: string;
  /** Events that the consumer does not want, each with the reason. */
  readonly ignored?: Readonly<Record<string, string>>;
  /** Tells the processes of one run from those of another. */
  readonly run?: string;
}

/** What a pact file would become, and what it is. */
export interface PactComparison {
  readonly file: string;
  /** Descriptions of the interactions that are not as they would be written. */
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  readonly stale: readonly string[];
  /** Whether what it says of events that are not wanted is what it would say. */
  readonly isIgnoredRight: boolean;
}

/** Folders of runs that ended this long ago are cleared away. */
const FORGOTTEN_MILLISECONDS = 3_600_000;

/**
 * Where the tests of one consumer put their interactions. Each goes to a file of its own in a folder of its run, so that
 * parallel tests lose nothing; merging reads them all and replaces the pact in one step.
 */
export class PactStore {
  readonly #options: StoreOptions;
  readonly #folder: string;

  constructor(options: StoreOptions) {
    this.#options = options;
    const { file, run = runId() } = options;
    const pact = createHash("sha256").update(resolve(file)).digest("hex").slice(0, 16);
    this.#folder = join(scratchRoot(), `${pact}-${run}`);
  }

  /** Keeps an interaction until the run's are merged. */
  put(interaction: MessageInteraction): void {
    const { origin } = this.#options;
    const name = createHash("sha256")
      .update(`${keyOf(interaction)}\n${origin}`)
      .digest("hex")
      .slice(0, 32);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const temporary = join(this.#folder, `${name}.${process.pid}.part`);
    writeFileSync(temporary, JSON.stringify({ interaction, origin } satisfies WrittenInteraction));
    renameSync(temporary, join(this.#folder, `${name}.json`));
  }

  /**
   * Writes the pact: what this run has put so far, and what else of the file is expected.
   * @throws PactConflict, and an error with a sentence where the file cannot be read or written
   */
  async merge(expected: ReadonlySet<string>): Promise<void> {
    const { file, consumer, provider, ignored = {} } = this.#options;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    // In the scratch folder, so that nothing but pacts lies where pacts are.
    await withLock(this.#folder, file, async () => {
      const written = joinWritten(this.#written());
      const before = readPact(file);
      const after = pactText(mergePact({ consumer, provider, before, written, expected, ignored }));
      if (before !== null && readFileSync(file, "utf8") === after) return;
      mkdirSync(dirname(file), { recursive: true });
      const temporary = join(dirname(file), `.${basename(file)}.${process.pid}`);
      writeFileSync(temporary, after);
      renameSync(temporary, file);
    });
    forgetOldRuns();
  }

  /** Compares what this run has put with the file, which stays as it is. */
  compare(expected: ReadonlySet<string>): PactComparison {
    const { file, consumer, provider, ignored = {} } = this.#options;
    const before = readPact(file);
    const written = joinWritten(this.#written());
    const after = mergePact({ consumer, provider, before: null, written, expected, ignored });
    const was = new Map((before?.interactions ?? []).map((one) => [keyOf(one), one]));
    const text = (one: unknown) => pactText(one as PactFile);
    return {
      file,
      changed: after.interactions
        .filter((one) => was.has(keyOf(one)) && text(was.get(keyOf(one))) !== text(one))
        .map(descriptionOf),
      missing: after.interactions.filter((one) => !was.has(keyOf(one))).map(descriptionOf),
      stale: [...was.values()].filter((one) => !expected.has(keyOf(one))).map(descriptionOf),
      isIgnoredRight:
        before === null || text(before.metadata?.["hookbook"] ?? null) === text(after.metadata["hookbook"] ?? null),
    };
  }

  #written(): readonly WrittenInteraction[] {
    if (!existsSync(this.#folder)) return [];
    const names = readdirSync(this.#folder).filter((name) => name.endsWith(".json"));
    return names.sort().map((name) => JSON.parse(readFileSync(join(this.#folder, name), "utf8")) as WrittenInteraction);
  }
}

function descriptionOf({ description }: { readonly description: string }): string {
  return description;
}

/**
 * A pact file as it is.
 * @returns null where there is none
 * @throws Error with a sentence where it is no pact of version 4
 */
function readPact(file: string): PactFile | null {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const pact = parseJson(content);
  if (
    !isObject(pact) ||
    !isArray(own(pact, "interactions")) ||
    !isNamed(own(pact, "consumer")) ||
    !isNamed(own(pact, "provider"))
  ) {
    throw new Error(`${file} is no pact of version 4. If it was meant to be one, mend or delete it.`);
  }
  return pact as unknown as PactFile;
}

function isNamed(participant: Json | undefined): boolean {
  return isObject(participant) && typeof own(participant, "name") === "string";
}

/**
 * One for all workers of a test runner: they are its threads, or processes that it has started. Any other process is a run
 * of its own.
 */
function runId(): string {
  const { env, pid, ppid } = process;
  const isWorker = ["VITEST_WORKER_ID", "JEST_WORKER_ID", "NODE_TEST_CONTEXT"].some((name) => env[name] !== undefined);
  return env["HOOKBOOK_PACT_RUN"] ?? String(isWorker && isMainThread ? ppid : pid);
}

function scratchRoot(): string {
  // Each user has one of their own.
  return join(tmpdir(), `hookbook-pacts-${userInfo().uid}`);
}

function forgetOldRuns(): void {
  const root = scratchRoot();
  for (const name of readdirSync(root)) {
    const folder = join(root, name);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > FORGOTTEN_MILLISECONDS) rmSync(folder, { recursive: true, force: true });
  }
}

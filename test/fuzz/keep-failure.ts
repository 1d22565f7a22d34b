import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FuzzInput } from "./make-input.ts";
import { type Failure, type FuzzOptions, WatchedThread } from "./pool.ts";
import { reduce } from "./reduce.ts";

const REDUCE_SECONDS_MAX = 60;
const FAILURE = "failure.json";

/** What is told of a failure beside its files. */
interface KeptFailure {
  readonly kind: string;
  readonly text: string;
  readonly how: string;
  readonly entry: string;
  readonly role?: "sender" | "receiver";
  readonly command?: readonly string[];
}

/**
 * Makes the input of a failure smaller and writes it below a folder, as files that can be looked at and tried again.
 * @returns the folder; null where the failure has no input of its own.
 */
export async function keepFailure(
  { kind, text, input }: Failure,
  folder: string,
  options: Omit<FuzzOptions, "count" | "jobs">,
): Promise<string | null> {
  if (input === undefined) return null;
  const thread = new WatchedThread(options);
  const smallest = await reduce(input, {
    secondsMax: REDUCE_SECONDS_MAX,
    fails: async (candidate) =>
      (await thread.tryInput(candidate, options.secondsMax)).some((problem) => problem.kind === kind),
  });
  await thread.end();
  const kept = join(folder, kind.replace(/[^A-Za-z0-9]+/g, "-").slice(0, 80));
  rmSync(kept, { recursive: true, force: true });
  for (const [path, bytes] of Object.entries(smallest.files)) {
    const file = join(kept, "files", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  const { files, ...rest } = smallest;
  const told: KeptFailure & { readonly files: readonly string[] } = { kind, text, ...rest, files: Object.keys(files) };
  writeFileSync(join(kept, FAILURE), `${JSON.stringify(told, null, 2)}\n`);
  return kept;
}

/** Reads what `keepFailure` wrote. */
export function readFailure(folder: string): FuzzInput {
  const { files, ...rest } = JSON.parse(readFileSync(join(folder, FAILURE), "utf8")) as KeptFailure & {
    readonly files: readonly string[];
  };
  const { kind: _kind, text: _text, ...input } = rest;
  return {
    ...input,
    files: Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, "files", path))])),
  };
}

import { readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "./context.ts";

/** Beside the configuration, so in the working folder. */
export const BASELINE_NAME = ".hookbook-baseline.json";

/**
 * Reads the baseline of a project.
 * @param parse  returns null for what is no baseline
 * @returns an empty one where there is no file
 */
export function readBaseline<Entry>(cwd: string, parse: (text: string) => readonly Entry[] | null): readonly Entry[] {
  let text: string;
  try {
    text = readFileSync(join(cwd, BASELINE_NAME), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new UsageError(`${BASELINE_NAME} cannot be read.`);
  }
  const baseline = parse(text);
  if (baseline === null) {
    throw new UsageError(
      `${BASELINE_NAME} is not a baseline.`,
      "hookbook lint --update-baseline writes one; remove this first",
    );
  }
  return baseline;
}

/** Writes it at once or not at all. */
export async function writeBaseline(cwd: string, text: string): Promise<void> {
  const file = join(cwd, BASELINE_NAME);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${BASELINE_NAME} cannot be written: ${reason}.`);
  }
}

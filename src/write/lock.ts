import * as disk from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { OWN_PREFIX } from "./output-path.ts";
import { WriteError } from "./write-error.ts";

const LOCK_NAME = `${OWN_PREFIX}.lock`;
const POLL_MILLISECONDS = 15;
/** How long a run waits for another; replacing a unit takes milliseconds. */
const WAIT_MILLISECONDS_MAX = 10_000;
/** Older than this, a lock was left behind by a run that was killed, wherever it ran. */
const STALE_MILLISECONDS = 60_000;

/** Overrides for tests. */
export interface LockOptions {
  readonly waitMillisecondsMax?: number;
}

/**
 * Runs an action while nobody else, in this process or another, replaces the same unit: two runs at once end with the
 * output of the one or the other, never with a mixture.
 * @param folder  the unit's folder; it is made where it is missing.
 * @param name    what to call it in a message.
 * @throws WriteError `locked` where the other run does not end in time; what the action throws.
 */
export async function withLock<T>(
  folder: string,
  name: string,
  action: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const lock = join(folder, LOCK_NAME);
  const deadline = Date.now() + (options.waitMillisecondsMax ?? WAIT_MILLISECONDS_MAX);
  while (!(await tryLock(folder, lock, name))) {
    if (Date.now() >= deadline) {
      const holder = (await readHolder(lock))?.pid;
      const who = holder === undefined ? "Another run" : `Another run (process ${holder})`;
      throw new WriteError(
        "locked",
        name,
        `${who} is writing ${JSON.stringify(name)}; nothing was written. Run it again.`,
      );
    }
    await sleep(POLL_MILLISECONDS);
  }
  try {
    return await action();
  } finally {
    await disk.rm(lock, { force: true });
  }
}

async function tryLock(folder: string, lock: string, name: string): Promise<boolean> {
  try {
    await disk.mkdir(folder, { recursive: true });
  } catch (error) {
    // A file is there: no lock that would go away by waiting.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const path = JSON.stringify(name);
    throw new WriteError(
      "in-the-way",
      name,
      `${path} is a file that was not generated, and a folder has to go there; move it away.`,
    );
  }
  try {
    await disk.writeFile(lock, JSON.stringify({ pid: process.pid, host: hostname() }), { flag: "wx" });
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // ENOENT: the other run has just removed the whole unit.
    if (code === "ENOENT") return false;
    if (code !== "EEXIST") throw error;
  }
  if (await isStale(lock)) await disk.rm(lock, { force: true });
  return false;
}

async function isStale(lock: string): Promise<boolean> {
  const stats = await disk.lstat(lock).catch(() => null);
  if (stats === null) return false;
  if (Date.now() - stats.mtimeMs > STALE_MILLISECONDS) return true;
  const holder = await readHolder(lock);
  return holder !== null && holder.host === hostname() && !isAlive(holder.pid);
}

async function readHolder(lock: string): Promise<{ pid: number; host: string } | null> {
  try {
    const { pid, host } = JSON.parse(await disk.readFile(lock, "utf8"));
    return Number.isInteger(pid) && pid > 0 && typeof host === "string" ? { pid, host } : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

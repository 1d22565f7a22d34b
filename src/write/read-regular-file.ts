import { lstat, readFile } from "node:fs/promises";

/** The bytes of a regular file; null where there is none: nothing, a folder, or a symbolic link, which is never followed. */
export async function readRegularFile(path: string): Promise<Buffer | null> {
  const stats = await lstat(path).catch(() => null);
  return stats?.isFile() === true ? await readFile(path) : null;
}

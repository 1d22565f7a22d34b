import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** SHA-256 in lower-case hex; a string is hashed as UTF-8. */
export function hashBytes(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** SHA-256 of a file's bytes, or null where there is no file that can be read. */
export function hashFile(path: string): string | null {
  try {
    return hashBytes(readFileSync(path));
  } catch {
    return null;
  }
}

/**
 * The inputs of a unit, hashed from disk.
 * @param entryFolder  folder of the entry document.
 * @param paths        relative to `entryFolder`, `/` separators; one that cannot be read gets a hash that no file has, so
 *                     that the unit is not taken for fresh later.
 */
export function hashInputs(entryFolder: string, paths: Iterable<string>): Record<string, string> {
  const inputs: Record<string, string> = {};
  for (const path of paths) inputs[path] = hashFile(resolve(entryFolder, path)) ?? UNREADABLE;
  return inputs;
}

/** No file hashes to this. */
const UNREADABLE = "unreadable";

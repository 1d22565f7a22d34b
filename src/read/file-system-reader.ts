import { readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { errorCode, errorReason } from "./error-reason.ts";
import type { ReadOutcome } from "./source-reader.ts";

/** No system of files takes longer paths. */
const PATH_LENGTH_MAX = 4096;

/** Reads a regular file; a device or a pipe could go on for ever. */
export async function readFileAddress(path: string, bytesMax: number): Promise<ReadOutcome> {
  try {
    // Looked at before it is opened: to open a pipe waits for whoever writes into it.
    const before = await stat(path);
    if (before.isDirectory()) return { failure: { kind: "folder" } };
    if (!before.isFile()) return { failure: { kind: "not-readable", reason: "it is not a regular file" } };
    if (before.size > bytesMax) return { failure: { kind: "too-large" } };
    const bytes = await readFile(path);
    return bytes.byteLength > bytesMax ? { failure: { kind: "too-large" } } : { bytes };
  } catch (error) {
    const code = errorCode(error);
    // A path with a NUL character (ERR_INVALID_ARG_VALUE) or through a file (ENOTDIR) names nothing either.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ERR_INVALID_ARG_VALUE" || code === "ENAMETOOLONG") {
      return { failure: { kind: "not-found" } };
    }
    if (code === "EISDIR") return { failure: { kind: "folder" } };
    return { failure: { kind: "not-readable", reason: errorReason(error) } };
  }
}

export async function fileExists(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

export async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    if (path.length > PATH_LENGTH_MAX) {
      // No such file can be there; of thousands of folders, only the first may be.
      const end = path.lastIndexOf(sep, PATH_LENGTH_MAX);
      return join(await realPath(path.slice(0, Math.max(end, 1))), path.slice(end));
    }
    // Of a file that is not there, the folder may still be a link.
    const folder = dirname(path);
    return folder === path ? path : join(await realPath(folder), basename(path));
  }
}

import { lstat, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { MANIFEST_NAME } from "./manifest.ts";
import type { UnitFile } from "./unit.ts";
import { WriteError } from "./write-error.ts";

/** Names that begin so are the writer's own. */
export const OWN_PREFIX = ".hookbook";

/**
 * Why a path must not be written, or null where it may: it is not empty, not absolute, has no `.`, `..` or empty
 * segment, no backslash, colon (drives and streams of Windows) or control character.
 */
export function pathFault(path: string): string | null {
  if (path === "") return "is empty";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(path)) return "has a control character in it";
  if (path.includes("\\")) return "has a backslash in it";
  if (path.startsWith("/") || path.includes(":")) return "is not relative";
  const segments = path.split("/");
  if (segments.includes("..")) return "leads upwards";
  if (segments.includes(".") || segments.includes("")) return "has an empty segment";
  return null;
}

/** @throws WriteError `unsafe-path` where the name of a unit's folder is not one safe segment. */
export function assertFolder(folder: string): void {
  const fault = pathFault(folder) ?? (folder.includes("/") ? "is more than one folder deep" : null);
  if (fault !== null) throw unsafe(folder, fault);
}

/**
 * Refuses a unit's files as a whole: an unsafe path, one path twice (without regard to case, as on many file systems),
 * a file where another needs a folder, or a name of the writer's own.
 * @throws WriteError `unsafe-path`
 */
export function assertFiles(files: readonly UnitFile[]): void {
  const paths = new Set<string>();
  for (const { path } of files) {
    const fault = pathFault(path);
    if (fault !== null) throw unsafe(path, fault);
    if (path === MANIFEST_NAME || path.startsWith(OWN_PREFIX))
      throw unsafe(path, "has a name that is kept for Hookbook");
    if (paths.has(path.toLowerCase())) throw unsafe(path, "is asked for twice");
    paths.add(path.toLowerCase());
  }
  for (const { path } of files) {
    for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) {
      if (paths.has(path.slice(0, end).toLowerCase())) throw unsafe(path, "lies below what is to be a file");
    }
  }
}

function unsafe(path: string, fault: string): WriteError {
  return new WriteError("unsafe-path", path, `The output path ${JSON.stringify(path)} ${fault}; it is not written.`);
}

/**
 * Looks whether a path stays inside the output folder when symbolic links are followed.
 * @param outReal  real path of the output folder.
 * @param path     safe, relative to it; need not exist.
 * @returns false where it leads outside, or where a dangling link hides whither.
 */
export async function staysInside(outReal: string, path: string): Promise<boolean> {
  let current = outReal;
  for (const segment of path.split("/")) {
    current = join(current, segment);
    const stats = await lstat(current).catch(() => null);
    if (stats === null) return true;
    if (!stats.isSymbolicLink()) continue;
    const real = await realpath(current).catch(() => null);
    // A dangling link: what it names may be created by somebody else in the meantime.
    if (real === null || !isInside(outReal, real)) return false;
    current = real;
  }
  return true;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** @throws WriteError `outside-output` */
export async function assertInside(outReal: string, path: string): Promise<void> {
  if (await staysInside(outReal, path)) return;
  throw new WriteError(
    "outside-output",
    path,
    `${JSON.stringify(path)} leads out of the output folder through a symbolic link; it is not written.`,
  );
}

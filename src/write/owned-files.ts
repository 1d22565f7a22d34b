import { lstat, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Manifest } from "./manifest.ts";
import { pathFault, staysInside } from "./output-path.ts";

/**
 * The files of a unit that its manifest owns and that may be deleted: regular files at safe paths that no symbolic link
 * leads away from. A manifest may have been edited by anybody, so its paths are taken for no better than a stranger's.
 * @returns paths relative to the unit, sorted.
 */
export async function ownedFiles(outReal: string, folder: string, manifest: Manifest | null): Promise<string[]> {
  const owned: string[] = [];
  for (const path of Object.keys(manifest?.outputs ?? {}).sort()) {
    if (pathFault(path) !== null || !(await staysInside(outReal, `${folder}/${path}`))) continue;
    const stats = await lstat(join(outReal, folder, path)).catch(() => null);
    if (stats?.isFile() === true) owned.push(path);
  }
  return owned;
}

/**
 * The owned files that are no longer made. On file systems that do not tell `A` from `a`, a file whose name changed in
 * case only is the new file: it is not an orphan.
 */
export async function orphanedFiles(
  unitFolder: string,
  owned: readonly string[],
  made: readonly string[],
): Promise<string[]> {
  const exact = new Set(made);
  const byLowerCase = new Map(made.map((path) => [path.toLowerCase(), path]));
  const orphans: string[] = [];
  for (const path of owned) {
    if (exact.has(path)) continue;
    const namesake = byLowerCase.get(path.toLowerCase());
    if (namesake !== undefined && (await isSameFile(join(unitFolder, path), join(unitFolder, namesake)))) continue;
    orphans.push(path);
  }
  return orphans;
}

/** Removes a folder and those above it, up to but without `top`, as far as they are empty. */
export async function removeEmptyFolders(folder: string, top: string): Promise<void> {
  for (let current = folder; current !== top && current.startsWith(top); current = dirname(current)) {
    try {
      await rmdir(current);
    } catch {
      return;
    }
  }
}

/** Whether two paths lead to one file or folder, through links too; false where one of them does not exist. */
export async function isSameFile(left: string, right: string): Promise<boolean> {
  const [a, b] = await Promise.all([left, right].map((path) => stat(path, { bigint: true }).catch(() => null)));
  return a != null && b != null && a.dev === b.dev && a.ino === b.ino;
}

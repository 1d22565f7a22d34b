import * as disk from "node:fs/promises";
import { dirname, join } from "node:path";
import { withLock } from "./lock.ts";
import { MANIFEST_NAME, readManifest } from "./manifest.ts";
import { assertFolder, assertInside } from "./output-path.ts";
import { isSameFile, ownedFiles, removeEmptyFolders } from "./owned-files.ts";
import { applyChanges, type FileSystem } from "./transaction.ts";
import { toWriteError } from "./write-error.ts";

/**
 * The units below the output folder that nothing makes any more: folders with a manifest of ours that are not among the
 * known ones; not those that another command has made. Ask only after a run over all documents; what a run over some of them did not make may still be wanted.
 * @param knownFolders  every unit that may stay.
 * @returns names of folders, sorted. Symbolic links are passed over.
 */
export async function orphanedUnits(outDir: string, knownFolders: Iterable<string>): Promise<string[]> {
  const known = new Set(knownFolders);
  const entries = await disk.readdir(outDir, { withFileTypes: true }).catch(() => []);
  const orphans: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory() || known.has(entry.name)) continue;
    const folder = join(outDir, entry.name);
    const manifest = readManifest(join(folder, MANIFEST_NAME));
    if (manifest === null || Object.hasOwn(manifest.options, "command")) continue;
    // Where `A` and `a` are one folder, a contract that changed the case of its name still lives there.
    const same = await Promise.all([...known].map((name) => isSameFile(folder, join(outDir, name))));
    if (!same.includes(true)) orphans.push(entry.name);
  }
  return orphans.sort();
}

/**
 * Deletes the files that a unit's manifest owns, then the manifest, then the folders that this leaves empty. Whatever
 * else is in them stays, and so do they.
 * @returns how many files were deleted, the manifest not counted; 0 where there is no manifest of ours.
 * @throws WriteError as `writeUnit` does.
 */
export async function removeUnit(outDir: string, folder: string, fs: FileSystem = disk): Promise<number> {
  assertFolder(folder);
  try {
    const outReal = await disk.realpath(outDir);
    await assertInside(outReal, folder);
    const unitFolder = join(outReal, folder);
    if (readManifest(join(unitFolder, MANIFEST_NAME)) === null) return 0;
    const removed = await withLock(unitFolder, folder, async () => {
      const owned = await ownedFiles(outReal, folder, readManifest(join(unitFolder, MANIFEST_NAME)));
      await applyChanges(unitFolder, { write: [], remove: [...owned, MANIFEST_NAME] }, fs);
      return owned.length;
    });
    await removeEmptyFolders(unitFolder, dirname(unitFolder));
    return removed;
  } catch (error) {
    throw toWriteError(error, folder);
  }
}

import * as disk from "node:fs/promises";
import { dirname, join } from "node:path";
import { OWN_PREFIX } from "./output-path.ts";
import { removeEmptyFolders } from "./owned-files.ts";
import type { UnitFile } from "./unit.ts";

/** What changes the disk; tests pass one that fails. */
export type FileSystem = Pick<typeof disk, "mkdir" | "writeFile" | "rename" | "link" | "copyFile" | "rm">;

/** What is done to a unit at once. Paths are relative to the unit's folder. */
export interface Changes {
  readonly write: readonly UnitFile[];
  readonly remove: readonly string[];
}

const STAGE_PREFIX = `${OWN_PREFIX}-`;

/**
 * Applies changes so that all of them happen or none: new files are first written to a temporary folder inside the unit,
 * then everything is moved into place in the order given, removals first; a move that fails takes back those before it.
 * The caller holds the unit's lock.
 */
export async function applyChanges(unitFolder: string, changes: Changes, fs: FileSystem): Promise<void> {
  await removeLeftovers(unitFolder, fs);
  const stage = join(unitFolder, `${STAGE_PREFIX}${process.pid}-${Date.now().toString(36)}`);
  const undo: (() => Promise<unknown>)[] = [];
  try {
    await fs.mkdir(stage);
    for (const [index, { text }] of changes.write.entries()) await fs.writeFile(join(stage, `new-${index}`), text);
    for (const [index, path] of changes.remove.entries()) {
      const target = join(unitFolder, path);
      const kept = join(stage, `removed-${index}`);
      await fs.rename(target, kept);
      undo.unshift(() => disk.mkdir(dirname(target), { recursive: true }).then(() => disk.rename(kept, target)));
      await removeEmptyFolders(dirname(target), unitFolder);
    }
    for (const [index, { path }] of changes.write.entries()) {
      const target = join(unitFolder, path);
      await fs.mkdir(dirname(target), { recursive: true });
      undo.unshift(await keep(target, join(stage, `old-${index}`), unitFolder, fs));
      await fs.rename(join(stage, `new-${index}`), target);
    }
  } catch (error) {
    for (const step of undo) await step().catch(() => {});
    throw error;
  } finally {
    await disk.rm(stage, { recursive: true, force: true });
  }
}

/** Keeps what stands at a path, so that it is there until the new file takes its place; returns how to bring it back. */
async function keep(target: string, kept: string, unitFolder: string, fs: FileSystem): Promise<() => Promise<unknown>> {
  const stats = await disk.lstat(target).catch(() => null);
  if (stats === null) {
    return () => disk.rm(target, { force: true }).then(() => removeEmptyFolders(dirname(target), unitFolder));
  }
  if (!stats.isFile()) await fs.rename(target, kept);
  // Some file systems know no hard links.
  else await fs.link(target, kept).catch(() => fs.copyFile(target, kept));
  return () => disk.rename(kept, target);
}

/** What a run that was killed has left behind. */
async function removeLeftovers(unitFolder: string, fs: FileSystem): Promise<void> {
  for (const entry of await disk.readdir(unitFolder, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name.startsWith(STAGE_PREFIX)) {
      await fs.rm(join(unitFolder, entry.name), { recursive: true, force: true });
    }
  }
}

import * as disk from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { withLock } from "./lock.ts";
import { MANIFEST_NAME, manifestText, readManifest } from "./manifest.ts";
import { assertFiles, assertFolder, assertInside } from "./output-path.ts";
import { orphanedFiles, ownedFiles, removeEmptyFolders } from "./owned-files.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { applyChanges, type FileSystem } from "./transaction.ts";
import type { Unit, UnitFile } from "./unit.ts";
import { toWriteError, WriteError } from "./write-error.ts";

/** Files of the unit; its manifest is not counted. */
export interface WriteCounts {
  /** New, or other bytes than before. */
  readonly written: number;
  /** Owned by the previous manifest and no longer made. */
  readonly removed: number;
  readonly unchanged: number;
}

/**
 * Writes a unit: what differs is replaced, what the previous manifest owns and is no longer made is deleted, and nothing
 * else is touched; a file whose bytes are right keeps its time. All of it happens or none: where it fails, the previous
 * output is whole. Two writes of one unit at once come one after the other. The modes of new files are the umask's.
 * @param outDir  the output folder; it is made where it is missing, and may itself be a symbolic link.
 * @throws WriteError for paths that are not safe, symbolic links out of `outDir`, something in the way, and whatever the
 *         file system refuses.
 */
export async function writeUnit(outDir: string, unit: Unit, fs: FileSystem = disk): Promise<WriteCounts> {
  assertFolder(unit.folder);
  assertFiles(unit.files);
  let made: string | undefined;
  try {
    made = await fs.mkdir(outDir, { recursive: true });
    const outReal = await disk.realpath(outDir);
    for (const path of ["", ...unit.files.map((file) => file.path), MANIFEST_NAME]) {
      await assertInside(outReal, path === "" ? unit.folder : `${unit.folder}/${path}`);
    }
    return await withLock(join(outReal, unit.folder), unit.folder, () => replaceUnit(outReal, unit, fs));
  } catch (error) {
    const folder = resolve(outDir, unit.folder);
    await removeEmptyFolders(folder, made === undefined ? resolve(outDir) : dirname(resolve(made)));
    throw toWriteError(error, unit.folder);
  }
}

async function replaceUnit(outReal: string, unit: Unit, fs: FileSystem): Promise<WriteCounts> {
  const folder = join(outReal, unit.folder);
  const owned = await ownedFiles(outReal, unit.folder, readManifest(join(folder, MANIFEST_NAME)));
  const orphans = await orphanedFiles(
    folder,
    owned,
    unit.files.map(({ path }) => path),
  );
  const write: UnitFile[] = [];
  for (const file of unit.files) {
    await assertNothingInTheWay(folder, file.path, orphans);
    if (!(await differs(join(folder, file.path), file.text))) continue;
    if (unit.foreign === "keep" && !owned.includes(file.path)) await assertNothingIsThere(folder, file.path);
    write.push(file);
  }
  const written = write.length;
  const text = manifestText(unit);
  await assertNothingInTheWay(folder, MANIFEST_NAME, []);
  // Last, so that a run that is killed half way leaves a manifest that does not fit, and the unit is stale.
  if (await differs(join(folder, MANIFEST_NAME), text)) write.push({ path: MANIFEST_NAME, text });
  if (write.length > 0 || orphans.length > 0) await applyChanges(folder, { write, remove: orphans }, fs);
  return { written, removed: orphans.length, unchanged: unit.files.length - written };
}

async function differs(path: string, text: UnitFile["text"]): Promise<boolean> {
  const bytes = await readRegularFile(path);
  return bytes === null || !bytes.equals(Buffer.from(text));
}

/**
 * Refuses where a folder stands in the file's place or a file in its folder's place, unless all of that is removed as
 * orphaned in the same write.
 */
async function assertNothingInTheWay(folder: string, path: string, orphans: readonly string[]): Promise<void> {
  const segments = path.split("/");
  for (let count = 1; count < segments.length; count++) {
    const ancestor = segments.slice(0, count).join("/");
    const stats = await disk.stat(join(folder, ancestor)).catch(() => null);
    if (stats === null) break;
    if (!stats.isDirectory() && !orphans.includes(ancestor)) throw inTheWay(ancestor, "a file", "a folder");
  }
  const stats = await disk.lstat(join(folder, path)).catch(() => null);
  if (stats?.isDirectory() !== true) return;
  const entries = await disk.readdir(join(folder, path), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => !entry.isDirectory()).length;
  const orphaned = orphans.filter((orphan) => orphan.startsWith(`${path}/`)).length;
  if (files === 0 || files !== orphaned) throw inTheWay(path, "a folder", "a file");
}

async function assertNothingIsThere(folder: string, path: string): Promise<void> {
  const stats = await disk.lstat(join(folder, path)).catch(() => null);
  if (stats === null) return;
  const message = `${JSON.stringify(path)} is there already and was not generated; it is not overwritten.`;
  throw new WriteError("in-the-way", path, message);
}

function inTheWay(path: string, what: string, wanted: string): WriteError {
  return new WriteError(
    "in-the-way",
    path,
    `${JSON.stringify(path)} is ${what} that was not generated, and ${wanted} has to go there; move it away.`,
  );
}

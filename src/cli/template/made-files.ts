import { chmod, readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import type { UnitFile } from "../../write/index.ts";
import { isFolder } from "./installed-package.ts";

/** Files that a template has made. */
export interface MadeFiles {
  readonly files: readonly UnitFile[];
  /** Those of them that are programs. */
  readonly executable: readonly string[];
}

/** Reads what lies in a folder; what is no regular file is passed over. */
export async function madeFiles(folder: string): Promise<MadeFiles> {
  const entries = isFolder(folder) ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
  const files: UnitFile[] = [];
  const executable: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).replaceAll("\\", "/");
    files.push({ path, text: await readFile(file) });
    if (((await stat(file)).mode & 0o111) !== 0) executable.push(path);
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, executable };
}

/** Lets whoever may read these files run them. */
export async function makeExecutable(folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const file = join(folder, path);
    const { mode } = await stat(file);
    await chmod(file, mode | ((mode & 0o444) >> 2));
  }
}

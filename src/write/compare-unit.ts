import { lstat, realpath } from "node:fs/promises";
import { join } from "node:path";
import { MANIFEST_NAME, manifestText, readManifest } from "./manifest.ts";
import { assertFiles, assertFolder, staysInside } from "./output-path.ts";
import { orphanedFiles, ownedFiles } from "./owned-files.ts";
import { readRegularFile } from "./read-regular-file.ts";
import type { Unit, UnitFile } from "./unit.ts";

/** `missing`: not there. `changed`: other bytes. `orphaned`: the manifest there owns it, and it is no longer made. */
export type CompareReason = "missing" | "changed" | "orphaned";

export interface StaleFile {
  /** Relative to the output folder, `/` separators. */
  readonly path: string;
  readonly reason: CompareReason;
}

/**
 * What `writeUnit` would change, without changing it: the manifest is compared like any other file, and none of its
 * hashes is trusted. Bytes are bytes: a file with CRLF line ends is `changed`.
 * @returns stale files sorted by path; empty where the unit is as it should be.
 * @throws WriteError `unsafe-path`, as `writeUnit` does.
 */
export async function compareUnit(outDir: string, unit: Unit): Promise<StaleFile[]> {
  assertFolder(unit.folder);
  assertFiles(unit.files);
  const files = [...unit.files, { path: MANIFEST_NAME, text: manifestText(unit) }];
  const stale: StaleFile[] = [];
  const add = (path: string, reason: CompareReason) => stale.push({ path: `${unit.folder}/${path}`, reason });

  const outReal = await realpath(outDir).catch(() => null);
  if (outReal === null) {
    for (const { path } of files) add(path, "missing");
  } else {
    const folder = join(outReal, unit.folder);
    for (const { path, text } of files) {
      const reason = await staleReason(outReal, `${unit.folder}/${path}`, text);
      if (reason !== null) add(path, reason);
    }
    const made = unit.files.map(({ path }) => path);
    const owned = await ownedFiles(outReal, unit.folder, readManifest(join(folder, MANIFEST_NAME)));
    for (const path of await orphanedFiles(folder, owned, made)) add(path, "orphaned");
  }
  return stale.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function staleReason(outReal: string, path: string, text: UnitFile["text"]): Promise<CompareReason | null> {
  // What is reached through a link out of the output folder is not our output, whatever is in it.
  if (!(await staysInside(outReal, path))) return "changed";
  const file = join(outReal, path);
  if ((await lstat(file).catch(() => null)) === null) return "missing";
  const bytes = await readRegularFile(file);
  return bytes?.equals(Buffer.from(text)) === true ? null : "changed";
}

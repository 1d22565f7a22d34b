import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { entryAddress } from "./entry-address.ts";
import { filesOfRevision } from "./git-repository.ts";
import { createSourceReader } from "./source-reader.ts";

/** More is a whole disk, or a mistake. */
const FILES_MAX = 50_000;

/** A folder that somebody named instead of a document. */
export interface Folder {
  /** Every file in it, relative to it, with `/` separators, sorted by code unit. */
  readonly files: readonly string[];
  /** There are more than anybody would list. */
  readonly isCut: boolean;
  /** What a file of it is called as an entry: a path or `REV:path`. */
  readonly entryOf: (file: string) => string;
  /** Null for a folder of a git revision. */
  readonly path: string | null;
}

/**
 * Looks whether a name is that of a folder, of the file system or (`REV:folder`) of a git revision. Hidden folders and
 * `node_modules` are not looked into, and links to folders are not followed.
 * @returns null where it is anything else, or nothing: reading it as a document will tell.
 */
export async function findFolder(name: string, { cwd }: { readonly cwd: string }): Promise<Folder | null> {
  const address = await entryAddress(name, cwd, createSourceReader({ cwd }));
  switch (address.kind) {
    case "url":
      return null;
    case "path": {
      const stats = await stat(address.path).catch(() => null);
      if (stats?.isDirectory() !== true) return null;
      const files: string[] = [];
      await walk(address.path, "", files);
      const isCut = files.length >= FILES_MAX;
      return {
        files: files.sort(),
        isCut,
        entryOf: (file) => join(name, file).replaceAll("\\", "/"),
        path: address.path,
      };
    }
    case "git": {
      const { revision, path } = address;
      const listed = await filesOfRevision(revision, path, cwd);
      if ("reason" in listed || listed.files.length === 0) return null;
      const prefix = path === "." ? "" : `${path}/`;
      const files = listed.files.filter((file) => !file.split("/").slice(0, -1).some(isSkipped)).sort();
      return { files, isCut: false, entryOf: (file) => `${revision}:${prefix}${file}`, path: null };
    }
    default:
      return address satisfies never;
  }
}

async function walk(folder: string, prefix: string, files: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (files.length >= FILES_MAX) return;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isSkipped(entry.name)) await walk(path, `${prefix}${entry.name}/`, files);
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) {
      files.push(`${prefix}${entry.name}`);
    }
  }
}

function isSkipped(folder: string): boolean {
  return folder.startsWith(".") || folder === "node_modules";
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true;
}

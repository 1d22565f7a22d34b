import { existsSync } from "node:fs";
import { posix, relative, resolve } from "node:path";
import { type Config, contractId, documentsAmong, documentsInFolder, isNamedDocument } from "../../config/index.ts";
import { quote } from "../../diagnostics/index.ts";
import { findFolder, repository } from "../../pipeline.ts";
import { UsageError } from "../context.ts";
import { matchDocuments, type NamedDocument, type Pair } from "./pairs.ts";

/** What is compared with a revision: the documents that were named, or all of the project's. */
export interface WorkingDocuments {
  readonly paths: readonly string[];
  readonly all: boolean;
  readonly config: Config | null;
}

/**
 * Documents of the working folder against the same ones of a git revision. Of a project, those that the revision has and the
 * working folder no longer are compared too, with nothing.
 */
export async function pairsWithBase(
  base: string,
  { paths, all, config }: WorkingDocuments,
  cwd: string,
): Promise<readonly Pair[]> {
  const { folderInRepository, filesOfRevision, renamedFrom } = await repository();
  const prefix = await folderInRepository(cwd);
  const listed = await filesOfRevision(base, ".", cwd);
  if ("reason" in listed || prefix === null) {
    const { reason, similar } = "reason" in listed ? listed : { reason: "the working folder is in no git repository" };
    throw new UsageError(
      `The revision ${quote(base)} cannot be read from git: ${reason}.`,
      similar === undefined
        ? "in CI the history may have to be fetched (actions/checkout with fetch-depth: 0)"
        : `did you mean ${quote(similar)}?`,
    );
  }
  const there = new Set(listed.files);
  const named = (path: string, { document = path, mayBeOther = false } = {}): NamedDocument => ({
    name: path,
    key: contractId(path, cwd),
    id: contractId(path, cwd),
    document: { path: document, mayBeOther, folder: null },
  });
  const ofBase = (path: string, { was = posix.join(prefix, path), mayBeOther = false } = {}): NamedDocument =>
    named(path, { document: `${base}:${was}`, mayBeOther });

  if (all) {
    const before = documentsAmong(
      listed.files.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length)),
      config,
    );
    return matchDocuments(
      before.map((path) => ofBase(path)),
      paths.map((path) => named(path)),
    );
  }
  const before: NamedDocument[] = [];
  const after: NamedDocument[] = [];
  for (const path of paths) {
    const folder = await folderOf(path, cwd);
    if (folder !== null) {
      const within = posix.join(prefix, folder.path === "" ? "." : folder.path, "/").replace(/^\.\//, "");
      const old = listed.files.filter((file) => file.startsWith(within)).map((file) => file.slice(within.length));
      const found = (file: string) => [posix.join(folder.path, file), { mayBeOther: !isNamedDocument(file) }] as const;
      before.push(...documentsInFolder(old).map((file) => ofBase(...found(file))));
      after.push(...documentsInFolder(folder.files).map((file) => named(...found(file))));
      continue;
    }
    const file = fileOf(path, cwd);
    const was = posix.join(prefix, file);
    const isThere = there.has(was);
    const old = isThere ? was : await renamedFrom(base, was, cwd);
    // One that is neither here nor there is a slip of the pen, and reading it says so.
    if (existsSync(resolve(cwd, file)) || old === null) after.push(named(file, { document: path }));
    if (old !== null) before.push(ofBase(file, { was: old }));
  }
  return matchDocuments(before, after);
}

/** A folder of the working folder, seen from there; null where the name is no folder's. */
async function folderOf(path: string, cwd: string): Promise<{ path: string; files: readonly string[] } | null> {
  const folder = existsSync(resolve(cwd, path)) ? await findFolder(path, { cwd }) : null;
  if (folder === null) return null;
  return { path: relative(cwd, resolve(cwd, path)).replaceAll("\\", "/"), files: folder.files };
}

/** A path seen from the working folder, with `/` separators. */
function fileOf(path: string, cwd: string): string {
  const isFile = existsSync(resolve(cwd, path));
  if (!isFile && /^https?:\/\//i.test(path)) {
    throw new UsageError(`--base compares documents of the working folder, and ${quote(path)} is an address.`);
  }
  if (!isFile && /^[^:]{2,}:./.test(path)) {
    throw new UsageError(
      `--base compares documents of the working folder, and ${quote(path)} is of a revision.`,
      "leave --base out, and name both sides",
    );
  }
  return relative(cwd, resolve(cwd, path)).replaceAll("\\", "/");
}

import { createHash, randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, stat, symlink, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, sep } from "node:path";
import type { Generator } from "./find-generator.ts";
import type { Template } from "./find-template.ts";
import { isFolder } from "./installed-package.ts";

/** A copy of a template to run in place of it. */
export interface CompiledTemplate {
  readonly folder: string;
  /** Whether the generator still has to compile it: seconds, for large ones. */
  readonly compile: boolean;
  /** Keeps what was compiled for the next run; only after one that went well. */
  readonly keep: () => Promise<void>;
  /** Removes what is not kept. */
  readonly discard: () => Promise<void>;
}

/** What a package folder holds beside the template itself; the compiled code that a package brings is bound to where it was made. */
const LEFT_OUT = new Set(["__transpiled", "node_modules", ".git", ".hg", ".svn"]);
/** Of one project; whoever writes a template leaves one behind with each change. */
const KEPT_MAX = 8;

/**
 * The generator compiles a template into the template's own folder, which may be under version control, be read-only, or
 * be compiled by another run at the same time. So a copy is run: one that was compiled earlier from the same files for the
 * same generator, else a new one. It lies where the template's modules find the same packages as from their own place; where
 * that cannot be, in a temporary folder, and nothing is kept.
 */
export async function compiledTemplate(template: Template, generator: Generator): Promise<CompiledTemplate> {
  const cache = cacheFolder(template);
  const kept = cache === null ? null : join(cache, await fingerprint(template, generator));
  if (kept !== null && isFolder(join(kept, "__transpiled"))) {
    const now = new Date();
    await utimes(kept, now, now).catch(() => {});
    return { folder: kept, compile: false, keep: async () => {}, discard: async () => {} };
  }
  const folder = await newFolder(cache);
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    await copy(template.folder, folder);
  } catch (error) {
    await discard();
    throw error;
  }
  const keep = async () => {
    if (kept === null || dirname(folder) !== cache) return;
    // Where another run was faster, its copy is as good.
    await rename(folder, kept).catch(() => {});
    await removeOldest(cache);
  };
  return { folder, compile: true, keep, discard };
}

/** In the nearest `node_modules` above the template, where tools keep such things; null where there is none. */
function cacheFolder({ folder }: Template): string | null {
  for (let above = dirname(folder); ; above = dirname(above)) {
    const modules = basename(above) === "node_modules" ? above : join(above, "node_modules");
    if (isFolder(modules)) return join(modules, ".cache", "hookbook", "templates");
    if (dirname(above) === above) return null;
  }
}

async function newFolder(cache: string | null): Promise<string> {
  if (cache !== null) {
    const folder = join(cache, `.${randomBytes(6).toString("hex")}`);
    const made = await mkdir(folder, { recursive: true }).catch(() => null);
    if (made !== null) return folder;
  }
  return mkdtemp(join(tmpdir(), "hookbook-template-"));
}

async function copy(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: false, filter: (path) => !isLeftOut(relative(from, path)) });
  const modules = join(from, "node_modules");
  if (isFolder(modules)) await symlink(modules, join(to, "node_modules"), "junction");
}

function isLeftOut(path: string): boolean {
  return path.split(sep).some((segment) => LEFT_OUT.has(segment));
}

/** Of everything that decides what the compiled code is: the template's files, and where the generator's packages are. */
async function fingerprint({ folder }: Template, generator: Generator): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([folder, generator.folder, generator.version]));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isLeftOut(relative(folder, path)))
    .sort();
  for (const path of paths) {
    const bytes = await readFile(path).catch(async () => Buffer.from(await readlink(path).catch(() => "")));
    hash.update(`\0${relative(folder, path)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex").slice(0, 32);
}

async function removeOldest(cache: string): Promise<void> {
  const names = (await readdir(cache)).filter((name) => !name.startsWith("."));
  const times = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(join(cache, name)).catch(() => null))?.mtimeMs ?? 0 })),
  );
  const old = times.sort((a, b) => b.time - a.time).slice(KEPT_MAX);
  for (const { name } of old) await rm(join(cache, name), { recursive: true, force: true });
}

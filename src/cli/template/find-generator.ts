import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { UsageError } from "../context.ts";
import { type InstalledPackage, installedPackage, moduleFolders } from "./installed-package.ts";

const NAME = "@asyncapi/generator";
/** Older ones have another interface for templates, and read no AsyncAPI 3. */
const MAJOR_MIN = 2;

/** AsyncAPI Generator as it is installed. */
export interface Generator extends InstalledPackage {
  /** The file that `require` would take. */
  readonly entry: string;
  /** Folders that its process looks for packages in when it finds them nowhere else. */
  readonly fallbackModules: readonly string[];
}

/**
 * Looks for AsyncAPI Generator where the command is run, then beside Hookbook itself. It is heavy, so whoever wants it
 * installs it.
 * @throws UsageError where it is not installed, or too old.
 */
export function findGenerator(cwd: string): Generator {
  const found = installedPackage(NAME, cwd) ?? installedPackage(NAME, import.meta.dirname);
  if (found === null) {
    throw new UsageError(
      `${NAME} is not installed: templates are run by it, and Hookbook does not bring it.`,
      `npm install --save-dev ${NAME} npm`,
    );
  }
  const major = Number.parseInt(found.version, 10);
  if (major < MAJOR_MIN) {
    throw new UsageError(
      `${NAME} ${found.version} is installed, which is too old: templates need ${MAJOR_MIN} or newer.`,
      `npm install --save-dev ${NAME}@latest npm`,
    );
  }
  // Its own dependencies are where its real folder is; with pnpm, say, that is somewhere else.
  const folder = realpathSync(found.folder);
  return { ...found, folder, entry: entryOf(folder), fallbackModules: [...moduleFolders(folder), ...npmFolders()] };
}

function entryOf(folder: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve(folder);
  } catch {
    throw new UsageError(
      `${NAME} is installed in ${folder}, and cannot be loaded: a part of it is missing.`,
      REINSTALL,
    );
  }
}

const REINSTALL = "delete node_modules and install again";

/**
 * The folders in which npm itself lies. The generator fails when it is loaded unless it finds npm, and it does not find one
 * that came with another Node than the one that runs, nor one that is on the PATH.
 */
function npmFolders(): readonly string[] {
  const { PATH = "", npm_execpath = "" } = process.env;
  const onPath = PATH.split(delimiter).map((folder) => join(folder, "npm"));
  const found = [npm_execpath, ...onPath].flatMap((path) => {
    if (path === "" || !existsSync(path)) return [];
    // …/node_modules/npm/bin/npm-cli.js
    const modules = dirname(dirname(dirname(realpathSync(path))));
    return existsSync(join(modules, "npm", "package.json")) ? [modules] : [];
  });
  return [...new Set(found)];
}

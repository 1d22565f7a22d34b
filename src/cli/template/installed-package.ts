import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** A package that is installed, or a folder that looks like one. */
export interface InstalledPackage {
  /** Absolute. */
  readonly folder: string;
  /** What its `package.json` says of itself; as given where it says nothing. */
  readonly name: string;
  readonly version: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** Looks for a package as a module in `from` would find it, even if it has no entry; nothing of it is run. */
export function installedPackage(name: string, from: string): InstalledPackage | null {
  for (const modules of moduleFolders(from)) {
    const found = packageAt(join(modules, name), name);
    if (found !== null) return found;
  }
  return null;
}

/** The `node_modules` folders that a module in `from` looks into, nearest first, whether they are there or not. */
export function moduleFolders(from: string): readonly string[] {
  return createRequire(join(from, "module.js")).resolve.paths("package") ?? [];
}

/** @returns null where there is no `package.json`, or none that can be read. */
export function packageAt(folder: string, name: string): InstalledPackage | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (typeof manifest !== "object" || manifest === null || Array.isArray(manifest)) return null;
    const facts: Readonly<Record<string, unknown>> = { ...manifest };
    return {
      folder,
      name: typeof facts["name"] === "string" ? facts["name"] : name,
      version: typeof facts["version"] === "string" ? facts["version"] : "0.0.0",
      manifest: facts,
    };
  } catch {
    return null;
  }
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

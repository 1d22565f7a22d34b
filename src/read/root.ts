import { dirname, resolve } from "node:path";
import { type Address, formatAddress, isInFolder } from "./address.ts";
import type { SourceReader } from "./source-reader.ts";

/** The folder that references may not leave. */
export interface Root {
  /** As people are told it. */
  readonly name: string;
  /** True where the address lies in the folder, with symbolic links followed too. URLs are another question. */
  readonly allows: (address: Address) => Promise<boolean>;
}

/**
 * Finds the root of a description. Files of a git revision are held to it as if they lay in the working tree; they have no
 * symbolic links to follow.
 */
export async function createRoot(options: {
  readonly entry: Address;
  readonly cwd: string;
  /** Relative to `cwd`. */
  readonly root: string | undefined;
  readonly reader: SourceReader;
}): Promise<Root> {
  const { entry, cwd, reader } = options;
  const top = entry.kind === "git" ? ((await reader.gitTop()) ?? cwd) : cwd;
  const pathOf = (address: Address): string | null =>
    address.kind === "path" ? address.path : address.kind === "git" ? resolve(top, address.path) : null;

  const entryPath = pathOf(entry);
  const isInCwd = entryPath === null || isInFolder(entryPath, cwd);
  const folder = options.root === undefined ? (isInCwd ? cwd : dirname(entryPath)) : resolve(cwd, options.root);
  const realFolder = await reader.realpath(folder);
  return {
    name: formatAddress({ kind: "path", path: folder }, cwd),
    allows: async (address) => {
      const path = pathOf(address);
      if (path === null) return true;
      if (!isInFolder(path, folder)) return false;
      return address.kind === "git" || isInFolder(await reader.realpath(path), realFolder);
    },
  };
}

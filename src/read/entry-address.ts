import { resolve } from "node:path";
import { type Address, formatAddress, resolveAddress } from "./address.ts";
import { splitRevision } from "./git-reader.ts";
import type { SourceReader } from "./source-reader.ts";

/**
 * Where a document or folder is that somebody named.
 * @param entryPath  a path relative to `cwd`, `REV:path`, or a URL. A file that exists under the whole name is that file.
 */
export async function entryAddress(entryPath: string, cwd: string, reader: SourceReader): Promise<Address> {
  const asUrl = resolveAddress(entryPath, { kind: "path", path: resolve(cwd, "entry") });
  if (asUrl?.kind === "url") return asUrl;
  const path = resolve(cwd, entryPath);
  const revision = splitRevision(entryPath);
  if (revision === null || (await reader.exists(path))) return { kind: "path", path };
  // As git has it: from the top of the repository, or from the working folder where it begins with ./ or ../
  const { path: within } = revision;
  if (!/^\.\.?\//.test(within)) return gitAddress(revision.revision, within);
  const top = await reader.gitTop();
  if (top === null) return gitAddress(revision.revision, within);
  return gitAddress(revision.revision, formatAddress({ kind: "path", path: resolve(cwd, within) }, top));
}

function gitAddress(revision: string, path: string): Address {
  const clean = formatAddress({ kind: "path", path: resolve("/", path) }, resolve("/"));
  return { kind: "git", revision, path: path.startsWith("../") ? path : clean };
}

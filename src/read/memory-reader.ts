import { resolve } from "node:path";
import { type Address, formatAddress } from "./address.ts";
import type { SourceReader } from "./source-reader.ts";

/**
 * A reader that holds its documents in memory: for tests, and for callers that have the text already.
 * @param files  text or bytes by file as in `SourceLocation.file`: a path relative to `cwd`, a URL, or `REV:path`.
 */
export function createMemoryReader(
  files: Readonly<Record<string, string | Uint8Array>>,
  { cwd }: { readonly cwd: string },
): SourceReader {
  const contents = new Map(
    Object.entries(files).map(([file, content]) => [
      file,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    ]),
  );
  const find = (address: Address) => contents.get(formatAddress(address, cwd));
  return {
    read: async (address, bytesMax) => {
      const bytes = find(address);
      if (bytes === undefined) return { failure: { kind: "not-found" } };
      return bytes.byteLength > bytesMax ? { failure: { kind: "too-large" } } : { bytes };
    },
    exists: async (path) => find({ kind: "path", path }) !== undefined,
    realpath: async (path) => resolve(path),
    gitTop: async () => cwd,
  };
}

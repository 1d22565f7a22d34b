import { posix } from "node:path";
import { gitTop } from "./git.ts";
import { createGitFacts, type GitFacts } from "./git-facts.ts";
import { type GitObject, type GitObjects, openGitObjects } from "./git-objects.ts";
import { createSourceReader, type ReadOutcome, type SourceReader } from "./source-reader.ts";

/** Reads many revisions of a repository. */
export interface HistoryReader extends SourceReader {
  readonly facts: GitFacts;
  readonly close: () => void;
}

/**
 * A reader for revisions that are given as hashes of commits, as a history lists them. It finds what `createSourceReader` finds,
 * with one process in place of four a file.
 */
export function createHistoryReader({ cwd }: { readonly cwd: string }): HistoryReader {
  const objects = openGitObjects(cwd);
  const other = createSourceReader({ cwd });
  let top: Promise<string | null> | undefined;
  return {
    ...other,
    read: (address, bytesMax) =>
      address.kind === "git" && /^[0-9a-f]{7,64}$/.test(address.revision)
        ? readObject(objects, address, bytesMax)
        : other.read(address, bytesMax),
    gitTop: () => {
      top ??= gitTop(cwd);
      return top;
    },
    facts: createGitFacts(cwd),
    close: objects.close,
  };
}

/** What a folder holds is some thousand names. */
const FOLDER_BYTES_MAX = 64 * 1024 * 1024;
const FAILED: ReadOutcome = { failure: { kind: "revision", reason: "git could not read it" } };
const NOT_FOUND: ReadOutcome = { failure: { kind: "not-found" } };

async function readObject(
  objects: GitObjects,
  { revision, path }: { readonly revision: string; readonly path: string },
  bytesMax: number,
): Promise<ReadOutcome> {
  const name = posix.basename(path);
  const above = posix.dirname(path);
  if (name === "" || path.startsWith("../") || path.startsWith("/")) return NOT_FOUND;
  const folder = await objects.read(`${revision}^{tree}${above === "." ? "" : `:${above}`}`, FOLDER_BYTES_MAX);
  if (folder === "failed" || folder === "too-large") return FAILED;
  if (folder === "missing" || folder.type !== "tree") return NOT_FOUND;
  const entry = entryOf(folder, name);
  if (entry === null) return NOT_FOUND;
  const { mode, hash } = entry;
  if (mode === "40000") return { failure: { kind: "folder" } };
  if (mode === "120000") return { failure: { kind: "not-readable", reason: "it is a symbolic link" } };
  if (mode === "160000") return { failure: { kind: "not-readable", reason: "it is a commit" } };
  const found = await objects.read(hash, bytesMax);
  if (found === "too-large") return { failure: { kind: "too-large" } };
  if (found === "missing" || found === "failed") return FAILED;
  return { bytes: found.bytes };
}

/** The entry of a tree as git stores it: `<mode> <name>\0<hash>`, the hash as bytes, one after the other. */
function entryOf(
  { hash, bytes: tree }: GitObject,
  name: string,
): { readonly mode: string; readonly hash: string } | null {
  const wanted = Buffer.from(name);
  // A repository has hashes of one length.
  const hashBytes = hash.length / 2;
  for (let at = 0; at < tree.length; ) {
    const space = tree.indexOf(0x20, at);
    const end = tree.indexOf(0, space);
    if (space < 0 || end < 0) return null;
    const next = end + 1 + hashBytes;
    if (tree.subarray(space + 1, end).equals(wanted))
      return { mode: tree.toString("latin1", at, space), hash: tree.toString("hex", end + 1, next) };
    at = next;
  }
  return null;
}

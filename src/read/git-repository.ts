import { git, type ResolvedRevision, resolveRevision } from "./git.ts";

/** Lists of names may grow to this; a repository of a million files has less. */
const LIST_BYTES_MAX = 256 * 1024 * 1024;

/**
 * Every file of a revision below a folder.
 * @param folder  from the top of the repository; `"."` is the top.
 * @returns paths relative to the folder, or why there are none. A folder that is not there, and a file, have none.
 */
export async function filesOfRevision(
  revision: string,
  folder: string,
  cwd: string,
): Promise<{ readonly files: readonly string[] } | Exclude<ResolvedRevision, { hash: string }>> {
  const tree = await resolveRevision(revision, "tree", cwd);
  if ("reason" in tree) return tree;
  const within = folder === "." ? [] : ["--", `${folder}/`];
  const listed = await git(
    ["ls-tree", "-r", "-z", "--full-tree", "--name-only", tree.hash, ...within],
    cwd,
    LIST_BYTES_MAX,
  );
  if (!listed.ok) return { reason: "git could not list its files" };
  const start = folder === "." ? 0 : folder.length + 1;
  const paths = listed.stdout.toString("utf8").split("\0").filter(Boolean);
  return { files: paths.map((path) => path.slice(start)) };
}

/**
 * Which file of a revision became one of the working tree, where git takes it for renamed.
 * @param path  from the top of the repository.
 */
export async function renamedFrom(revision: string, path: string, cwd: string): Promise<string | null> {
  const commit = await resolveRevision(revision, "tree", cwd);
  if ("reason" in commit) return null;
  const options = ["--no-ext-diff", "--no-textconv", "--no-color", "-M", "--name-status", "--diff-filter=R", "-z"];
  const changed = await git(["diff", ...options, commit.hash, "--"], cwd, LIST_BYTES_MAX);
  if (!changed.ok) return null;
  const fields = changed.stdout.toString("utf8").split("\0");
  for (let index = 0; index + 2 < fields.length; index += 3) {
    if (fields[index + 2] === path) return fields[index + 1] ?? null;
  }
  return null;
}

/** The working folder as seen from the top of its repository: `""` or `specs/orders/`; null outside of one. */
export async function folderInRepository(cwd: string): Promise<string | null> {
  const prefix = await git(["rev-parse", "--show-prefix"], cwd, 65_536);
  return prefix.ok ? prefix.stdout.toString("utf8").replace(/\n$/, "") : null;
}

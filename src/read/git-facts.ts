import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { git, type ResolvedRevision, resolveRevision } from "./git.ts";

/** What git tells of a commit may grow to this. */
const BYTES_MAX = 64 * 1024 * 1024;

/** A commit, and the repository that has it. */
export interface Checkout {
  readonly hash: string;
  /** The top folder of the repository. */
  readonly top: string;
  /** The clone has only the newest part of the history. */
  readonly isShallow: boolean;
}

/** What is true of a whole repository: asked of git once, however many documents in it have a history. */
export interface GitFacts {
  readonly checkout: (revision: string) => Promise<Checkout | Exclude<ResolvedRevision, { readonly hash: string }>>;
  /** What a file was called before a commit that added it; null where it is new. */
  readonly nameBefore: (commit: string, path: string) => Promise<string | null>;
}

export function createGitFacts(cwd: string): GitFacts {
  const checkouts = new Map<string, ReturnType<GitFacts["checkout"]>>();
  const renames = new Map<string, Promise<ReadonlyMap<string, string>>>();
  return {
    checkout: (revision) => once(checkouts, revision, () => findCheckout(revision, cwd)),
    nameBefore: async (commit, path) => (await once(renames, commit, () => renamesIn(commit, cwd))).get(path) ?? null,
  };
}

function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const answer = known.get(key) ?? ask();
  known.set(key, answer);
  return answer;
}

async function findCheckout(revision: string, cwd: string): ReturnType<GitFacts["checkout"]> {
  if (!mayHaveRepository(cwd)) return { reason: "the working folder is in no git repository" };
  if (!revision.startsWith("-")) {
    // Not --show-toplevel: that follows symbolic links, and paths below `cwd` would then no longer compare.
    const asked = ["--show-cdup", "--is-shallow-repository", "--verify", "--quiet", `${revision}^{commit}`];
    const found = await git(["rev-parse", ...asked], cwd, 65_536);
    const [up = "", shallow, hash] = found.stdout.toString("utf8").split("\n");
    if (found.ok && hash !== undefined) return { hash, top: resolve(cwd, up), isShallow: shallow === "true" };
  }
  const why = await resolveRevision(revision, "commit", cwd);
  return "reason" in why ? why : { reason: "the working folder is in no git repository" };
}

/** Whether it is worth while to ask git: starting it only to hear that there is no repository takes longer than to look. */
function mayHaveRepository(cwd: string): boolean {
  if (process.env["GIT_DIR"] !== undefined) return true;
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git")) || existsSync(join(folder, "HEAD"))) return true;
    if (dirname(folder) === folder) return false;
  }
}

/** New names of a commit with the old ones. */
async function renamesIn(commit: string, cwd: string): Promise<ReadonlyMap<string, string>> {
  const options = [
    "-r",
    "-z",
    "-M",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
    "--name-status",
    "--diff-filter=R",
  ];
  const changed = await git(["diff-tree", ...options, `${commit}^1`, commit], cwd, BYTES_MAX);
  const names = new Map<string, string>();
  if (!changed.ok) return names;
  const fields = changed.stdout.toString("utf8").split("\0");
  for (let index = 0; index + 2 < fields.length; index += 3) {
    const [before, after] = [fields[index + 1], fields[index + 2]];
    if (before !== undefined && after !== undefined) names.set(after, before);
  }
  return names;
}

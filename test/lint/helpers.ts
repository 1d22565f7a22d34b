import { type DiagnosticJson, toJson } from "../../src/diagnostics/index.ts";
import { lint } from "../../src/lint/index.ts";
import type { Diagnostic, Locate } from "../../src/model/index.ts";
import { normalize } from "../../src/normalize/index.ts";
import { usablePattern } from "../../src/patterns/usable-pattern.ts";
import { type LoadedContract, lintContract } from "../../src/pipeline.ts";
import { createMemoryReader, readDocuments } from "../../src/read/index.ts";
import { resolveDocuments } from "../../src/resolve/index.ts";

type Files = Readonly<Record<string, string>>;

/** What `lint` finds beside what reading and the specification's own rules find, in files that are only in memory. */
export async function findingsIn(files: Files): Promise<readonly DiagnosticJson[]> {
  const { loaded, locate } = await load(files);
  const diagnostics = await lintContract(loaded, (_, work) => work());
  return diagnostics.map((diagnostic) => toJson(diagnostic, locate));
}

/** The same, and what making the contract has found. */
export async function allFindingsIn(files: Files): Promise<readonly DiagnosticJson[]> {
  const { loaded, locate } = await load(files);
  const diagnostics = await lintContract(loaded, (_, work) => work());
  return [...loaded.diagnostics, ...diagnostics].map((diagnostic) => toJson(diagnostic, locate));
}

/** What the rules alone find, without a validator being made. */
export async function ruleFindingsIn(files: Files): Promise<readonly DiagnosticJson[]> {
  const { loaded, locate } = await load(files);
  const diagnostics = lint(loaded.contract, {
    ...loaded,
    usablePattern: (pattern) => usablePattern(pattern).source,
    matchesFormat: () => false,
  });
  return diagnostics.map((diagnostic) => toJson(diagnostic, locate));
}

interface Loaded {
  readonly loaded: LoadedContract & { readonly diagnostics: readonly Diagnostic[] };
  readonly locate: Locate;
}

async function load(files: Files): Promise<Loaded> {
  const reader = createMemoryReader(files, { cwd: "/w" });
  const read = await readDocuments(Object.keys(files)[0] ?? "", { cwd: "/w", reader });
  if (read.value === null) throw new Error(read.diagnostics.map(({ message }) => message).join("\n"));
  const set = resolveDocuments(read.value);
  const { value: contract, ...places } = normalize(set, { id: "case" });
  return { loaded: { contract, set, ...places }, locate: read.locate };
}

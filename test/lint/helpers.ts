import { type DiagnosticJson, toJson } from "../../src/diagnostics/index.ts";
import { normalize } from "../../src/normalize/index.ts";
import { lintContract } from "../../src/pipeline.ts";
import { createMemoryReader, readDocuments } from "../../src/read/index.ts";
import { resolveDocuments } from "../../src/resolve/index.ts";

/** What `lint` finds beside what reading and the specification's own rules find, in files that are only in memory. */
export async function findingsIn(files: Readonly<Record<string, string>>): Promise<readonly DiagnosticJson[]> {
  const reader = createMemoryReader(files, { cwd: "/w" });
  const read = await readDocuments(Object.keys(files)[0] ?? "", { cwd: "/w", reader });
  if (read.value === null) throw new Error(read.diagnostics.map(({ message }) => message).join("\n"));
  const set = resolveDocuments(read.value);
  const { value: contract, ...places } = normalize(set, { id: "case" });
  return (await lintContract({ contract, set, ...places }, (_, work) => work())).map((diagnostic) =>
    toJson(diagnostic, read.locate),
  );
}

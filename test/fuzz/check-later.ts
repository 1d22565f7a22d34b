import ts from "typescript";
import { within } from "../../src/cli/within.ts";
import {
  checkDocument,
  type ExportFormat,
  emitContractFiles,
  exportContract,
  type LoadedContract,
  type LoadResult,
  lintContract,
} from "../../src/pipeline.ts";
import { checkDiagnostics } from "./check-load.ts";
import type { FuzzInput } from "./make-input.ts";
import { type Problems, thrown } from "./problem.ts";

const FORMATS: readonly ExportFormat[] = ["asyncapi", "openapi", "json-schema"];

/** All that is made of a contract: checks, lint, generated files, exports. Says what must not have happened. */
export async function checkLaterStages(
  loaded: LoadedContract,
  { locate, sourceText }: LoadResult,
  input: FuzzInput,
  problems: Problems,
): Promise<void> {
  const { contract } = loaded;
  const before = JSON.stringify(contract);
  const stage = async (name: string, work: () => Promise<LoadResult["diagnostics"]>) => {
    try {
      checkDiagnostics({ diagnostics: await work(), locate, sourceText }, input, problems);
    } catch (error) {
      problems.list.push(thrown(name, error));
    }
  };
  await stage("check", () => checkDocument(loaded.set));
  await stage("lint", () => lintContract(loaded, within));
  await stage("emit", async () => {
    const { value: files, diagnostics } = await emitContractFiles(contract, {});
    const paths = files.map(({ path }) => path.toLowerCase());
    problems.expect(new Set(paths).size === paths.length, "two files have one path", () => paths.join(" "));
    for (const { path, text } of files) {
      problems.expect(/^[A-Za-z0-9_./-]+$/.test(path) && !path.includes(".."), "a path is not safe", path);
      const errors = path.endsWith(".json") ? jsonErrors(text) : syntaxErrors(path, text);
      problems.expect(errors.length === 0, `${kindOf(path)} is not well-formed`, () => `${path}: ${errors.join("; ")}`);
    }
    return diagnostics;
  });
  for (const to of FORMATS) {
    await stage(`export to ${to}`, async () => {
      const { value, diagnostics } = await exportContract(contract, { to, syntax: "yaml" });
      problems.expect(value.text !== "", "an export is empty", to);
      return diagnostics;
    });
  }
  problems.expect(JSON.stringify(contract) === before, "a stage changes the contract", () => before.slice(0, 500));
}

function kindOf(path: string): string {
  return path.replace(/^validators\/(?!shared).*?(\.d\.ts|\.js)$/, "a validator$1");
}

function jsonErrors(text: string): readonly string[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

/** The compiler keeps what its parser found at the source file, though its types do not say so. */
function syntaxErrors(path: string, text: string): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false) as unknown as {
    readonly parseDiagnostics: readonly ts.Diagnostic[];
  };
  return file.parseDiagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

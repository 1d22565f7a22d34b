import { catalog, type DiagnosticCode, formatDiagnostics, positionOf } from "../../src/diagnostics/index.ts";
import { parsePointer } from "../../src/json/index.ts";
import type { Diagnostic } from "../../src/model/index.ts";
import { type LoadResult, loadContract } from "../../src/pipeline.ts";
import { createMemoryReader } from "../../src/read/index.ts";
import { checkContract } from "./contract-invariants.ts";
import type { FuzzInput } from "./make-input.ts";
import { Problems, thrown } from "./problem.ts";

/** A working folder that no disk has. */
const CWD = "/w";

export interface Loaded {
  readonly result: LoadResult | null;
  readonly problems: Problems;
}

/**
 * Reads a description from memory, up to the contract, and says what must not have happened.
 * @param twice  read it again, and expect the same
 */
export async function checkLoad(input: FuzzInput, { twice }: { readonly twice: boolean }): Promise<Loaded> {
  const problems = new Problems();
  try {
    const result = await load(input);
    checkDiagnostics(result, input, problems);
    const { value } = result;
    if (value !== null) {
      const files = new Set([...value.set.documents.keys()]);
      checkContract(value.contract, files, problems);
    } else {
      const isSaid = result.diagnostics.some(({ severity }) => severity === "error");
      problems.expect(isSaid, "no contract, and no error says why", "");
    }
    if (twice) {
      const again = await load(input);
      problems.expect(textOf(again) === textOf(result), "reading twice gives two results", () =>
        textOf(again).slice(0, 500),
      );
    }
    return { result, problems };
  } catch (error) {
    problems.list.push(thrown("load", error));
    return { result: null, problems };
  }
}

function load({ entry, files, role }: FuzzInput): Promise<LoadResult> {
  const reader = createMemoryReader(files, { cwd: CWD });
  return loadContract(entry, { cwd: CWD, reader, id: "case", ...(role === undefined ? {} : { role }) });
}

function textOf({ value, diagnostics }: LoadResult): string {
  return JSON.stringify([value?.contract ?? null, diagnostics]);
}

/** What a finding of any stage must have: words from the catalogue, and a place that is there. */
export function checkDiagnostics(
  { diagnostics, locate, sourceText }: Pick<LoadResult, "diagnostics" | "locate" | "sourceText">,
  { entry }: FuzzInput,
  problems: Problems,
): void {
  for (const diagnostic of diagnostics) {
    const { code, severity, message, location } = diagnostic;
    const show = () => JSON.stringify(diagnostic).slice(0, 1_000);
    const isKnown = Object.hasOwn(catalog, code);
    problems.expect(isKnown, "a diagnostic is not in the catalogue", show);
    problems.expect(!isKnown || catalog[code as DiagnosticCode].severity === severity, "a severity is another's", show);
    problems.expect(/[^\s][.?]$/.test(message), `the message of ${code} is no sentence`, show);
    problems.expect(!/undefined|\[object |NaN/.test(withoutQuotes(message)), `the message of ${code} has a hole`, show);
    problems.expect(parsePointer(location.pointer) !== null, `the pointer of ${code} is none`, show);
    const text = sourceText(location.file) ?? (location.file === entry ? "" : undefined);
    // Bytes that are no text were read, but there is nothing to place anything in.
    problems.expect(text !== undefined || code === "not-utf-8", `the file of ${code} was not read`, show);
    if (text !== undefined) checkPosition(diagnostic, text, locate, problems);
  }
  const shown = formatDiagnostics(diagnostics, { locate, sourceText });
  problems.expect(isPrintable(shown), "a terminal is sent what controls it", () =>
    JSON.stringify(shown).slice(0, 1_000),
  );
}

function checkPosition(diagnostic: Diagnostic, text: string, locate: LoadResult["locate"], problems: Problems): void {
  const { line, column } = positionOf(diagnostic, locate);
  const lines = text.split("\n");
  const isInside =
    Number.isInteger(line) && Number.isInteger(column) && line >= 1 && column >= 1 && line <= lines.length;
  const isInLine = isInside && column <= (lines[line - 1] ?? "").length + 1;
  problems.expect(isInLine, `the position of ${diagnostic.code} is outside the text`, () =>
    JSON.stringify([diagnostic, { line, column, lines: lines.length }]).slice(0, 1_000),
  );
}

/** What a document says may hold any words. */
function withoutQuotes(message: string): string {
  return message.replace(/"[^"]*"/g, '""');
}

function isPrintable(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not be there
  return !/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(text);
}

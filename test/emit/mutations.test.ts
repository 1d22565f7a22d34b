import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { emitContractFiles } from "../../src/pipeline.ts";
import { contractOf } from "../normalize/helpers.ts";
import { mutatedDocuments } from "../normalize/mutated-documents.ts";

test("whatever a document holds, everything is emitted, and what is emitted is well-formed", async () => {
  await fc.assert(
    fc.asyncProperty(mutatedDocuments({ small: true }), async ({ file, value }) => {
      const { contract } = await contractOf({ [file]: value });
      const { value: files } = await emitContractFiles(contract, {});
      for (const { path, text } of files) {
        if (path.endsWith(".json")) JSON.parse(text);
        else expect(syntaxErrors(path, text), path).toEqual([]);
        expect(path).toMatch(/^[A-Za-z0-9_./-]+$/);
        expect(text).not.toContain("require(");
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);

/** The compiler keeps what its parser found at the source file, though its types do not say so. */
function syntaxErrors(path: string, text: string): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false) as unknown as {
    readonly parseDiagnostics: readonly ts.Diagnostic[];
  };
  return file.parseDiagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

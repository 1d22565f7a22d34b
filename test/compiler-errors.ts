import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/**
 * What the compiler says about all TypeScript files below a folder, in one program, under the strictest settings and with
 * no library but the language's.
 */
export function compilerErrors(root: string): readonly string[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
  const program = ts.createProgram(files, {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2022.d.ts"],
    types: [],
    noEmit: true,
  });
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const place = diagnostic.file === undefined ? "" : diagnostic.file.fileName.slice(root.length);
    return `${place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`;
  });
}

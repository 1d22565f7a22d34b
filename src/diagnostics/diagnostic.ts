import type { Diagnostic, Position, SourceLocation } from "../model/index.ts";
import { type CatalogEntry, catalog, type DiagnosticCode, type DiagnosticParams } from "./catalog.ts";

/**
 * Makes a diagnostic of the catalogue.
 * @param params    what the code's message tells; the catalogue gives the type.
 * @param location  the place to mend, as a pointer.
 * @param position  only where the pointer cannot say it: a syntax error, a duplicate key.
 */
export function diagnose<Code extends DiagnosticCode>(
  code: Code,
  params: DiagnosticParams<Code>,
  location: SourceLocation,
  position?: Position,
): Diagnostic {
  // The key ties code and parameters together, which TypeScript does not follow through an indexed access.
  const entry = catalog[code] as CatalogEntry<DiagnosticParams<Code>>;
  const hint = entry.hint?.(params);
  return {
    code,
    severity: entry.severity,
    message: entry.message(params),
    location: { file: location.file, pointer: location.pointer },
    ...(position === undefined ? {} : { position: { line: position.line, column: position.column } }),
    ...(hint === undefined ? {} : { hint }),
  };
}

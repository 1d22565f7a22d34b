export { type CatalogEntry, catalog, type DiagnosticCode, type DiagnosticParams, quote } from "./catalog.ts";
export { codeFrame } from "./code-frame.ts";
export { diagnose } from "./diagnostic.ts";
export { type FormatOptions, formatDiagnostic, formatDiagnostics } from "./format.ts";
export { junitXml, type TestCase } from "./junit.ts";
export {
  countSeverities,
  positionOf,
  type SeverityCounts,
  sortDiagnostics,
  uniqueDiagnostics,
  withoutRepeatedExamples,
} from "./list.ts";
export { editDistance, nearest } from "./nearest.ts";
export { type DiagnosticJson, type LocationJson, toJson } from "./to-json.ts";
export { escapeUnsafe, visible, visibleJson } from "./visible.ts";

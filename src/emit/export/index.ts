export { documentText } from "./document-text.ts";
export { type ExportFormat, type ExportOptions, exportDocument } from "./export-document.ts";

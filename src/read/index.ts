export type { Address } from "./address.ts";
export { detectFormat } from "./detect-format.ts";
export { limits } from "./limits.ts";
export { createLocate } from "./locate.ts";
export { createMemoryReader } from "./memory-reader.ts";
export { type ParseOptions, parseDocument } from "./parse-document.ts";
export { type ReadDocuments, type ReadOptions, type ReadResult, readDocuments } from "./read-documents.ts";
export {
  createSourceReader,
  type ReadFailure,
  type ReadOutcome,
  type SourceReader,
  type SourceReaderOptions,
} from "./source-reader.ts";

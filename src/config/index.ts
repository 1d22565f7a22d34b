export { assignContractIds, contractId, type IdentifiedDocument } from "./contract-id.ts";
export {
  type AcceptedChange,
  type Config,
  type DiffConfig,
  type DiffLevel,
  type DocsConfig,
  defineConfig,
  type RuleLevel,
} from "./define-config.ts";
export { documentsAmong, documentsInFolder, findDocuments, isNamedDocument } from "./find-documents.ts";
export { type LoadedConfig, loadConfig } from "./load-config.ts";

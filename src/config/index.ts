export { assignContractIds, contractId, type IdentifiedDocument } from "./contract-id.ts";
export { type Config, defineConfig, type RuleLevel } from "./define-config.ts";
export { findDocuments } from "./find-documents.ts";
export { type LoadedConfig, loadConfig } from "./load-config.ts";

/** The library's public names. The command `hookbook` is made of them. */
export { type ContractDecoder, createContractDecoder } from "./bridge/contract-decoder.ts";
export { createValueTests } from "./bridge/value-tests.ts";
export { type Config, defineConfig } from "./config/index.ts";
export type * from "./model/index.ts";
export {
  type CheckContext,
  type CheckedFile,
  type CheckReport,
  type CheckResult,
  type Coverage,
  checkPacts,
  coverageOf,
  documentedProperties,
  type EventRead,
  type Impact,
  impactOf,
  impactText,
  type PactReading,
  propertiesRead,
  readPact,
  type WebhookReferences,
  webhookReferences,
} from "./pact/static.ts";
export {
  checkAsyncApiRules,
  checkDocument,
  emitContractFiles,
  emitRuntimeFiles,
  endAsyncApiRules,
  type GenerateOptions,
  type LoadedContract,
  type LoadOptions,
  type LoadResult,
  loadContract,
} from "./pipeline.ts";
export { version } from "./version.ts";

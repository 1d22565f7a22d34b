/** What holds pacts against a document: only computation, without Pact itself. */
export {
  type CheckContext,
  type CheckedFile,
  type CheckReport,
  type CheckSummary,
  checkPacts,
  type Match,
  matchPacts,
} from "./check/check-pacts.ts";
export type { CheckResult } from "./check/results.ts";
export type { ValueTests } from "./check/value-tests.ts";
export { type Coverage, type CoverageSummary, coverageOf, type EventCoverage } from "./coverage.ts";
export { type ConsumerHit, type Impact, impactOf, impactText } from "./impact.ts";
export { documentedProperties, type EventRead, propertiesRead } from "./properties-read.ts";
export type { Expectation, PactProblem, ReadPact } from "./read/expectation.ts";
export { type PactReading, readPact } from "./read/read-pact.ts";
export {
  type NamedContract,
  type OpenApiReference,
  type WebhookReference,
  type WebhookReferences,
  webhookReferences,
  withReferences,
} from "./webhook-references.ts";

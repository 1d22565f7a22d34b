import type { DiagnosticCode } from "../diagnostics/index.ts";
import type {
  Contract,
  Diagnostic,
  DocumentSet,
  Json,
  Schema,
  Severity,
  SourceLocation,
  Webhook,
} from "../model/index.ts";
import type { SchemaSites } from "./schema-sites.ts";

/** One question asked of every contract. */
export interface LintRule {
  /** The code of its diagnostics. */
  readonly id: DiagnosticCode;
  /** As in the catalogue; a project may choose another level. */
  readonly severity: Severity;
  readonly check: (contract: Contract, tools: LintTools) => readonly Diagnostic[];
}

/** What rules work with beside the contract. */
export interface LintTools extends LintHost {
  /** Every schema of the contract. */
  readonly sites: SchemaSites;
  /** The string values that the contract's examples have at a schema, those written in the schema first; each once. */
  readonly exampleStrings: (schema: Schema) => readonly string[];
}

/** What the caller hands in: where things were written, and what only the runtime and the compiler know. */
export interface LintHost {
  /** The documents that the contract was read from. */
  readonly set: DocumentSet;
  /** Where a schema object of the contract was written; undefined for one that was put together when it was read. */
  readonly schemaSource: (schema: object) => SourceLocation | undefined;
  /** The operation or message that a webhook was read from. */
  readonly webhookOrigin: (webhook: Webhook) => SourceLocation;
  /** A `pattern` as validators use it, to be compiled with the `u` flag; null where no expression can be made of it. */
  readonly usablePattern: (pattern: string) => string | null;
  /** Whether a value keeps to a `format`; false for a format that is not known. */
  readonly matchesFormat: (format: string, value: Json) => boolean;
}

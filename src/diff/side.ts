import type { Contract, SourceLocation, Webhook } from "../model/index.ts";

/** One of the two contracts, and where its schemas were written. */
export interface DiffSide {
  readonly contract: Contract;
  /** Where a schema object of the contract was written; undefined for one that was put together when it was read. */
  readonly schemaSource: (schema: object) => SourceLocation | undefined;
  /** The operation or message that a webhook was read from. Default: the webhook's own place. */
  readonly webhookOrigin?: (webhook: Webhook) => SourceLocation;
}

import type { Change, Contract, SourceLocation, Webhook } from "../model/index.ts";

/** One of the two contracts, and where its schemas were written. */
export interface DiffSide {
  readonly contract: Contract;
  /** Where a schema object of the contract was written; undefined for one that was put together when it was read. */
  readonly schemaSource: (schema: object) => SourceLocation | undefined;
  /** The operation or message that a webhook was read from. Default: the webhook's own place. */
  readonly webhookOrigin?: (webhook: Webhook) => SourceLocation;
}

export interface DiffOptions {
  /** Report changed titles, descriptions, examples and tags as well. Default false. */
  readonly prose?: boolean;
}

/**
 * What changed between two contracts, judged for a receiver that was built from `base` and now gets what `revision` describes.
 * @returns each change of each webhook once, webhooks in the order of `revision`, those that are gone first
 */
export function diffContracts(
  { base, revision }: { readonly base: DiffSide; readonly revision: DiffSide },
  _options: DiffOptions = {},
): readonly Change[] {
  const kept = new Set(revision.contract.webhooks.map(({ name }) => name));
  return base.contract.webhooks
    .filter(({ name }) => !kept.has(name))
    .map(({ name, source }) => ({
      rule: "webhook-removed",
      level: "breaking",
      webhook: name,
      in: "webhook",
      pointer: "",
      message: "The webhook is no longer sent.",
      cause: `webhook-removed ${name}`,
      base: source,
      revision: null,
    }));
}

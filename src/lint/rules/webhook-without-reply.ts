import { diagnose } from "../../diagnostics/index.ts";
import { forAllOrEach } from "../for-all-or-each.ts";
import type { LintRule } from "../rule.ts";

/** A webhook that does not say what the receiver should answer. */
export const webhookWithoutReply: LintRule = {
  id: "webhook-without-reply",
  severity: "info",
  check: (contract, tools) =>
    forAllOrEach(
      contract,
      tools,
      ({ replies }) => replies.length === 0,
      (webhooks, source) => diagnose("webhook-without-reply", { webhooks }, source),
    ),
};

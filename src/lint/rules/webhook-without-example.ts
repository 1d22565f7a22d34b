import { diagnose } from "../../diagnostics/index.ts";
import type { LintRule } from "../rule.ts";

/** A webhook that no example shows. One whose body nothing is known of has nothing to show. */
export const webhookWithoutExample: LintRule = {
  id: "webhook-without-example",
  severity: "warning",
  check: ({ webhooks }) =>
    webhooks
      .filter(({ examples, payload }) => examples.length === 0 && payload !== true)
      .map(({ name, source }) => diagnose("webhook-without-example", { webhook: name }, source)),
};

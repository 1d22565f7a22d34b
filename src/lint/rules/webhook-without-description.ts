import { diagnose } from "../../diagnostics/index.ts";
import type { LintRule } from "../rule.ts";

/** A webhook of which nobody says what it means or when it is sent: neither summary nor description. */
export const webhookWithoutDescription: LintRule = {
  id: "webhook-without-description",
  severity: "warning",
  check: ({ webhooks }) =>
    webhooks
      .filter(({ summary = "", description = "" }) => (summary + description).trim() === "")
      .map(({ name, source }) => diagnose("webhook-without-description", { webhook: name }, source)),
};

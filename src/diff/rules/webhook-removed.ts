import { defineRule } from "../rule.ts";
import { listed } from "../words.ts";

export const webhookRemoved = defineRule({
  id: "webhook-removed",
  kind: "webhook-gone",
  summary: "a webhook removed, or renamed on the wire",
  levels: { sender: ["breaking"], receiver: [] },
  mirror: { rules: ["webhook-added"] },
  judge: ({ renamedTo }) => ({
    message: `The webhook is no longer sent${renamedTo.length === 0 ? "" : `; it may now be ${listed(renamedTo)}`}.`,
  }),
});

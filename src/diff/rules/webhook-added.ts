import { defineRule } from "../rule.ts";
import { listed } from "../words.ts";

export const webhookAdded = defineRule({
  id: "webhook-added",
  kind: "webhook-new",
  summary: "a webhook added",
  levels: { sender: ["safe"], receiver: [] },
  mirror: { rules: ["webhook-removed"] },
  judge: ({ renamedFrom }) => {
    const verb = renamedFrom.length === 1 ? "was" : "were";
    const was = renamedFrom.length === 0 ? "" : `; it may be what ${listed(renamedFrom)} ${verb}`;
    return { message: `The webhook is new${was}.` };
  },
});

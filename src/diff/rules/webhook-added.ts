import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const webhookAdded = defineRule({
  id: "webhook-added",
  kind: "webhook-new",
  summary: "a webhook added",
  levels: { sender: ["safe"], receiver: [] },
  mirror: { rules: ["webhook-removed"] },
  judge: ({ renamedFrom }) => ({
    message: `The webhook is new${renamedFrom === undefined ? "" : `; it may be what ${quoted(renamedFrom)} was`}.`,
  }),
});

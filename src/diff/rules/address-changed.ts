import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const addressChanged = defineRule({
  id: "address-changed",
  kind: "address",
  summary: "the address that a document states changed",
  levels: { sender: ["breaking"], receiver: [] },
  mirror: { rules: ["address-changed"] },
  judge: ({ from, to }) => ({
    message:
      to === null
        ? `The address ${quoted(from)} is no longer stated.`
        : `It is delivered to ${quoted(to)} and no longer to ${quoted(from)}.`,
  }),
});

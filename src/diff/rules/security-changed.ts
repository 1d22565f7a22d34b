import { defineRule } from "../rule.ts";
import { alternatives } from "../words.ts";

export const securityChanged = defineRule({
  id: "security-changed",
  kind: "security",
  summary: "an authentication scheme changed, added or removed",
  levels: { sender: ["breaking"], receiver: [] },
  mirror: { rules: ["security-changed"] },
  judge: ({ from, to }) => ({
    message: `Receivers have to check ${alternatives(to)} and no longer ${alternatives(from)}.`,
  }),
});

import { defineRule } from "../rule.ts";
import { constraintInWords } from "../words.ts";

export const constraintChanged = defineRule({
  id: "constraint-changed",
  kind: "constraint",
  summary: "a limit changed so that neither contains the other (another `pattern`, `multipleOf`)",
  levels: { sender: ["risky"], receiver: ["risky"] },
  mirror: { rules: ["constraint-changed"] },
  judge: ({ fate, keyword, from, to }) =>
    fate === "changed" ? { message: constraintInWords({ fate, keyword, from, to }), keyword } : null,
});

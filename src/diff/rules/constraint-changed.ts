import { defineRule } from "../rule.ts";
import { fromTo } from "../words.ts";

export const constraintChanged = defineRule({
  id: "constraint-changed",
  kind: "constraint",
  summary: "a limit changed so that neither contains the other (another `pattern`, `multipleOf`)",
  levels: { sender: ["risky"], receiver: ["risky"] },
  mirror: { rules: ["constraint-changed"] },
  judge: ({ fate, keyword, from, to }) =>
    fate === "changed" ? { message: `${keyword} changed${fromTo(from, to)}.`, keyword } : null,
});

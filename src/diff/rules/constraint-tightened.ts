import { defineRule } from "../rule.ts";
import { constraintInWords } from "../words.ts";

export const constraintTightened = defineRule({
  id: "constraint-tightened",
  kind: "constraint",
  summary: "a limit tightened or introduced",
  levels: { sender: ["safe"], receiver: ["risky"] },
  mirror: { rules: ["constraint-loosened", "content-schema-media-type-changed"] },
  judge: ({ fate, keyword, from, to }) =>
    fate === "tightened" ? { message: constraintInWords({ fate, keyword, from, to }), keyword } : null,
});

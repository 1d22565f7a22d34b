import { defineRule } from "../rule.ts";
import { constraintInWords } from "../words.ts";

export const constraintLoosened = defineRule({
  id: "constraint-loosened",
  kind: "constraint",
  summary: "a limit loosened or dropped (`maxLength`, `maximum`, `minItems`, `pattern`, …)",
  levels: { sender: ["risky"], receiver: ["safe"] },
  mirror: { rules: ["constraint-tightened"] },
  judge: ({ fate, keyword, from, to }) =>
    fate === "loosened" ? { message: constraintInWords({ fate, keyword, from, to }), keyword } : null,
});

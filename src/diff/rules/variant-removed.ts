import { defineRule } from "../rule.ts";
import { plain } from "../words.ts";

export const variantRemoved = defineRule({
  id: "variant-removed",
  kind: "variant",
  summary: "a variant of a `oneOf` or `anyOf` removed",
  levels: { sender: ["safe"], receiver: ["risky", "safe"] },
  mirror: { rules: ["variant-added"] },
  judge: ({ fate, label, isCovered }, { producer }) => {
    if (fate !== "gone") return null;
    const message = `The variant ${plain(label)} was removed${isCovered ? ", all of which is allowed still" : ""}.`;
    return { message, level: isCovered || producer === "sender" ? "safe" : "risky" };
  },
});

import { defineRule } from "../rule.ts";
import { plain } from "../words.ts";

export const variantAdded = defineRule({
  id: "variant-added",
  kind: "variant",
  summary: "a variant of a `oneOf` or `anyOf` added that is not null",
  levels: { sender: ["risky", "safe"], receiver: ["safe"] },
  mirror: { rules: ["variant-removed"] },
  judge: ({ fate, label, isCovered }, { producer }) => {
    if (fate !== "new") return null;
    const message = `The variant ${plain(label)} was added${isCovered ? ", all of which was allowed before" : ""}.`;
    return { message, level: isCovered || producer === "receiver" ? "safe" : "risky" };
  },
});

import { defineRule } from "../rule.ts";
import { listed } from "../words.ts";

export const enumIntroduced = defineRule({
  id: "enum-introduced",
  kind: "enum",
  summary: "an enum or a const introduced",
  levels: { sender: ["safe"], receiver: ["risky", "safe"] },
  mirror: { rules: ["enum-removed"] },
  judge: ({ fate, isOpen, values }, { producer }) => {
    if (fate !== "introduced") return null;
    const level = isOpen || producer === "sender" ? "safe" : "risky";
    const message = isOpen ? "Known values are named now" : "Only listed values are allowed now";
    return { message: `${message}: ${listed(values)}.`, keyword: "enum", level };
  },
});

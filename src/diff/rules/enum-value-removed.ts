import { defineRule } from "../rule.ts";
import { valuesInWords } from "../words.ts";

export const enumValueRemoved = defineRule({
  id: "enum-value-removed",
  kind: "values-gone",
  summary: "a value removed from an enum",
  levels: { sender: ["safe"], receiver: ["risky", "safe"] },
  mirror: { rules: ["enum-value-added", "open-enum-value-added"] },
  judge: ({ values, isOpen }, { producer }) => ({
    message: `The enum lost the ${valuesInWords(values)}.`,
    keyword: "enum",
    level: producer === "receiver" && !isOpen ? "risky" : "safe",
  }),
});

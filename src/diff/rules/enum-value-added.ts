import { defineRule } from "../rule.ts";
import { valuesInWords } from "../words.ts";

export const enumValueAdded = defineRule({
  id: "enum-value-added",
  kind: "values-new",
  summary: "a value added to a closed enum",
  levels: { sender: ["risky"], receiver: ["safe"] },
  mirror: { rules: ["enum-value-removed"] },
  judge: ({ values, isOpen }) =>
    isOpen ? null : { message: `The enum has the new ${valuesInWords(values)}.`, keyword: "enum" },
});

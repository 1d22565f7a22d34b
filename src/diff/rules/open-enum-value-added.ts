import { defineRule } from "../rule.ts";
import { valuesInWords } from "../words.ts";

export const openEnumValueAdded = defineRule({
  id: "open-enum-value-added",
  kind: "values-new",
  summary: "a value added to an open enum (`x-open-enum`)",
  levels: { sender: ["safe"], receiver: ["safe"] },
  mirror: { rules: ["enum-value-removed"] },
  judge: ({ values, isOpen }) =>
    isOpen ? { message: `The open enum names the new ${valuesInWords(values)}.`, keyword: "enum" } : null,
});

import { defineRule } from "../rule.ts";
import { listed } from "../words.ts";

export const openEnumValueAdded = defineRule({
  id: "open-enum-value-added",
  kind: "values-new",
  summary: "a value added to an open enum (`x-open-enum`)",
  levels: { sender: ["safe"], receiver: ["safe"] },
  mirror: { rules: ["enum-value-removed"] },
  judge: ({ values, isOpen }) =>
    isOpen ? { message: `The open enum has new known values: ${listed(values)}.`, keyword: "enum" } : null,
});

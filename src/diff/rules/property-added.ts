import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const propertyAdded = defineRule({
  id: "property-added",
  kind: "property-new",
  summary: "a property added to an open object",
  levels: { sender: ["safe"], receiver: ["safe", "breaking"] },
  mirror: { rules: ["property-removed"] },
  judge: ({ name, isRequired, wasAllowed }, { producer, isHeader }) => {
    if (isHeader) return null;
    const what = isRequired ? "required" : "optional";
    if (producer === "receiver")
      return {
        message: `The ${what} property ${quoted(name)} was added to what receivers answer.`,
        level: isRequired ? "breaking" : "safe",
      };
    return wasAllowed ? { message: `The ${what} property ${quoted(name)} was added.` } : null;
  },
});

import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const propertyAddedToClosedObject = defineRule({
  id: "property-added-to-closed-object",
  kind: "property-new",
  summary: "a property added to an object that was closed (`additionalProperties: false`)",
  levels: { sender: ["risky"], receiver: [] },
  mirror: { rules: ["property-removed"] },
  judge: ({ name, isRequired, wasAllowed }, { producer, isHeader }) => {
    if (isHeader || wasAllowed || producer === "receiver") return null;
    const what = isRequired ? "required" : "optional";
    return { message: `The ${what} property ${quoted(name)} was added to an object that allowed no others.` };
  },
});

import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const propertyBecameOptional = defineRule({
  id: "property-became-optional",
  kind: "requirement",
  summary: "a required property became optional",
  levels: { sender: ["breaking"], receiver: ["safe"] },
  mirror: { rules: ["property-became-required"] },
  judge: ({ name, isRequired }, { isHeader }) =>
    isHeader || isRequired
      ? null
      : { message: `The property ${quoted(name)} is no longer required.`, keyword: "required" },
});

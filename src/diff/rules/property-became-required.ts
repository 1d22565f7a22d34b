import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const propertyBecameRequired = defineRule({
  id: "property-became-required",
  kind: "requirement",
  summary: "an optional property became required",
  levels: { sender: ["safe"], receiver: ["breaking"] },
  mirror: { rules: ["property-became-optional"] },
  judge: ({ name, isRequired }, { isHeader }) =>
    isHeader || !isRequired ? null : { message: `The property ${quoted(name)} is now required.`, keyword: "required" },
});

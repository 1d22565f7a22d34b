import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const headerBecameRequired = defineRule({
  id: "header-became-required",
  kind: "requirement",
  summary: "an optional header became required",
  levels: { sender: ["safe"], receiver: ["breaking"] },
  mirror: { rules: ["header-became-optional"] },
  judge: ({ name, isRequired }, { isHeader }) =>
    !isHeader || !isRequired ? null : { message: `The header ${quoted(name)} is now required.`, keyword: "required" },
});

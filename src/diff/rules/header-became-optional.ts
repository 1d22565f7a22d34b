import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const headerBecameOptional = defineRule({
  id: "header-became-optional",
  kind: "requirement",
  summary: "a required header became optional",
  levels: { sender: ["breaking"], receiver: ["safe"] },
  mirror: { rules: ["header-became-required"] },
  judge: ({ name, isRequired }, { isHeader }) =>
    !isHeader || isRequired
      ? null
      : { message: `The header ${quoted(name)} is no longer required.`, keyword: "required" },
});

import { defineRule } from "../rule.ts";
import { formInWords } from "../words.ts";

export const formRemoved = defineRule({
  id: "form-removed",
  kind: "form-gone",
  summary: "one of the ways to write a delivery removed",
  levels: { sender: ["breaking"], receiver: [] },
  mirror: { rules: ["form-added"] },
  judge: ({ form }) => ({ message: `It is no longer delivered as ${formInWords(form)}.` }),
});

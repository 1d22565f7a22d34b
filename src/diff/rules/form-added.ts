import { defineRule } from "../rule.ts";
import { formInWords } from "../words.ts";

export const formAdded = defineRule({
  id: "form-added",
  kind: "form-new",
  summary: "another way to write a delivery added",
  levels: { sender: ["safe"], receiver: [] },
  mirror: { rules: ["form-removed"] },
  judge: ({ form }) => ({ message: `It may also be delivered as ${formInWords(form)}.` }),
});

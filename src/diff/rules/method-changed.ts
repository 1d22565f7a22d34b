import { defineRule } from "../rule.ts";
import { plain } from "../words.ts";

export const methodChanged = defineRule({
  id: "method-changed",
  kind: "method",
  summary: "the method of a delivery changed",
  levels: { sender: ["breaking"], receiver: [] },
  mirror: { rules: ["method-changed"] },
  judge: ({ from, to }) => ({ message: `It is delivered by ${plain(to)} and no longer by ${plain(from)}.` }),
});

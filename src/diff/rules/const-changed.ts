import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const constChanged = defineRule({
  id: "const-changed",
  kind: "constant",
  summary: "the only allowed value changed",
  levels: { sender: ["breaking"], receiver: ["breaking"] },
  mirror: { rules: ["const-changed"] },
  judge: ({ from, to }) => ({
    message: `The only value changed from ${quoted(from)} to ${quoted(to)}.`,
    keyword: "const",
  }),
});

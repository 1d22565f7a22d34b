import { defineRule } from "../rule.ts";
import { typesInWords } from "../words.ts";

export const typeChanged = defineRule({
  id: "type-changed",
  kind: "types",
  summary: "a type replaced by another",
  levels: { sender: ["breaking"], receiver: ["breaking"] },
  mirror: { rules: ["type-changed"] },
  judge: ({ from, to, added, gone }) =>
    added.length === 0 || gone.length === 0
      ? null
      : { message: `The type changed from ${typesInWords(from)} to ${typesInWords(to)}.`, keyword: "type" },
});

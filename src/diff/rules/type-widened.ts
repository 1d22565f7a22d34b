import { defineRule } from "../rule.ts";
import { typesInWords } from "../words.ts";

export const typeWidened = defineRule({
  id: "type-widened",
  kind: "types",
  summary: "a type added, null among them, by `type`, `nullable` or `anyOf`",
  levels: { sender: ["breaking"], receiver: ["safe"] },
  mirror: { rules: ["type-narrowed"] },
  judge: ({ from, to, added, gone }) =>
    added.length === 0 || gone.length > 0
      ? null
      : { message: `The type was widened from ${typesInWords(from)} to ${typesInWords(to)}.`, keyword: "type" },
});

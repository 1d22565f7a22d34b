import { defineRule } from "../rule.ts";
import { typesInWords } from "../words.ts";

export const typeNarrowed = defineRule({
  id: "type-narrowed",
  kind: "types",
  summary: "a type removed from several, `nullable` removed",
  levels: { sender: ["safe"], receiver: ["breaking"] },
  mirror: { rules: ["type-widened"] },
  judge: ({ from, to, added, gone }) =>
    gone.length === 0 || added.length > 0
      ? null
      : { message: `The type was narrowed from ${typesInWords(from)} to ${typesInWords(to)}.`, keyword: "type" },
});

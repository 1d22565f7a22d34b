import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const formatRemoved = defineRule({
  id: "format-removed",
  kind: "format",
  summary: "a `format` removed",
  levels: { sender: ["risky"], receiver: ["safe"] },
  mirror: { rules: ["format-introduced"] },
  judge: ({ from, to }) =>
    from !== null && to === null ? { message: `The format ${quoted(from)} was removed.`, keyword: "format" } : null,
});

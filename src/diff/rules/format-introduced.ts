import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const formatIntroduced = defineRule({
  id: "format-introduced",
  kind: "format",
  summary: "a `format` introduced",
  levels: { sender: ["safe"], receiver: ["risky"] },
  mirror: { rules: ["format-removed"] },
  judge: ({ from, to }) =>
    from === null && to !== null ? { message: `The format ${quoted(to)} was introduced.`, keyword: "format" } : null,
});

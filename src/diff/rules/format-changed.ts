import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const formatChanged = defineRule({
  id: "format-changed",
  kind: "format",
  summary: "a `format` replaced by another",
  levels: { sender: ["risky"], receiver: ["risky"] },
  mirror: { rules: ["format-changed"] },
  judge: ({ from, to }) =>
    from === null || to === null
      ? null
      : { message: `The format changed from ${quoted(from)} to ${quoted(to)}.`, keyword: "format" },
});

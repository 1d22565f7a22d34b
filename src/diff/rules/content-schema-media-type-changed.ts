import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const contentSchemaMediaTypeChanged = defineRule({
  id: "content-schema-media-type-changed",
  kind: "content",
  summary: "what a string holds changed: its media type or its encoding",
  levels: { sender: ["breaking"], receiver: ["breaking"] },
  mirror: { rules: ["content-schema-media-type-changed", "constraint-tightened"] },
  judge: ({ keyword, from, to }) => ({
    message: `${keyword} changed from ${from === null ? "none" : quoted(from)} to ${to === null ? "none" : quoted(to)}.`,
    keyword,
  }),
});

import { defineRule } from "../rule.ts";

export const schemaChanged = defineRule({
  id: "schema-changed",
  kind: "unproven",
  summary: "a keyword changed of which it cannot be shown that it lets through nothing new",
  levels: { sender: ["risky"], receiver: ["risky"] },
  mirror: { rules: ["schema-changed"] },
  judge: ({ keyword }) => ({
    message: `${keyword} changed, and it cannot be shown that everything that it allows now was allowed before.`,
    keyword,
  }),
});

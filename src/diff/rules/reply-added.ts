import { defineRule } from "../rule.ts";
import { plain } from "../words.ts";

export const replyAdded = defineRule({
  id: "reply-added",
  kind: "reply-new",
  summary: "another reply status accepted",
  levels: { sender: [], receiver: ["safe"] },
  mirror: { rules: ["reply-removed"] },
  judge: ({ status }) => ({ message: `The reply ${plain(status)} is accepted too.` }),
});

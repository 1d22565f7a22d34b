import { defineRule } from "../rule.ts";
import { plain } from "../words.ts";

export const replyRemoved = defineRule({
  id: "reply-removed",
  kind: "reply-gone",
  summary: "a reply status that was accepted no longer is",
  levels: { sender: [], receiver: ["breaking"] },
  mirror: { rules: ["reply-added"] },
  judge: ({ status }) => ({ message: `The reply ${plain(status)} is no longer accepted.` }),
});

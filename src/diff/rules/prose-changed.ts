import { defineRule } from "../rule.ts";
import { plain } from "../words.ts";

export const proseChanged = defineRule({
  id: "prose-changed",
  kind: "prose",
  summary: "a title, a description, examples or tags changed; reported on request",
  levels: { sender: ["safe"], receiver: ["safe"] },
  mirror: { rules: ["prose-changed"] },
  judge: ({ what }) => ({ message: `The ${plain(what)} changed.` }),
});

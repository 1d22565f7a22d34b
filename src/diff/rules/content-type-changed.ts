import { defineRule } from "../rule.ts";
import { plain } from "../words.ts";

export const contentTypeChanged = defineRule({
  id: "content-type-changed",
  kind: "content-type",
  summary: "the content type of a delivery or of a reply changed",
  levels: { sender: ["breaking"], receiver: ["breaking"] },
  mirror: { rules: ["content-type-changed"] },
  judge: ({ from, to }, { producer }) => ({
    message:
      producer === "receiver"
        ? `The content type of the reply changed from ${plain(from)} to ${plain(to)}.`
        : `It is delivered as ${plain(to)} and no longer as ${plain(from)}.`,
  }),
});

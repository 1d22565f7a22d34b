import { defineRule } from "../rule.ts";

export const objectClosed = defineRule({
  id: "object-closed",
  kind: "object",
  summary: "an object closed",
  levels: { sender: ["safe"], receiver: ["risky"] },
  mirror: { rules: ["object-opened"] },
  judge: ({ isOpen }) =>
    isOpen
      ? null
      : {
          message: "The object was closed: it has no properties but those described.",
          keyword: "additionalProperties",
        },
});

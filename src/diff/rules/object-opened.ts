import { defineRule } from "../rule.ts";

export const objectOpened = defineRule({
  id: "object-opened",
  kind: "object",
  summary: "an object opened (`additionalProperties: false` dropped)",
  levels: { sender: ["risky"], receiver: ["safe"] },
  mirror: { rules: ["object-closed"] },
  judge: ({ isOpen }) =>
    isOpen
      ? {
          message: "The object was opened: it may have properties that are not described.",
          keyword: "additionalProperties",
        }
      : null,
});

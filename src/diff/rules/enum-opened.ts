import { defineRule } from "../rule.ts";

export const enumOpened = defineRule({
  id: "enum-opened",
  kind: "enum",
  summary: "a closed enum opened (`x-open-enum`)",
  levels: { sender: ["risky"], receiver: ["safe"] },
  mirror: { rules: ["enum-closed"] },
  judge: ({ fate }) =>
    fate === "opened" ? { message: "The enum was opened: other values may come.", keyword: "x-open-enum" } : null,
});

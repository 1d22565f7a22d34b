import { defineRule } from "../rule.ts";

export const enumClosed = defineRule({
  id: "enum-closed",
  kind: "enum",
  summary: "an open enum closed",
  levels: { sender: ["safe"], receiver: ["risky"] },
  mirror: { rules: ["enum-opened"] },
  judge: ({ fate }) =>
    fate === "closed" ? { message: "The enum was closed: no other values come.", keyword: "x-open-enum" } : null,
});

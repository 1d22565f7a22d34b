import { defineRule } from "../rule.ts";

export const deprecated = defineRule({
  id: "deprecated",
  kind: "deprecated",
  summary: "a webhook, a property or a header deprecated",
  levels: { sender: ["safe"], receiver: ["safe"] },
  mirror: { waiver: "What is no longer deprecated takes nothing from anybody." },
  judge: (_difference, { part }) => ({
    message: `The ${part === "webhook" ? "webhook" : "value"} is deprecated now.`,
    ...(part === "webhook" ? {} : { keyword: "deprecated" }),
  }),
});

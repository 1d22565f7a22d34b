import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const headerAdded = defineRule({
  id: "header-added",
  kind: "property-new",
  summary: "a header added",
  levels: { sender: ["safe"], receiver: ["safe", "breaking"] },
  mirror: { rules: ["header-removed"] },
  judge: ({ name, isRequired }, { isHeader, producer }) => {
    if (!isHeader) return null;
    const message = `The ${isRequired ? "required" : "optional"} header ${quoted(name)} was added.`;
    return { message, level: isRequired && producer === "receiver" ? "breaking" : "safe" };
  },
});

import { defineRule } from "../rule.ts";
import { listed } from "../words.ts";

export const enumRemoved = defineRule({
  id: "enum-removed",
  kind: "enum",
  summary: "an enum dropped: risky where it was closed",
  levels: { sender: ["risky", "safe"], receiver: ["safe"] },
  mirror: { rules: ["enum-introduced"] },
  judge: ({ fate, isOpen, values }, { producer }) => {
    if (fate !== "removed") return null;
    const level = isOpen || producer === "receiver" ? "safe" : "risky";
    const message = isOpen
      ? "Known values are no longer named"
      : "Any value is allowed now, and not only those of the enum";
    return { message: `${message}: ${listed(values)}.`, keyword: "enum", level };
  },
});

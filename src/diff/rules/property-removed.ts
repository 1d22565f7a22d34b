import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const propertyRemoved = defineRule({
  id: "property-removed",
  kind: "property-gone",
  summary: "a property removed, required or optional, even where the object is open",
  levels: { sender: ["breaking"], receiver: ["safe", "risky"] },
  mirror: { rules: ["property-added", "property-added-to-closed-object"] },
  judge: ({ name, wasRequired, isAllowed, renamedTo }, { producer, isHeader }) => {
    if (isHeader) return null;
    const rename = renamedTo === undefined ? "" : `; it may now be ${quoted(renamedTo)}`;
    if (producer === "receiver") {
      const fate = isAllowed ? "is not described any more" : "is not allowed any more";
      return { message: `The property ${quoted(name)} ${fate}${rename}.`, level: isAllowed ? "safe" : "risky" };
    }
    const what = wasRequired ? "was required" : "was optional";
    return { message: `The property ${quoted(name)}, which ${what}, is no longer described${rename}.` };
  },
});

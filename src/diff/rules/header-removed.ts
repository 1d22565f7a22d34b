import { defineRule } from "../rule.ts";
import { quoted } from "../words.ts";

export const headerRemoved = defineRule({
  id: "header-removed",
  kind: "property-gone",
  summary: "a header removed, required or optional",
  levels: { sender: ["breaking"], receiver: ["safe"] },
  mirror: { rules: ["header-added"] },
  judge: ({ name, wasRequired, renamedTo }, { isHeader }) => {
    if (!isHeader) return null;
    const what = wasRequired ? "was required" : "was optional";
    const rename = renamedTo === undefined ? "" : `; it may now be ${quoted(renamedTo)}`;
    return { message: `The header ${quoted(name)}, which ${what}, is no longer described${rename}.` };
  },
});

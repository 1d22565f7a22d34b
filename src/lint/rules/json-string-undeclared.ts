import { diagnose } from "../../diagnostics/index.ts";
import { isContainer } from "../../json/index.ts";
import { parseJson } from "../example-values.ts";
import { isPlainString } from "../plain-string.ts";
import type { LintRule } from "../rule.ts";

/** A string whose every example is a JSON object or list, while its schema does not say that it holds JSON. */
export const jsonStringUndeclared: LintRule = {
  id: "json-string-undeclared",
  severity: "warning",
  check: (_, { sites, exampleStrings }) =>
    [...sites].flatMap((site) => {
      const { schema, location, isCondition } = site;
      if (isCondition || !isPlainString(schema)) return [];
      const examples = exampleStrings(schema);
      if (examples.length === 0 || !examples.every((text) => isContainer(parseJson(text)))) return [];
      return [diagnose("json-string-undeclared", { name: site.names[0] }, location)];
    }),
};

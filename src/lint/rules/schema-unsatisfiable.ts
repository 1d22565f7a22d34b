import { diagnose } from "../../diagnostics/index.ts";
import { ContradictionFinder } from "../contradiction.ts";
import type { LintRule } from "../rule.ts";

/** A schema that contradicts itself, told where the contradiction stands and not again at all that contains it. */
export const schemaUnsatisfiable: LintRule = {
  id: "schema-unsatisfiable",
  severity: "error",
  check(_, { sites }) {
    const finder = new ContradictionFinder((ref) => sites.lookUp(ref));
    return [...sites].flatMap(({ schema, location, isCondition }) => {
      const found = isCondition ? null : finder.find(schema);
      if (found === null || found.derived) return [];
      return [diagnose("schema-unsatisfiable", { of: found.of, reason: found.reason }, location)];
    });
  },
};

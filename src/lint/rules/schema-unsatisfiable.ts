import { diagnose } from "../../diagnostics/index.ts";
import { isArray } from "../../json/index.ts";
import type { JsonObject } from "../../model/index.ts";
import { Budget } from "../../patterns/budget.ts";
import { isLinear } from "../../patterns/is-linear.ts";
import { ContradictionFinder } from "../contradiction.ts";
import type { LintRule, LintTools } from "../rule.ts";

/** A schema that contradicts itself, told where the contradiction stands and not again at all that contains it. */
export const schemaUnsatisfiable: LintRule = {
  id: "schema-unsatisfiable",
  severity: "error",
  check(_, { sites, usablePattern, matchesFormat }) {
    const finder = new ContradictionFinder((ref) => sites.lookUp(ref));
    return [...sites].flatMap(({ schema, location, isCondition }) => {
      if (isCondition) return [];
      const found = finder.find(schema);
      if (found?.derived === true) return [];
      if (found !== null) return [diagnose("schema-unsatisfiable", { of: found.of, reason: found.reason }, location)];
      const reason = textsRefusedBy(schema, usablePattern, matchesFormat);
      return reason === null ? [] : [diagnose("schema-unsatisfiable", { of: "value", reason }, location)];
    });
  },
};

/** Steps to judge one pattern; what they do not suffice for is not tried, since it might not end. */
const STEPS_MAX = 200_000;

/** Why a schema's own `pattern` or `format` refuses each of the texts that its `const` or `enum` allows; null where one passes. */
function textsRefusedBy(
  schema: JsonObject,
  usablePattern: LintTools["usablePattern"],
  matchesFormat: LintTools["matchesFormat"],
): string | null {
  const { const: only, enum: listed, pattern, format } = schema;
  const values = only !== undefined ? [only] : isArray(listed) && schema["x-open-enum"] !== true ? listed : [];
  // Neither keyword speaks of what is no text.
  if (values.length === 0 || !values.every((value) => typeof value === "string")) return null;
  const source = typeof pattern === "string" ? usablePattern(pattern) : null;
  if (source !== null && isLinear(source, new Budget(STEPS_MAX))) {
    const expression = new RegExp(source, "u");
    if (!values.some((value) => expression.test(value))) return "its pattern refuses each of its values";
  }
  // A format that is not known refuses nothing.
  if (typeof format !== "string" || !formats.has(format)) return null;
  return values.some((value) => matchesFormat(format, value)) ? null : "its format refuses each of its values";
}

/** Formats that say of every text whether it is of them, whatever the version of the specification. */
const formats = new Set(["date", "date-time", "email", "ipv4", "ipv6", "time", "uri", "uuid"]);

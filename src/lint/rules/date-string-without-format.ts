import { diagnose } from "../../diagnostics/index.ts";
import { isPlainString } from "../plain-string.ts";
import type { LintRule } from "../rule.ts";
import { wordsOf } from "../words.ts";

/** Last words that mean a moment or a day, as long as no example says otherwise. */
const MOMENTS: ReadonlySet<string> = new Set(["at", "date", "datetime", "timestamp"]);

/** The formats of moments and days, the first that fits is proposed. */
const FORMATS = ["date-time", "date"];

/**
 * A date or time without `format`: every example is one, or there is no example and the name says so. Examples that keep to
 * no format are the vendor's own way of writing, and then there is nothing to propose.
 */
export const dateStringWithoutFormat: LintRule = {
  id: "date-string-without-format",
  severity: "info",
  check: (_, { sites, exampleStrings, matchesFormat }) =>
    [...sites].flatMap((site) => {
      const { schema, location, sent } = site;
      if (!sent || !isPlainString(schema)) return [];
      const examples = exampleStrings(schema);
      const format = FORMATS.find((one) => examples.every((text) => matchesFormat(one, text)));
      if (format === undefined) return [];
      const named = site.names.find(isMoment);
      if (examples.length === 0 && named === undefined) return [];
      const name = named ?? site.names[0];
      return [diagnose("date-string-without-format", { name, format }, location)];
    }),
};

/** `createdAt` and `date`, but not `at` alone, which is a place as often. */
function isMoment(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  return MOMENTS.has(last) && (last !== "at" || words.length > 1);
}

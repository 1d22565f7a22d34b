import { diagnose } from "../../diagnostics/index.ts";
import { isPlainString } from "../plain-string.ts";
import type { LintRule } from "../rule.ts";
import { lastWordOf } from "../words.ts";

/** What is counted or measured, by the last word of a name. */
const QUANTITIES: ReadonlySet<string> = new Set([
  "amount",
  "balance",
  "bytes",
  "count",
  "discount",
  "fee",
  "height",
  "latitude",
  "length",
  "longitude",
  "milliseconds",
  "minutes",
  "percent",
  "percentage",
  "price",
  "quantity",
  "seconds",
  "size",
  "subtotal",
  "tax",
  "total",
  "weight",
  "width",
]);

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/**
 * A number written as a string, with nothing that says how: called as quantities are, and no example is anything but a number.
 * Digits that only name something (ids, phone numbers, codes) are no numbers.
 */
export const numberStringWithoutPattern: LintRule = {
  id: "number-string-without-pattern",
  severity: "info",
  check: (_, { sites, exampleStrings }) =>
    [...sites].flatMap((site) => {
      const { schema, location, sent } = site;
      if (!sent || !isPlainString(schema)) return [];
      const name = site.names.find((one) => QUANTITIES.has(lastWordOf(one)));
      if (name === undefined || !exampleStrings(schema).every((text) => NUMBER.test(text))) return [];
      return [diagnose("number-string-without-pattern", { name }, location)];
    }),
};

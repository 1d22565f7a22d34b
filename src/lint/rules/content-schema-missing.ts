import { diagnose } from "../../diagnostics/index.ts";
import { isJsonMediaType } from "../json-media-type.ts";
import type { LintRule } from "../rule.ts";

/** A string that holds JSON of which nothing is said: it stays a string, neither decoded nor typed nor validated. */
export const contentSchemaMissing: LintRule = {
  id: "content-schema-missing",
  severity: "warning",
  check: (_, { sites }) =>
    [...sites].flatMap((site) => {
      const { schema, location, isCondition } = site;
      if (isCondition || schema["contentSchema"] !== undefined) return [];
      if (!isJsonMediaType(schema["contentMediaType"])) return [];
      return [diagnose("content-schema-missing", { name: site.names[0] }, location)];
    }),
};

import { diagnose } from "../../diagnostics/index.ts";
import { isArray, isObject, isString, parsePointer } from "../../json/index.ts";
import type { Contract, JsonObject, Schema } from "../../model/index.ts";
import type { LintRule, LintTools } from "../rule.ts";
import { lastWordOf } from "../words.ts";

/** What vendors add values to without calling it a new version, by the last word of the name. */
const GROWING: ReadonlySet<string> = new Set([
  "brand",
  "carrier",
  "category",
  "cause",
  "code",
  "country",
  "currency",
  "error",
  "kind",
  "language",
  "locale",
  "method",
  "network",
  "outcome",
  "plan",
  "provider",
  "reason",
  "region",
  "result",
  "state",
  "status",
  "tier",
  "type",
]);

/** Pairs of words that say yes or no: no third will come. */
const BOOLEAN_WORDS: ReadonlySet<string> = new Set([
  "0",
  "1",
  "f",
  "false",
  "n",
  "no",
  "off",
  "on",
  "t",
  "true",
  "y",
  "yes",
]);

/**
 * A closed `enum` of what usually grows, in what the sender writes: the day it gets a value, receivers refuse the delivery.
 * What tells webhooks apart stays closed.
 */
export const enumMayGrow: LintRule = {
  id: "enum-may-grow",
  severity: "warning",
  check(contract, tools) {
    const routing = routingSchemas(contract, tools);
    return [...tools.sites].flatMap((site) => {
      const { schema, location, sent } = site;
      const values = schema["enum"];
      if (!sent || schema["x-open-enum"] === true || !isArray(values) || values.length < 2) return [];
      if (!values.every(isString) || values.every((value) => BOOLEAN_WORDS.has(value.toLowerCase()))) return [];
      const name = site.names.find(isGrowing);
      if (name === undefined || routing.has(schema) || isOpenElsewhere(schema, tools)) return [];
      return [diagnose("enum-may-grow", { name, count: values.length }, location)];
    });
  },
};

/** Lists are called in the plural. */
function isGrowing(name: string): boolean {
  const last = lastWordOf(name);
  return [last, last.replace(/s$/, ""), last.replace(/es$/, "")].some((word) => GROWING.has(word));
}

/** The schemas of the places at which routes look. */
function routingSchemas({ webhooks }: Contract, { sites }: LintTools): ReadonlySet<JsonObject> {
  const found = new Set<JsonObject>();
  for (const { payload, route } of webhooks) {
    for (const { in: place, at } of route) {
      if (place !== "body") continue;
      let current: readonly Schema[] = [payload];
      for (const token of parsePointer(at) ?? []) current = current.flatMap((schema) => members(schema, token));
      for (const schema of current) for (const part of sites.partsOf(schema)) found.add(part);
    }
  }
  return found;

  function members(schema: Schema, token: string): readonly Schema[] {
    const parts = sites.partsOf(schema);
    const inside = parts.flatMap((part) => sites.partsOf((part["contentSchema"] ?? true) as Schema));
    return [...parts, ...inside].flatMap(({ properties }) =>
      isObject(properties) && Object.hasOwn(properties, token) ? [properties[token] as Schema] : [],
    );
  }
}

/** Whether the enum is one alternative and any string another. */
function isOpenElsewhere(schema: JsonObject, { sites }: LintTools): boolean {
  return sites.parentsOf(schema).some((parent) =>
    ["anyOf", "oneOf"].some((keyword) => {
      const branches = parent[keyword];
      return isArray(branches) && branches.includes(schema) && branches.some((branch) => isAnyString(branch as Schema));
    }),
  );
}

function isAnyString(schema: Schema): boolean {
  if (!isObject(schema)) return schema;
  const { type } = schema;
  const allowsString = type === undefined || type === "string" || (isArray(type) && type.includes("string"));
  const limits = ["allOf", "anyOf", "const", "enum", "format", "not", "oneOf", "$ref"];
  return allowsString && limits.every((keyword) => schema[keyword] === undefined);
}

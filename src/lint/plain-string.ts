import { isArray } from "../json/index.ts";
import type { JsonObject } from "../model/index.ts";

/** Keywords that say which strings are meant. */
const TELLING = [
  "allOf",
  "anyOf",
  "const",
  "contentEncoding",
  "contentMediaType",
  "enum",
  "format",
  "oneOf",
  "pattern",
  "x-open-enum",
];

/** Whether a schema is of strings (or null) and says nothing of which. */
export function isPlainString(schema: JsonObject): boolean {
  const { type } = schema;
  const types = isArray(type) ? type.filter((one) => one !== "null") : [type];
  return types.length === 1 && types[0] === "string" && TELLING.every((keyword) => schema[keyword] === undefined);
}

import { isObject, type JsonValue } from "./is.ts";

/**
 * Whether a schema says that the string holds JSON of a known shape: `contentMediaType` JSON with a `contentSchema`, the
 * text not encoded once more.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-8.5
 */
export function isJsonString(schema: JsonValue | undefined): boolean {
  if (!isObject(schema) || schema["contentSchema"] === undefined || schema["contentEncoding"] !== undefined)
    return false;
  const types = [schema["type"] ?? []].flat();
  // The keywords speak of strings only (an object that has them is an object); what is no type says nothing.
  if (types.some((type) => typeof type === "string") && !types.includes("string")) return false;
  const mediaType = schema["contentMediaType"];
  return typeof mediaType === "string" && /^\s*(?:application|text)\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(mediaType);
}

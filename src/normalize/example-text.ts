import { isArray, parseJson } from "../json/index.ts";
import type { Example, Json, JsonObject } from "../model/index.ts";
import { partsOf } from "./constants.ts";
import type { WebhookDraft } from "./draft.ts";
import type { Schemas } from "./schema-lookup.ts";

/**
 * The draft with examples as values where the document writes them as the text of their JSON, in one string: many do so to
 * keep their layout. Only where the payload cannot be a string.
 */
export function readExampleTexts(draft: WebhookDraft, schemas: Schemas): WebhookDraft {
  if (!draft.examples.some(({ payload }) => typeof payload === "string")) return draft;
  if (!partsOf([draft.payload], schemas).some(allowsNoString)) return draft;
  return { ...draft, examples: draft.examples.map(readText) };
}

function readText(example: Example): Example {
  if (typeof example.payload !== "string" || !/^\s*[[{]/.test(example.payload)) return example;
  const payload = parseJson(example.payload);
  return payload === undefined ? example : { ...example, payload: payload as Json };
}

function allowsNoString(part: JsonObject): boolean {
  const types = part["type"];
  if (types !== undefined) return isArray(types) ? !types.includes("string") : types !== "string";
  return part["properties"] !== undefined;
}

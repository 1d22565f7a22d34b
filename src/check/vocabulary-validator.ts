import type { ErrorObject } from "ajv";
import { getAt, parsePointer } from "../json/index.ts";
import type { Json } from "../model/index.ts";

/** The extensions that are ours. */
export const VOCABULARY = [
  "x-webhook-route",
  "x-webhook-name",
  "x-webhook-signature",
  "x-open-enum",
  "x-query-array",
] as const;

export interface VocabularyValidator {
  readonly validate: (object: Json) => readonly ErrorObject[];
  readonly resolve: (ref: string) => unknown;
}

let validator: Promise<VocabularyValidator> | undefined;

/** The validator of `vocabulary.schema.json`, made when it is first needed. */
export function vocabularyValidator(): Promise<VocabularyValidator> {
  validator ??= compile();
  return validator;
}

async function compile(): Promise<VocabularyValidator> {
  const [{ Ajv2020 }, { default: schema }] = await Promise.all([
    import("ajv/dist/2020.js"),
    import("./vocabulary.schema.json", { with: { type: "json" } }),
  ]);
  const check = new Ajv2020({ allErrors: true, verbose: true, strict: false, logger: false }).compile(schema);
  return {
    validate: (object) => (check(object) ? [] : [...(check.errors ?? [])]),
    resolve: (ref) => getAt(schema as Json, parsePointer(ref.replace(/^#/, "")) ?? ["?"]),
  };
}

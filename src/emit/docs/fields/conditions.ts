import { isArray, isObject } from "../../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../../model/index.ts";
import type { Flat } from "./flatten.ts";
import { schemaOf } from "./flatten.ts";

/** What else is in an object in some cases: schemas that hold only then, and when that is. */
export interface Conditional {
  readonly when: string;
  readonly schema: Schema;
}

/** `if`/`then`/`else`, `dependentSchemas` and `dependentRequired`, each with its case in words. */
export function conditionalsOf({ parts }: Flat): readonly Conditional[] {
  return parts.flatMap((part) => [...ifThenElse(part), ...dependents(part)]);
}

function ifThenElse(part: JsonObject): readonly Conditional[] {
  const test = schemaOf(part["if"]);
  if (test === undefined) return [];
  const words = wordsOf(test);
  const branches = [
    ["then", words === null ? "in some cases" : `when ${words}`],
    ["else", words === null ? "in the other cases" : `unless ${words}`],
  ] as const;
  return branches.flatMap(([keyword, when]) => {
    const schema = schemaOf(part[keyword]);
    return schema === undefined ? [] : [{ when, schema }];
  });
}

function dependents(part: JsonObject): readonly Conditional[] {
  const found: Conditional[] = [];
  for (const [name, value] of entriesOf(part["dependentSchemas"])) {
    const schema = schemaOf(value);
    if (schema !== undefined) found.push({ when: `when ${name} is there`, schema });
  }
  for (const [name, value] of entriesOf(part["dependentRequired"])) {
    if (isArray(value)) found.push({ when: `when ${name} is there`, schema: { required: value } });
  }
  return found;
}

/** The usual tests: fields with values, or fields that are there. Null for others, which words would make no plainer. */
function wordsOf(test: Schema): string | null {
  if (!isObject(test)) return null;
  if (Object.keys(test).some((key) => !["properties", "required", "type", "description"].includes(key))) return null;
  const said = new Set<string>();
  const words: string[] = [];
  for (const [name, schema] of entriesOf(test["properties"])) {
    const values = isObject(schema) ? (schema["const"] !== undefined ? [schema["const"]] : schema["enum"]) : undefined;
    if (!isArray(values) || values.length === 0) return null;
    said.add(name);
    words.push(`${name} is ${values.map((value) => JSON.stringify(value)).join(" or ")}`);
  }
  for (const name of isArray(test["required"]) ? test["required"] : []) {
    if (typeof name === "string" && !said.has(name)) words.push(`${name} is there`);
  }
  return words.length === 0 ? null : words.join(" and ");
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isObject(value) ? Object.entries(value) : [];
}

import { isArray, isObject } from "../../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../../model/index.ts";
import type { FieldValue } from "./field.ts";
import { allOf, type Flat, schemasOf } from "./flatten.ts";

export interface Values {
  readonly values: readonly FieldValue[];
  /** Others are valid too. */
  readonly open: boolean;
  /** The alternatives that say nothing but values, and need not be shown as alternatives. */
  readonly spent: ReadonlySet<Json>;
}

/** The values that a schema lists: `const`, `enum`, and alternatives that are constants, which is how meanings are written. */
export function valuesOf(flat: Flat): Values {
  const spent = new Set<Json>();
  for (const constant of allOf(flat, "const")) return { values: [{ value: constant }], open: false, spent };
  for (const part of flat.parts) {
    const listed = part["enum"];
    if (isArray(listed)) return { values: withMeanings(listed, part), open: part["x-open-enum"] === true, spent };
  }
  for (const keyword of ["oneOf", "anyOf"]) {
    for (const value of allOf(flat, keyword)) {
      const found = valuesOfChoices(schemasOf(value));
      if (found !== null) return { ...found, spent: new Set([value]) };
    }
  }
  return { values: [], open: false, spent };
}

/** Values where each alternative is one, or several, but perhaps for one that allows any string. */
function valuesOfChoices(choices: readonly Schema[]): { values: readonly FieldValue[]; open: boolean } | null {
  const values: FieldValue[] = [];
  let open = false;
  for (const choice of choices) {
    if (!isObject(choice)) return null;
    const listed = choice["enum"];
    if (choice["const"] !== undefined) values.push(valueAt(choice["const"], meaningOf(choice)));
    else if (isArray(listed)) values.push(...withMeanings(listed, choice));
    else if (isPlainString(choice)) open = true;
    else return null;
  }
  return values.length === 0 ? null : { values, open };
}

function isPlainString(schema: JsonObject): boolean {
  return (
    schema["type"] === "string" && Object.keys(schema).every((key) => ["type", "description", "title"].includes(key))
  );
}

function meaningOf(schema: JsonObject): string | undefined {
  const { title, description } = schema;
  return [title, description].filter((text): text is string => typeof text === "string").join(": ") || undefined;
}

/** Extensions in use that give each value of an `enum` a text: a list in the same order, or texts by value. */
const MEANINGS = ["x-enumDescriptions", "x-enum-descriptions", "x-enum-description", "x-enumNames", "x-enum-varnames"];

function withMeanings(values: readonly Json[], schema: JsonObject): readonly FieldValue[] {
  const texts = MEANINGS.map((keyword) => schema[keyword]).find((value) => value !== undefined);
  return values.map((value, index) => {
    if (isArray(texts)) return valueAt(value, texts[index]);
    const key = String(value);
    return valueAt(value, isObject(texts) && Object.hasOwn(texts, key) ? texts[key] : undefined);
  });
}

function valueAt(value: Json, meaning: Json | undefined): FieldValue {
  return typeof meaning === "string" && meaning !== "" ? { value, meaning } : { value };
}

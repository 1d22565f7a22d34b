import { isObject, own } from "../../../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../../../model/index.ts";
import { conditionalsOf } from "./conditions.ts";
import type { Field } from "./field.ts";
import { type Flat, flatten, joined, schemaOf } from "./flatten.ts";

/** One field of an object, as its schemas describe it. */
export interface Member {
  readonly name: string;
  readonly kind: Field["kind"];
  /** All that holds for its value. */
  readonly schema: Schema;
  readonly required: boolean;
  /** When it is there, or has to be, in words. */
  readonly condition?: string;
}

/** The fields of an object in the order in which they are told: those with names, others, and what is required without a word. */
export function membersOf(flat: Flat, contract: Pick<Contract, "schemas">): readonly Member[] {
  const required = requiredOf(flat);
  const found = new Map<string, { schemas: Schema[]; condition?: string; required: boolean }>();
  for (const [name, schema] of propertiesOf(flat)) {
    const known = found.get(name);
    if (known === undefined) found.set(name, { schemas: [schema], required: required.has(name) });
    else known.schemas.push(schema);
  }
  for (const { when, schema } of conditionalsOf(flat)) {
    const part = flatten(schema, contract);
    for (const [name, property] of propertiesOf(part)) {
      if (!found.has(name)) found.set(name, { schemas: [property], condition: when, required: false });
    }
    for (const name of requiredOf(part)) {
      const known = found.get(name);
      if (known !== undefined && !known.required) known.condition = `required ${when}`;
    }
  }
  const named = [...found].map(
    ([name, { schemas, ...rest }]): Member => ({ name, kind: "property", schema: joined(schemas), ...rest }),
  );
  const others = othersOf(flat).map(([name, schema]): Member => ({ name, kind: "others", schema, required: false }));
  const missing = [...required].filter((name) => !found.has(name));
  return [
    ...named,
    ...others,
    ...missing.map((name): Member => ({ name, kind: "property", schema: true, required: true })),
  ];
}

function propertiesOf({ parts }: Pick<Flat, "parts">): readonly (readonly [string, Schema])[] {
  return parts.flatMap((part) => entriesOf(part, "properties"));
}

function requiredOf({ parts }: Pick<Flat, "parts">): ReadonlySet<string> {
  return new Set(
    parts.flatMap((part) => {
      const names = own(part, "required");
      return Array.isArray(names) ? names.filter((name): name is string => typeof name === "string") : [];
    }),
  );
}

/** Fields whose names are not fixed: those of a pattern, and all others. */
function othersOf({ parts }: Flat): readonly (readonly [string, Schema])[] {
  return parts.flatMap((part) => [
    ...entriesOf(part, "patternProperties").map(([pattern, schema]) => [`/${pattern}/`, schema] as const),
    ...["additionalProperties", "unevaluatedProperties"].flatMap((keyword) => {
      const schema = part[keyword];
      return isObject(schema) && Object.keys(schema).length > 0 ? [["{…}", schema] as const] : [];
    }),
  ]);
}

function entriesOf(part: JsonObject, keyword: string): readonly (readonly [string, Schema])[] {
  const value = part[keyword];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, schema]) => {
    const one = schemaOf(schema as Json);
    return one === undefined ? [] : [[name, one] as const];
  });
}

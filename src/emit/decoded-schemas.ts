import { isArray, isJsonString, isObject, mapSubschemas } from "../json/index.ts";
import type { Contract, Json, JsonObject, Schema } from "../model/index.ts";

/** Keywords that stay on a JSON string's place when the string is replaced by what it holds. */
const KEPT_ANNOTATIONS = ["deprecated", "description", "title"] as const;

const PREFIX = "#/schemas/";

/** The key that a contract's `$ref` names. */
export function keyOfReference(ref: Json | undefined): string | null {
  return typeof ref === "string" && ref.startsWith(PREFIX) ? ref.slice(PREFIX.length) : null;
}

/** The key that a schema names if it does nothing else. */
export function soleReference(schema: Schema | undefined): string | null {
  return isObject(schema) && Object.keys(schema).length === 1 ? keyOfReference(schema["$ref"]) : null;
}

/** Whether a schema allows values that are no strings beside a JSON string. */
export function allowsOtherThanString(schema: JsonObject): boolean {
  return otherTypes(schema).length > 0;
}

function otherTypes({ type }: JsonObject): readonly string[] {
  return isArray(type) ? type.filter((one): one is string => typeof one === "string" && one !== "string") : [];
}

export interface DecodedSchemas {
  /** The named schemas with every JSON string replaced by the schema of what it holds; references stay. */
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Keys of the schemas that lead to a JSON string, so that their value on the wire is another than when decoded. */
  readonly differing: ReadonlySet<string>;
}

/** The schemas of a contract as they are after decoding. */
export function decodedSchemas(contract: Pick<Contract, "schemas">): DecodedSchemas {
  const entries = Object.entries(contract.schemas).map(([key, schema]) => [key, decodedSchema(schema)] as const);
  return { schemas: Object.fromEntries(entries), differing: differingKeys(contract.schemas) };
}

/** One schema as it is after decoding. */
export function decodedSchema(schema: Schema): Schema {
  if (!isObject(schema)) return schema;
  if (!isJsonString(schema)) return mapSubschemas(schema, decodedSchema);
  const content = decodedSchema(schema["contentSchema"] as Schema);
  const kept = Object.fromEntries(
    KEPT_ANNOTATIONS.flatMap((key) => (key in schema ? [[key, schema[key] as Json]] : [])),
  );
  const others = otherTypes(schema);
  if (others.length === 0) return isObject(content) ? { ...content, ...kept } : content;
  return { ...kept, anyOf: [content, { type: others.length === 1 ? (others[0] as string) : others }] };
}

function differingKeys(schemas: Readonly<Record<string, Schema>>): ReadonlySet<string> {
  const references = new Map<string, ReadonlySet<string>>();
  const differing = new Set<string>();
  for (const [key, schema] of Object.entries(schemas)) {
    const found = scan(schema);
    references.set(key, found.references);
    if (found.jsonString) differing.add(key);
  }
  for (let grown = true; grown; ) {
    grown = false;
    for (const [key, targets] of references) {
      if (differing.has(key) || ![...targets].some((target) => differing.has(target))) continue;
      differing.add(key);
      grown = true;
    }
  }
  return differing;
}

/** Whether a schema that stands in a webhook leads to a JSON string. */
export function leadsToJsonString(schema: Schema, differing: ReadonlySet<string>): boolean {
  const { jsonString, references } = scan(schema);
  return jsonString || [...references].some((key) => differing.has(key));
}

function scan(schema: Schema): { jsonString: boolean; references: Set<string> } {
  const references = new Set<string>();
  let jsonString = false;
  visit(schema);
  return { jsonString, references };

  function visit(part: Schema): Schema {
    if (!isObject(part)) return part;
    if (isJsonString(part)) jsonString = true;
    const key = keyOfReference(part["$ref"]);
    if (key !== null) references.add(key);
    mapSubschemas(part, visit);
    return part;
  }
}

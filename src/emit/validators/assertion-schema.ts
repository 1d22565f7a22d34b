import { isArray, isObject, isSchema, mapSubschemas, setOwn } from "../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../model/index.ts";
import type { JudgedPattern } from "../../patterns/usable-pattern.ts";

type Check = (value: Json) => boolean;

const isCount: Check = (value) => typeof value === "number" && Number.isInteger(value) && value >= 0;
const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isSchemaValue: Check = isSchema;
const isSchemaList: Check = (value) => isArray(value) && value.length > 0 && value.every(isSchema);
const isSchemaMap: Check = (value) => isObject(value) && Object.values(value).every(isSchema);
const isNames: Check = (value) => isArray(value) && value.every((name) => typeof name === "string");

const TYPES: ReadonlySet<Json> = new Set(["array", "boolean", "integer", "null", "number", "object", "string"]);

/**
 * The keywords of 2020-12 that say yes or no to a value, with what each may hold. Everything else is annotation, which
 * would only make the validators larger.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
const ASSERTIONS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["$ref", (value) => typeof value === "string"],
  ["additionalProperties", isSchemaValue],
  ["allOf", isSchemaList],
  ["anyOf", isSchemaList],
  ["const", () => true],
  ["contains", isSchemaValue],
  ["dependentRequired", (value) => isObject(value) && Object.values(value).every(isNames)],
  ["dependentSchemas", isSchemaMap],
  ["else", isSchemaValue],
  ["enum", (value) => isArray(value) && value.length > 0],
  ["exclusiveMaximum", isNumber],
  ["exclusiveMinimum", isNumber],
  ["format", (value) => typeof value === "string"],
  ["if", isSchemaValue],
  ["items", isSchemaValue],
  ["maxContains", isCount],
  ["maxItems", isCount],
  ["maxLength", isCount],
  ["maxProperties", isCount],
  ["maximum", isNumber],
  ["minContains", isCount],
  ["minItems", isCount],
  ["minLength", isCount],
  ["minProperties", isCount],
  ["minimum", isNumber],
  ["multipleOf", (value) => isNumber(value) && (value as number) > 0],
  ["not", isSchemaValue],
  ["oneOf", isSchemaList],
  ["pattern", (value) => typeof value === "string"],
  ["patternProperties", isSchemaMap],
  ["prefixItems", isSchemaList],
  ["properties", isSchemaMap],
  ["propertyNames", isSchemaValue],
  ["required", isNames],
  ["then", isSchemaValue],
  [
    "type",
    (value) => TYPES.has(value) || (isArray(value) && value.length > 0 && value.every((type) => TYPES.has(type))),
  ],
  ["unevaluatedItems", isSchemaValue],
  ["unevaluatedProperties", isSchemaValue],
  ["uniqueItems", (value) => typeof value === "boolean"],
]);

export interface AssertionOptions {
  readonly formats: ReadonlySet<string>;
  /** Leave out `additionalProperties: false` and its like, for receivers that prefer tolerance. */
  readonly closed: "obey" | "ignore";
  /** Says how a pattern can be used, or why not. */
  readonly judgePattern: (pattern: string) => JudgedPattern;
  /** Told of a keyword that cannot be used, and why. */
  readonly onUnusable: (keyword: string, reason: string) => void;
}

/**
 * A schema with nothing left but what decides about validity: annotations, unknown formats, open enums and keywords that
 * hold what they may not are gone.
 */
export function assertionSchema(schema: Schema, options: AssertionOptions): Schema {
  if (!isObject(schema)) return schema;
  const kept: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    const check = ASSERTIONS.get(keyword);
    if (check === undefined) continue;
    if (check(value)) keep(kept, keyword, value, schema, options);
    else options.onUnusable(keyword, "its value is not one that the keyword may have");
  }
  return withoutPrototypeName(mapSubschemas(kept, (subschema) => assertionSchema(subschema, options)));
}

const PROTOTYPE = "__proto__";

/**
 * Says in other keywords what a schema says of a property that is called `__proto__`: AJV passes over that name wherever
 * names have schemas.
 */
function withoutPrototypeName(schema: JsonObject): JsonObject {
  const changed: Record<string, Json> = { ...schema };
  const take = (keyword: string): Json | undefined => {
    const members = changed[keyword];
    if (!isObject(members) || !Object.hasOwn(members, PROTOTYPE)) return undefined;
    const { [PROTOTYPE]: taken, ...others } = members;
    changed[keyword] = others;
    return taken;
  };
  const property = take("properties");
  if (property !== undefined) {
    const patterns = changed["patternProperties"];
    const pattern = `^${PROTOTYPE}$`;
    const before = isObject(patterns) ? patterns[pattern] : undefined;
    const both = before === undefined ? property : { allOf: [before, property] };
    changed["patternProperties"] = { ...(isObject(patterns) ? patterns : {}), [pattern]: both };
  }
  const needed = take("dependentRequired");
  const dependent = take("dependentSchemas");
  const rules = [
    ...(needed === undefined ? [] : [{ required: needed }]),
    ...(dependent === undefined ? [] : [dependent]),
  ];
  if (rules.length > 0) {
    const allOf = isArray(changed["allOf"]) ? changed["allOf"] : [];
    changed["allOf"] = [...allOf, ...rules.map((then) => ({ if: { type: "object", required: [PROTOTYPE] }, then }))];
  }
  return changed;
}

function keep(
  kept: Record<string, Json>,
  keyword: string,
  value: Json,
  schema: JsonObject,
  { formats, closed, judgePattern, onUnusable }: AssertionOptions,
): void {
  switch (keyword) {
    case "enum":
      if (schema["x-open-enum"] !== true) kept["enum"] = distinct(value as readonly Json[]);
      return;
    case "format":
      if (formats.has(value as string)) kept["format"] = value;
      return;
    case "required":
      kept["required"] = distinct(value as readonly Json[]);
      return;
    case "type":
      kept["type"] = isArray(value) ? distinct(value) : value;
      return;
    case "pattern": {
      const pattern = judgePattern(value as string);
      if (pattern.source === null) onUnusable("pattern", pattern.reason);
      else kept["pattern"] = pattern.source;
      return;
    }
    case "patternProperties":
      kept["patternProperties"] = usableNames(value as JsonObject, judgePattern, onUnusable);
      return;
    case "additionalProperties":
    case "unevaluatedProperties":
      if (closed === "obey" || value !== false) kept[keyword] = value;
      return;
    default:
      kept[keyword] = value;
  }
}

function usableNames(
  schemas: JsonObject,
  judgePattern: AssertionOptions["judgePattern"],
  onUnusable: AssertionOptions["onUnusable"],
): JsonObject {
  const usable: Record<string, Json> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const pattern = judgePattern(name);
    if (pattern.source === null) onUnusable("pattern", pattern.reason);
    else setOwn(usable, pattern.source, schema);
  }
  return usable;
}

/** AJV refuses lists that name a value twice; they mean the same without. */
function distinct(values: readonly Json[]): readonly Json[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const id = JSON.stringify(value);
    return seen.has(id) ? false : Boolean(seen.add(id));
  });
}

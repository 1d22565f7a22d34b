import { isArray, isJsonString, isObject, isSchema, setOwn } from "../../json/index.ts";
import type { Json, JsonObject, Schema } from "../../model/index.ts";
import { keyOfReference } from "../decoded-schemas.ts";
import { commentText } from "../source-text.ts";

/** A keyword of ours by which `emit-types` recognises what to write in place of a schema. */
export const WRITE_AS = "x-hookbook-write-as";

/** A keyword of ours that carries the text of a comment. */
export const DOCUMENTATION = "x-hookbook-documentation";

/**
 * Stands before a property's name that every object inherits (`toString`, `hasOwnProperty`): the generator's own reader
 * looks names up in plain objects and would find, and call, what is inherited. `declareTypes` takes it away again.
 */
export const OWN_NAME = "\u0001own ";

export interface TypingOptions {
  /** The type's name for the key of a named schema. */
  readonly nameOf: (key: string) => string;
  /** Gives an inline schema a name of its own; returns the name. */
  readonly hoist: (schema: Schema, suggestedName: string) => string;
}

/**
 * Keywords that a type can say beside `$ref`, unions and constants, with what each may hold. The generator is given no
 * others: it would read some of them wrongly, and refuses what is malformed.
 */
const TYPED: ReadonlyMap<string, (value: Json) => boolean> = new Map<string, (value: Json) => boolean>([
  ["additionalProperties", isSchema],
  ["enum", isArray],
  ["items", isSchema],
  ["patternProperties", isObject],
  ["prefixItems", isArray],
  ["properties", isObject],
  ["required", isArray],
  ["type", (value) => [value].flat().every((type) => typeof type === "string" && TYPES.has(type))],
]);

const TYPES: ReadonlySet<string> = new Set(["array", "boolean", "integer", "null", "number", "object", "string"]);

/** Keywords that give a schema a type of its own. */
const TYPE_GIVING = [
  "$ref",
  "additionalProperties",
  "allOf",
  "anyOf",
  "const",
  "enum",
  "items",
  "oneOf",
  "prefixItems",
  "properties",
  "type",
];

/**
 * A schema in the form from which openapi-typescript writes the type that the schema means: constraints without a type
 * are gone, unions beside properties are intersected, `required` reaches the properties it speaks of, references name
 * types, JSON strings and open enums are marked.
 */
export function typingSchema(schema: Schema, owner: string, options: TypingOptions): Schema {
  if (!isObject(schema)) return schema;
  if (isJsonString(schema)) return jsonString(schema, owner, options);
  if (isOpenEnum(schema)) return openEnum(schema);
  const notes = annotations(schema);
  const constant = schema["const"];
  if (constant !== undefined) return { ...notes, ...constantType(constant) };

  const core: Record<string, Json> = {};
  const parts: Json[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === "$ref") {
      const key = keyOfReference(value);
      if (key !== null) parts.push({ $ref: `#/components/schemas/${options.nameOf(key)}` });
    } else if (keyword === "allOf" && isArray(value)) {
      for (const part of value.filter(isSchema)) parts.push(typingSchema(part, owner, options) as Json);
    } else if ((keyword === "anyOf" || keyword === "oneOf") && isArray(value)) {
      const union = value.filter(isSchema).map((part) => typingSchema(part, owner, options) as Json);
      const possible = union.filter((part) => part !== false);
      if (union.length > 0 && possible.length === 0) parts.push(false);
      else if (possible.every(givesType)) parts.push({ anyOf: possible });
    } else if (TYPED.get(keyword)?.(value) === true) {
      core[keyword] = typedKeyword(keyword, value, owner, options);
    }
  }
  // Nothing is in no set, so an intersection with it is empty; the generator cannot read `false` there.
  const own = withListedValues(core);
  return parts.includes(false) || own === null ? false : join(own, parts, notes);
}

/**
 * Beside scalars that an `enum` lists, what is said of objects and arrays says nothing, and the generator would take the
 * scalars for schemas. Null where only objects or arrays may be listed, which no scalar is.
 */
function withListedValues(core: Record<string, Json>): Record<string, Json> | null {
  const { enum: values, type } = core;
  if (!isArray(values) || values.length === 0) return core;
  const types = [type ?? []].flat().filter((one) => one !== "object" && one !== "array");
  if (type !== undefined && types.length === 0) return null;
  return { enum: values, ...(type === undefined ? {} : { type: isArray(type) ? types : type }) };
}

/** Joins a schema's own keywords with its `allOf` parts, flat where that means the same and reads better. */
function join(core: Record<string, Json>, parts: readonly Json[], notes: JsonObject): Schema {
  let own = withType(core);
  const kept: Json[] = [];
  for (const part of parts) {
    const merged = isObject(part) ? mergeObjects(own, part) : null;
    if (merged !== null) own = merged;
    else if (givesType(part)) kept.push(part);
  }
  own = withRequiredProperties(own);
  const [only] = kept;
  if (kept.length === 0) return { ...notes, ...own };
  if (!givesType(own)) {
    if (kept.length === 1 && isObject(only)) return { ...only, ...notes };
    return { ...notes, allOf: [...kept] };
  }
  return { ...notes, allOf: [...kept, own] };
}

/** Two plain object schemas that name no property twice are one; null where they are not such. */
function mergeObjects(a: JsonObject, b: JsonObject): JsonObject | null {
  const plain = new Set([DOCUMENTATION, "properties", "required", "type"]);
  const isPlain = (schema: JsonObject) => Object.keys(schema).every((key) => plain.has(key));
  if (!isPlain(a) || !isPlain(b)) return null;
  for (const type of [a["type"], b["type"]]) if (type !== undefined && type !== "object") return null;
  const properties: Record<string, Json> = {};
  for (const side of [a["properties"], b["properties"]]) {
    for (const [name, property] of isObject(side) ? Object.entries(side as JsonObject) : []) {
      if (Object.hasOwn(properties, name)) {
        const narrower = narrow(properties[name], property as Json);
        if (narrower === null) return null;
        setOwn(properties, name, narrower);
      } else setOwn(properties, name, property as Json);
    }
  }
  const required = [a["required"], b["required"]].flatMap((list) => (isArray(list) ? list : []));
  return {
    ...(a["type"] === "object" || b["type"] === "object" || Object.keys(properties).length > 0
      ? { type: "object" }
      : {}),
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
  };
}

/** Of two schemas for one property, the one that is the narrower of both: a constant in place of a string, say. */
function narrow(a: Json | undefined, b: Json | undefined): Json | null {
  for (const [wide, tight] of [
    [a, b],
    [b, a],
  ]) {
    if (!isObject(wide) || !isObject(tight)) continue;
    const wideKeys = Object.keys(wide).filter((key) => key !== DOCUMENTATION);
    if (wideKeys.length === 0) return { ...wide, ...tight };
    const values = isArray(tight["enum"]) ? tight["enum"] : null;
    if (values === null) continue;
    if (wideKeys.every((key) => key === "type" || key === "enum")) {
      if (isArray(wide["enum"]) && !values.every((value) => (wide["enum"] as readonly Json[]).includes(value)))
        continue;
      return { ...wide, ...tight };
    }
  }
  return null;
}

function typedKeyword(keyword: string, value: Json, owner: string, options: TypingOptions): Json {
  const inner = (schema: Json, suffix: string) =>
    isSchema(schema) ? (typingSchema(schema, owner + pascal(suffix), options) as Json) : {};
  if (keyword === "properties" && isObject(value)) {
    const properties: Record<string, Json> = {};
    for (const [name, property] of Object.entries(value)) {
      setOwn(properties, ownName(name), inner(property as Json, name));
    }
    return properties;
  }
  if (keyword === "prefixItems" && isArray(value)) return value.map((item) => inner(item, "Item"));
  if (keyword === "items" || keyword === "additionalProperties") return inner(value, "Item");
  if (keyword === "enum" && isArray(value))
    return value.every((item) => typeof item !== "object" || item === null) ? value : [];
  if (keyword === "required" && isArray(value))
    return value.flatMap((name) => (typeof name === "string" ? ownName(name) : []));
  return value;
}

function ownName(name: string): string {
  return name in Object.prototype && name !== "__proto__" ? OWN_NAME + name : name;
}

/** `properties` without `type` still means an object here: that is what its authors want to say. */
function withType(core: Record<string, Json>): JsonObject {
  const rest: Record<string, Json> = { ...core };
  if (isArray(rest["enum"]) && rest["enum"].length === 0) delete rest["enum"];
  // A map written by patterns: any name may come, so the values are all that a type can say.
  const patterns = rest["patternProperties"];
  delete rest["patternProperties"];
  if (isObject(patterns) && rest["additionalProperties"] === undefined) rest["additionalProperties"] = true;
  if (rest["additionalProperties"] === false) delete rest["additionalProperties"];
  // Beside named properties an index signature would contradict them; unknown fields are allowed without one.
  if (rest["properties"] !== undefined && rest["additionalProperties"] === true) delete rest["additionalProperties"];
  if (rest["type"] === undefined && (rest["items"] !== undefined || rest["prefixItems"] !== undefined))
    rest["type"] = "array";
  return rest;
}

/** A required name that no property describes is there all the same, whatever its value. */
function withRequiredProperties(schema: JsonObject): JsonObject {
  const required = schema["required"];
  const properties = isObject(schema["properties"]) ? schema["properties"] : undefined;
  if (!isArray(required)) return schema;
  if (properties === undefined && schema["type"] !== "object") return schema;
  const missing = required.filter(
    (name): name is string => typeof name === "string" && !Object.hasOwn(properties ?? {}, name),
  );
  if (missing.length === 0) return schema;
  const all: Record<string, Json> = { ...(properties as JsonObject | undefined) };
  for (const name of missing) setOwn(all, name, {});
  return { ...schema, properties: all };
}

function jsonString(schema: JsonObject, owner: string, options: TypingOptions): Schema {
  const content = schema["contentSchema"] as Schema;
  const key = isObject(content) && Object.keys(content).length === 1 ? keyOfReference(content["$ref"]) : null;
  const name = key === null ? options.hoist(content, `${owner}Content`) : options.nameOf(key);
  const types = isArray(schema["type"]) ? schema["type"].filter((type) => type !== "string") : [];
  const written: JsonObject = { type: "string", [WRITE_AS]: `JsonString<${name}>` };
  const notes = annotations(schema);
  return types.length === 0 ? { ...notes, ...written } : { ...notes, anyOf: [written, { type: [...types] }] };
}

function isOpenEnum(schema: JsonObject): boolean {
  return schema["x-open-enum"] === true && isArray(schema["enum"]);
}

/** Known values for completion, any other string allowed: `"a" | "b" | (string & {})`. */
function openEnum(schema: JsonObject): Schema {
  const types = isArray(schema["type"]) ? schema["type"] : [];
  return {
    ...annotations(schema),
    anyOf: [
      { enum: (schema["enum"] as readonly Json[]).filter((value) => typeof value === "string") },
      { type: "string", [WRITE_AS]: "(string & {})" },
      ...(types.includes("null") ? [{ type: "null" }] : []),
    ],
  };
}

function constantType(value: Json): JsonObject {
  if (value === null) return { type: "null" };
  return typeof value === "object" ? { type: isArray(value) ? "array" : "object" } : { enum: [value] };
}

/** What a schema says about itself in prose, and what no type can say of its strings. */
function annotations(schema: JsonObject): JsonObject {
  const { title, description, deprecated, format } = schema;
  const text = typeof description === "string" ? description : typeof title === "string" ? title : "";
  const lines = [
    commentText(text),
    typeof format === "string" ? `Format: ${commentText(format)}` : "",
    deprecated === true ? "@deprecated" : "",
  ].filter((line) => line !== "");
  return lines.length === 0 ? {} : { [DOCUMENTATION]: lines.join("\n\n") };
}

function givesType(schema: Json): boolean {
  if (schema === false) return true;
  return (
    isObject(schema) && (TYPE_GIVING.some((keyword) => schema[keyword] !== undefined) || schema[WRITE_AS] !== undefined)
  );
}

function pascal(text: string): string {
  const name = text.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? "").toUpperCase());
  return name.charAt(0).toUpperCase() + name.slice(1);
}

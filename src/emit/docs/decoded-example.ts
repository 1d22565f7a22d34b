import { isArray, isJsonString, isObject, parseJson, setOwn } from "../../json/index.ts";
import type { Contract, Json, Schema } from "../../model/index.ts";
import { allOf, flatten, schemaOf, schemasOf } from "./fields/flatten.ts";

/** Deeper values are left as they are. */
const DEPTH_MAX = 200;

/**
 * A payload as handlers get it: strings that hold JSON, by the schema, replaced by what they hold. The same value, and not a
 * copy, where there are none.
 */
export function decodedExample(value: Json, schema: Schema, contract: Pick<Contract, "schemas">): Json {
  return decode(value, schema, 0);

  function decode(part: Json, partSchema: Schema, depth: number): Json {
    if (partSchema === true || depth > DEPTH_MAX || !(typeof part === "string" || isObject(part) || isArray(part)))
      return part;
    const flat = flatten(partSchema, contract);
    if (typeof part === "string") {
      const content = flat.parts.find((one) => isJsonString(one))?.["contentSchema"];
      const held = content === undefined ? undefined : parseJson(part);
      return held === undefined ? part : decode(held, schemaOf(content) ?? true, depth + 1);
    }
    const choices = [...allOf(flat, "oneOf"), ...allOf(flat, "anyOf")].flatMap(schemasOf);
    const own = isArray(part)
      ? mapItems(part, schemasIn(allOf(flat, "items")), depth)
      : mapMembers(
          part,
          flat.parts.flatMap((one) => (isObject(one["properties"]) ? [one["properties"]] : [])),
          depth,
        );
    return choices.reduce<Json>((current, choice) => decode(current, choice, depth + 1), own);
  }

  function mapItems(items: readonly Json[], schemas: readonly Schema[], depth: number): Json {
    const [first] = schemas;
    if (first === undefined) return items;
    const mapped = items.map((item) => decode(item, first, depth + 1));
    return mapped.every((item, index) => item === items[index]) ? items : mapped;
  }

  function mapMembers(
    object: Readonly<Record<string, Json>>,
    properties: readonly Readonly<Record<string, Json>>[],
    depth: number,
  ): Json {
    const mapped: Record<string, Json> = {};
    let changed = false;
    for (const [name, member] of Object.entries(object)) {
      let value = member;
      for (const schemas of properties) {
        const schema = Object.hasOwn(schemas, name) ? schemaOf(schemas[name]) : undefined;
        if (schema !== undefined) value = decode(value, schema, depth + 1);
      }
      if (value !== member) changed = true;
      setOwn(mapped, name, value);
    }
    return changed ? mapped : object;
  }
}

function schemasIn(values: readonly Json[]): readonly Schema[] {
  return values.map(schemaOf).filter((one) => one !== undefined);
}

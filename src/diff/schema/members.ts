import { isArray, isObject, isSchema, own, setOwn } from "../../json/index.ts";
import type { JsonObject, Schema } from "../../model/index.ts";
import type { Part } from "./alternatives.ts";
import type { ArrayFacts, ArrayPart, ObjectFacts, ObjectPart } from "./shape.ts";

/** What schemas that hold together say of an object's properties. */
export function objectFacts(parts: readonly Part[]): ObjectFacts {
  const required = new Map<string, JsonObject>();
  const dependentRequired = new Map<string, Map<string, JsonObject>>();
  const ownParts: ObjectPart[] = [];
  for (const { schema: holder } of parts) {
    for (const name of namesIn(own(holder, "required"))) if (!required.has(name)) required.set(name, holder);
    const dependent = own(holder, "dependentRequired");
    for (const [name, list] of isObject(dependent) ? Object.entries(dependent) : []) {
      const names = dependentRequired.get(name) ?? new Map<string, JsonObject>();
      for (const other of namesIn(list)) names.set(other, holder);
      dependentRequired.set(name, names);
    }
    const part = objectPart(holder);
    if (part !== null) ownParts.push(part);
  }
  return { parts: [...ownParts, ...closingParts(parts)], required, dependentRequired };
}

function objectPart(holder: JsonObject): ObjectPart | null {
  const properties = own(holder, "properties");
  const patterns = own(holder, "patternProperties");
  const additional = own(holder, "additionalProperties");
  const part: ObjectPart = {
    holder,
    properties: isObject(properties) ? properties : {},
    patterns: (isObject(patterns) ? Object.entries(patterns) : []).filter((entry): entry is [string, Schema] =>
      isSchema(entry[1]),
    ),
    additional: additional !== undefined && isSchema(additional) ? (additional as Schema) : undefined,
  };
  const saysNothing =
    Object.keys(part.properties).length === 0 && part.patterns.length === 0 && part.additional === undefined;
  return saysNothing ? null : part;
}

/**
 * `unevaluatedProperties` forbids, or constrains, what no schema in place speaks of: the same as `additionalProperties` of one
 * schema that has all of their properties.
 */
function closingParts(parts: readonly Part[]): readonly ObjectPart[] {
  return parts.flatMap(({ schema: holder }): ObjectPart[] => {
    const additional = own(holder, "unevaluatedProperties");
    if (additional === undefined || !isSchema(additional) || additional === true) return [];
    const properties: Record<string, Schema> = {};
    const patterns = new Map<string, Schema>();
    for (const { schema, within } of parts) {
      if (!within.has(holder)) continue;
      const part = objectPart(schema);
      if (part === null) continue;
      // All properties are evaluated, so nothing is left to be closed.
      if (part.additional !== undefined) return [];
      for (const name of Object.keys(part.properties)) setOwn(properties, name, true);
      for (const [pattern] of part.patterns) patterns.set(pattern, true);
    }
    return [{ holder, properties, patterns: [...patterns], additional: additional as Schema }];
  });
}

/** What schemas that hold together say of an array's items. */
export function arrayFacts(parts: readonly Part[]): ArrayFacts {
  const own = parts.flatMap(({ schema }) => arrayPart(schema) ?? []);
  return { parts: [...own, ...closingArrayParts(parts)] };
}

function arrayPart(holder: JsonObject): ArrayPart | null {
  const prefix = own(holder, "prefixItems");
  const rest = own(holder, "items");
  const part: ArrayPart = {
    holder,
    prefix: isArray(prefix) ? (prefix.map((item) => (isSchema(item) ? item : true)) as Schema[]) : [],
    rest: rest !== undefined && isSchema(rest) ? (rest as Schema) : undefined,
  };
  return part.prefix.length === 0 && part.rest === undefined ? null : part;
}

function closingArrayParts(parts: readonly Part[]): readonly ArrayPart[] {
  return parts.flatMap(({ schema: holder }): ArrayPart[] => {
    const rest = own(holder, "unevaluatedItems");
    if (rest === undefined || !isSchema(rest) || rest === true) return [];
    let evaluated = 0;
    for (const { schema, within } of parts) {
      if (!within.has(holder)) continue;
      const part = arrayPart(schema);
      // Whatever `contains` finds is evaluated as well; which items these are is not known.
      if (part?.rest !== undefined || Object.hasOwn(schema, "contains")) return [];
      evaluated = Math.max(evaluated, part?.prefix.length ?? 0);
    }
    return [{ holder, prefix: Array.from({ length: evaluated }, () => true), rest: rest as Schema }];
  });
}

function namesIn(list: unknown): readonly string[] {
  return isArray(list) ? list.filter((name): name is string => typeof name === "string") : [];
}

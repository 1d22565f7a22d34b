import { isObject, type JsonRecord } from "../json/index.ts";

/** Names that a schema gives to an object's properties, and patterns of such names. */
export interface PropertyNames {
  readonly names: readonly string[];
  readonly patterns: readonly string[];
}

const INNER = ["allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas"] as const;

/**
 * Every property that a schema speaks of, in whichever branch: through its applicators and local references.
 * @param resolve  finds the target of a `$ref`; without it, references are passed over.
 */
export function propertyNames(schema: unknown, resolve?: (ref: string) => unknown): PropertyNames {
  const names = new Set<string>();
  const patterns = new Set<string>();
  const open: unknown[] = [schema];
  const seen = new Set<unknown>();
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (!isObject(current) || seen.has(current)) continue;
    seen.add(current);
    for (const name of keysOf(current, "properties")) names.add(name);
    for (const pattern of keysOf(current, "patternProperties")) patterns.add(pattern);
    for (const keyword of INNER) {
      const inner = current[keyword];
      if (Array.isArray(inner)) open.push(...inner);
      else if (keyword === "dependentSchemas" && isObject(inner)) open.push(...Object.values(inner));
      else open.push(inner ?? null);
    }
    const ref = current["$ref"];
    if (typeof ref === "string" && resolve !== undefined) open.push(resolve(ref) ?? null);
  }
  return { names: [...names], patterns: [...patterns] };
}

export function isKnownProperty(schema: unknown, property: string, resolve?: (ref: string) => unknown): boolean {
  const { names, patterns } = propertyNames(schema, resolve);
  return names.includes(property) || patterns.some((pattern) => new RegExp(pattern, "u").test(property));
}

function keysOf(schema: JsonRecord, keyword: string): readonly string[] {
  const value = schema[keyword];
  return isObject(value) ? Object.keys(value) : [];
}

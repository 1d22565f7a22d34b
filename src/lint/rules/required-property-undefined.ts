import { diagnose } from "../../diagnostics/index.ts";
import { isArray, isObject, isString, joinPointer } from "../../json/index.ts";
import type { JsonObject } from "../../model/index.ts";
import type { LintRule, LintTools } from "../rule.ts";

/** A name in `required` that no schema of the same object has: usually a slip of the pen, or a property that was renamed. */
export const requiredPropertyUndefined: LintRule = {
  id: "required-property-undefined",
  severity: "warning",
  check(_, tools) {
    const isDefined = definitions(tools);
    return [...tools.sites].flatMap(({ schema, location, isCondition }) => {
      const { required } = schema;
      if (isCondition || !isArray(required)) return [];
      return required.flatMap((name, index) => {
        if (!isString(name) || isDefined(schema, name)) return [];
        const pointer = joinPointer(location.pointer, "required", index);
        return [diagnose("required-property-undefined", { property: name }, { file: location.file, pointer })];
      });
    });
  },
};

/** Whether some schema of the object defines a property, in every object that the schema is a part of. */
function definitions({ sites }: LintTools): (schema: JsonObject, name: string) => boolean {
  const known = new Map<JsonObject, ReadonlySet<string> | null>();
  const definedIn = (whole: JsonObject): ReadonlySet<string> | null => {
    const names = known.get(whole);
    if (names !== undefined) return names;
    const found = namesIn(sites.partsOf(whole));
    known.set(whole, found);
    return found;
  };
  return (schema, name) => sites.wholesOf(schema).every((whole) => definedIn(whole)?.has(name) ?? true);
}

/** The properties that schemas of one object name; null where they describe others too. */
function namesIn(parts: readonly JsonObject[]): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const { properties, patternProperties, additionalProperties, unevaluatedProperties } of parts) {
    if ([patternProperties, additionalProperties, unevaluatedProperties].some(isObject)) return null;
    for (const name of isObject(properties) ? Object.keys(properties) : []) names.add(name);
  }
  return names;
}

import { diagnose } from "../../diagnostics/index.ts";
import { isObject, joinPointer } from "../../json/index.ts";
import type { Diagnostic, JsonObject, Schema } from "../../model/index.ts";
import type { LintRule, LintTools } from "../rule.ts";

/**
 * A property of what the sender writes that nothing describes: neither its own schema, nor one that it refers to, nor
 * another schema of the same object that names it too.
 */
export const propertyWithoutDescription: LintRule = {
  id: "property-without-description",
  severity: "info",
  check(_, tools) {
    const isDescribedBeside = descriptionsBeside(tools);
    return [...tools.sites].flatMap(({ schema, location, sent }): readonly Diagnostic[] => {
      const { properties } = schema;
      if (!sent || !isObject(properties)) return [];
      return Object.entries(properties).flatMap(([property, value]) => {
        if (value === false || isDescribed(value as Schema, tools)) return [];
        if (isDescribedBeside(schema, property)) return [];
        const place = { file: location.file, pointer: joinPointer(location.pointer, "properties", property) };
        const source = tools.sites.locationOf(value as Schema, place);
        return [diagnose("property-without-description", { property }, source)];
      });
    });
  },
};

function isDescribed(schema: Schema, { sites }: LintTools): boolean {
  return sites.partsOf(schema).some(({ description, title }) => isText(description) || isText(title));
}

/** Whether another schema of the same object describes a property, in every object that the schema is a part of. */
function descriptionsBeside(tools: LintTools): (schema: JsonObject, property: string) => boolean {
  const { sites } = tools;
  const described = new Map<JsonObject, ReadonlySet<string>>();
  const describedIn = (whole: JsonObject): ReadonlySet<string> => {
    const known = described.get(whole);
    if (known !== undefined) return known;
    const names = sites.partsOf(whole).flatMap(({ properties }) =>
      Object.entries(isObject(properties) ? properties : {})
        .filter(([, value]) => isDescribed(value as Schema, tools))
        .map(([name]) => name),
    );
    const set = new Set(names);
    described.set(whole, set);
    return set;
  };
  return (schema, property) => sites.wholesOf(schema).every((whole) => describedIn(whole).has(property));
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

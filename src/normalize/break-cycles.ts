import { isObject, mapSubschemas } from "../json/index.ts";
import type { JsonObject, Schema } from "../model/index.ts";
import { keyOfReference, type Schemas } from "./schema-lookup.ts";

/** Keywords whose schemas speak of the same value as the schema they stand in. */
const IN_PLACE: ReadonlySet<string> = new Set([
  "allOf",
  "anyOf",
  "dependentSchemas",
  "else",
  "if",
  "not",
  "oneOf",
  "then",
]);

/**
 * Cuts references that lead back to themselves without going one step into the value (`A: allOf: [A]`): no payload could
 * ever be judged by them. Recursion through a property or an item stays.
 * @returns the schemas, and the keys of those in which a reference was cut.
 */
export function breakCycles(schemas: Schemas): { schemas: Schemas; cut: readonly string[] } {
  const state = new Map<string, "open" | "done">();
  const back = new Map<string, Set<string>>();
  for (const key of Object.keys(schemas)) visit(key);
  if (back.size === 0) return { schemas, cut: [] };
  const entries = Object.entries(schemas).map(([key, schema]) => {
    const targets = back.get(key);
    return [key, targets === undefined ? schema : cut(schema, targets)] as const;
  });
  return { schemas: Object.fromEntries(entries), cut: [...back.keys()] };

  /** Depth first, with a stack of its own: references may form long chains. */
  function visit(start: string): void {
    const open: { readonly key: string; readonly targets: readonly string[]; next: number }[] = [];
    const enter = (key: string) => {
      if (state.has(key)) return;
      state.set(key, "open");
      open.push({ key, targets: inPlaceReferences(schemas[key] ?? true), next: 0 });
    };
    enter(start);
    for (let step = open.at(-1); step !== undefined; step = open.at(-1)) {
      const target = step.targets[step.next++];
      if (target === undefined) {
        state.set(step.key, "done");
        open.pop();
      } else if (state.get(target) === "open") {
        back.set(step.key, (back.get(step.key) ?? new Set()).add(target));
      } else enter(target);
    }
  }
}

function inPlaceReferences(schema: Schema): readonly string[] {
  if (!isObject(schema)) return [];
  const found: string[] = [];
  const own = typeof schema["$ref"] === "string" ? keyOfReference(schema["$ref"]) : null;
  if (own !== null) found.push(own);
  mapSubschemas(schema, (part, path) => {
    if (IN_PLACE.has(path[0] ?? "")) found.push(...inPlaceReferences(part));
    return part;
  });
  return found;
}

function cut(schema: Schema, targets: ReadonlySet<string>): Schema {
  if (!isObject(schema)) return schema;
  const copy: Record<string, JsonObject[string]> = {
    ...mapSubschemas(schema, (part, path) => (IN_PLACE.has(path[0] ?? "") ? cut(part, targets) : part)),
  };
  const ref = typeof copy["$ref"] === "string" ? keyOfReference(copy["$ref"]) : null;
  if (ref !== null && targets.has(ref)) delete copy["$ref"];
  return copy;
}

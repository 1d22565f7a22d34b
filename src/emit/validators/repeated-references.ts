import { eachSubschema, isObject } from "../../json/index.ts";
import type { Schema } from "../../model/index.ts";
import { componentsOf } from "../../patterns/components.ts";
import { keyOfReference } from "../decoded-schemas.ts";
import type { InlinedSchemas } from "./inline-references.ts";

/** How often one value of a payload may be looked at before it is worth remembering what was found. */
const VISITS_MAX = 200;

/**
 * Finds the named schemas of which the validator must remember what it judged, since many ways lead to one value: those that
 * lead back to themselves by two references or more, and those that are reached through too many branches.
 */
export function repeatedReferences({ schemas, payloads }: InlinedSchemas): ReadonlySet<string> {
  const references = new Map(Object.entries(schemas).map(([key, schema]) => [key, referencesIn(schema)]));
  const repeated = new Set<string>();
  const ring = componentsOf(references.keys(), (key) => references.get(key) ?? []);
  const within = new Map<number | undefined, number>();
  for (const [key, targets] of references) {
    const id = ring.get(key);
    const back = targets.filter((target) => ring.get(target) === id).length;
    within.set(id, (within.get(id) ?? 0) + back);
  }
  for (const [key, id] of ring) if ((within.get(id) ?? 0) > 1) repeated.add(key);

  const visits = new Map<string, number>();
  const roots = [...Object.values(schemas), ...payloads];
  if (roots.some((schema) => visitsOf(schema) > VISITS_MAX)) {
    const uses = new Map<string, number>();
    for (const target of roots.flatMap(referencesIn)) uses.set(target, (uses.get(target) ?? 0) + 1);
    for (const [key, count] of uses) if (count > 1 && (visits.get(key) ?? 0) > 1) repeated.add(key);
  }
  return repeated;

  /** A bound on how often one value is looked at under a schema. What leads back to itself is counted once. */
  function visitsOf(schema: Schema): number {
    if (!isObject(schema)) return 0;
    const key = keyOfReference(schema["$ref"]);
    let sum = key === null ? 0 : visitsOfNamed(key);
    let most = 0;
    eachSubschema(schema, (part, path) => {
      const count = visitsOf(part);
      // A value is one property only, and one item.
      if (path[0] === "properties" || path[0] === "prefixItems") most = Math.max(most, count);
      else sum += count;
    });
    return Math.min(sum + most, Number.MAX_SAFE_INTEGER / 2);
  }

  function visitsOfNamed(key: string): number {
    const known = visits.get(key);
    if (known !== undefined) return known;
    visits.set(key, 0);
    const count = Math.max(1, visitsOf(schemas[key] ?? true));
    visits.set(key, count);
    return count;
  }
}

function referencesIn(schema: Schema): readonly string[] {
  if (!isObject(schema)) return [];
  const found: string[] = [];
  const key = keyOfReference(schema["$ref"]);
  if (key !== null) found.push(key);
  eachSubschema(schema, (part) => {
    found.push(...referencesIn(part));
  });
  return found;
}

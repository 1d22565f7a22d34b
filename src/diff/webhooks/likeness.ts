import type { SchemaComparer } from "../compare/schema-comparer.ts";
import type { SchemaSide } from "../schema/schema-side.ts";
import type { Node } from "../schema/shape.ts";

/** The share of their properties that two payloads have in common, from 0 to 1. */
export function likenessOf(base: Node, revision: Node, sides: Pick<SchemaComparer, "base" | "revision">): number {
  const [names, others] = [namesOf(base, sides.base), namesOf(revision, sides.revision)];
  const shared = [...names].filter((name) => others.has(name)).length;
  const all = names.size + others.size - shared;
  return all === 0 ? 0 : shared / all;
}

/** Names of properties with those that are in them, one step deep. */
function namesOf(node: Node, side: SchemaSide): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { object } of side.typed(node).shapes.object) {
    for (const name of object.parts.flatMap(({ properties }) => Object.keys(properties))) {
      names.add(name);
      for (const inner of side.typed(side.property(object, name)).shapes.object)
        for (const below of inner.object.parts.flatMap(({ properties }) => Object.keys(properties)))
          names.add(`${name}/${below}`);
    }
  }
  return names;
}

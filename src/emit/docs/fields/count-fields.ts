import type { Field } from "./field.ts";

/** How many fields a payload with all of them has at least: of alternatives, none is counted. */
export function leastFields(root: Field): number {
  const byId = new Map<string, Field>();
  const counts = new Map<Field, number>();
  collect(root);
  return count(root);

  function collect(field: Field): void {
    if (!byId.has(field.id)) byId.set(field.id, field);
    for (const child of field.children) collect(child);
  }

  function count(field: Field): number {
    const known = counts.get(field);
    if (known !== undefined) return known;
    // What comes round to itself adds nothing.
    counts.set(field, 0);
    const { children, sameAs } = field;
    const same = sameAs === undefined || sameAs.recursive ? undefined : byId.get(sameAs.id);
    const own = children.reduce((sum, child) => sum + 1 + count(child), 0);
    const total = own + (same === undefined ? 0 : count(same));
    counts.set(field, total);
    return total;
  }
}

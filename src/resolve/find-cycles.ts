import { isObject, own } from "../json/index.ts";
import type { ReferenceTarget, SourceLocation } from "../model/index.ts";

/** A reference and the object that holds it. */
export interface HeldReference {
  readonly ref: string;
  readonly holder: SourceLocation;
}

/**
 * Finds the `$ref`s whose targets are nothing but further `$ref`s that lead back: they name no value. (A schema that
 * contains a reference to itself is no such thing.)
 * @returns each circle once, in the order of its references from the first that was met.
 */
export function findCycles(
  references: readonly HeldReference[],
  resolve: (ref: string, from: SourceLocation) => ReferenceTarget | null,
): HeldReference[][] {
  const cycles: HeldReference[][] = [];
  const done = new Set<string>();
  for (const first of references) {
    const chain: HeldReference[] = [];
    const places = new Map<string, number>();
    for (let current: HeldReference | null = first; current !== null; ) {
      const place = JSON.stringify([current.holder.file, current.holder.pointer]);
      const before = places.get(place);
      if (before !== undefined) cycles.push(chain.slice(before));
      if (before !== undefined || done.has(place)) break;
      places.set(place, chain.length);
      chain.push(current);
      const target: ReferenceTarget | null = resolve(current.ref, current.holder);
      const ref: unknown = target !== null && isObject(target.value) ? own(target.value, "$ref") : undefined;
      current = target !== null && typeof ref === "string" ? { ref, holder: target.location } : null;
    }
    for (const place of places.keys()) done.add(place);
  }
  return cycles;
}

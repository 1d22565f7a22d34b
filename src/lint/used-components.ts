import { findReferences, isArray, isObject, joinPointer, own, parsePointer, walk } from "../json/index.ts";
import type { DocumentSet, Json } from "../model/index.ts";

/** Where a use begins that makes things used: anywhere but inside the components. */
const OUTSIDE = "";

/**
 * The components of the entry document that are used, as pointers `/components/<section>/<name>`: whatever a chain of uses
 * leads to that begins outside the components. A use is a reference, a discriminator's mapping, a security requirement, and,
 * where a schema has a `discriminator`, every schema that builds on it by `allOf`.
 */
export function usedComponents(set: DocumentSet): ReadonlySet<string> {
  const uses = new Map<string, Set<string>>();
  for (const { file, kind, value } of set.documents.values()) {
    if (kind !== "text") collectUses(set, file, value, addUse);
  }
  const used = new Set<string>([OUTSIDE]);
  for (const component of used) for (const next of uses.get(component) ?? []) used.add(next);
  return used;

  function addUse(from: string, to: string): void {
    const list = uses.get(from);
    if (list === undefined) uses.set(from, new Set([to]));
    else list.add(to);
  }
}

function collectUses(set: DocumentSet, file: string, value: Json, addUse: (from: string, to: string) => void): void {
  const isEntry = file === set.entry.file;
  // What another document says counts as said from outside: it was read because something needs it.
  const ownerOf = (pointer: string) => (isEntry ? (componentOf(pointer) ?? OUTSIDE) : OUTSIDE);
  for (const { ref, holder } of findReferences(value).references) {
    const target = set.resolve(ref, { file, pointer: holder });
    const to = target?.location.file === set.entry.file ? componentOf(target.location.pointer) : null;
    if (to === null) continue;
    const from = ownerOf(holder);
    addUse(from, to);
    if (
      /\/allOf\/[0-9]+$/.test(holder) &&
      isObject(target?.value) &&
      own(target.value, "discriminator") !== undefined
    ) {
      addUse(to, from);
    }
  }
  walk(
    value,
    (part, pointer) => {
      if (!isObject(part)) return undefined;
      const security = own(part, "security");
      for (const requirement of isArray(security) ? security : []) {
        if (!isObject(requirement)) continue;
        for (const name of Object.keys(requirement)) addUse(ownerOf(pointer), component("securitySchemes", name));
      }
      const discriminator = own(part, "discriminator");
      const mapping = isObject(discriminator) ? own(discriminator, "mapping") : undefined;
      for (const name of isObject(mapping) ? Object.values(mapping) : []) {
        if (typeof name === "string") addUse(ownerOf(pointer), component("schemas", name));
      }
      const dynamic = own(part, "$dynamicRef");
      const target = typeof dynamic === "string" ? set.resolve(dynamic, { file, pointer }) : null;
      const to = target === null ? null : componentOf(target.location.pointer);
      if (to !== null) addUse(ownerOf(pointer), to);
      return undefined;
    },
    { once: true },
  );
}

/** The component that a place is in. */
function componentOf(pointer: string): string | null {
  const [components, section, name] = parsePointer(pointer) ?? [];
  return components === "components" && section !== undefined && name !== undefined ? component(section, name) : null;
}

function component(section: string, name: string): string {
  return joinPointer("/components", section, name);
}

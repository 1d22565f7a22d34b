import { diagnose } from "../../diagnostics/index.ts";
import { isObject, joinPointer, own } from "../../json/index.ts";
import type { LintRule } from "../rule.ts";
import { usedComponents } from "../used-components.ts";

/**
 * A component of the document that nothing in it uses: no reference from outside the components leads to it. What uses only
 * itself is not used.
 */
export const componentUnused: LintRule = {
  id: "component-unused",
  severity: "warning",
  check(_, { set }) {
    const { file, value } = set.entry;
    const components = isObject(value) ? own(value, "components") : undefined;
    if (!isObject(components) || !isObject(value)) return [];
    const used = usedComponents(set);
    return Object.entries(components).flatMap(([section, named]) => {
      if (section.startsWith("x-") || !isObject(named)) return [];
      // Without operations that could refer to them, callbacks are what the document describes.
      if (section === "callbacks" && !isObject(own(value, "paths"))) return [];
      return Object.keys(named).flatMap((name) => {
        const pointer = joinPointer("/components", section, name);
        return used.has(pointer) ? [] : [diagnose("component-unused", { section, name }, { file, pointer })];
      });
    });
  },
};

import { diagnose, visible } from "../../diagnostics/index.ts";
import { isObject, joinPointer } from "../../json/index.ts";
import type { Diagnostic } from "../../model/index.ts";
import type { LintRule } from "../rule.ts";

/** Own properties with these names are taken for something else by much code, which has been used to attack it. */
const MISTAKABLE: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** A name of a webhook, an example or a property that cannot be read or typed as what it is. */
export const nameUnsafe: LintRule = {
  id: "name-unsafe",
  severity: "warning",
  check({ webhooks }, { sites }) {
    const found: Diagnostic[] = [];
    for (const { name, source, examples } of webhooks) {
      const problem = problemOf(name);
      if (problem !== null) found.push(diagnose("name-unsafe", { of: "webhook", name, problem }, source));
      for (const example of examples) {
        const reason = problemOf(example.name);
        if (reason === null) continue;
        found.push(diagnose("name-unsafe", { of: "example", name: example.name, problem: reason }, example.source));
      }
    }
    for (const { schema, location, isCondition } of sites) {
      if (isCondition || !isObject(schema["properties"])) continue;
      for (const name of Object.keys(schema["properties"])) {
        const problem = problemOf(name);
        if (problem === null) continue;
        const pointer = joinPointer(location.pointer, "properties", name);
        found.push(diagnose("name-unsafe", { of: "property", name, problem }, { file: location.file, pointer }));
      }
    }
    return found;
  },
};

function problemOf(name: string): string | null {
  if (name === "") return "is empty";
  if (name.trim() === "") return "is nothing but white space";
  if (name.trim() !== name) return "begins or ends with white space";
  if (visible(name) !== name) return "holds characters that are not seen or that change how text is shown";
  if (MISTAKABLE.has(name)) return "means something else to JavaScript";
  return null;
}

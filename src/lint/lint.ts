import type { Contract, Diagnostic } from "../model/index.ts";
import { ExampleStrings } from "./example-values.ts";
import type { LintHost, LintTools } from "./rule.ts";
import { rules } from "./rules/index.ts";
import { SchemaSites } from "./schema-sites.ts";

/** Asks every rule; each finding has the severity of the catalogue. The order is that of the rules. */
export function lint(contract: Contract, host: LintHost): readonly Diagnostic[] {
  const tools = createTools(contract, host);
  return rules.flatMap((rule) => rule.check(contract, tools));
}

/** What rules work with, made once for all of them. */
function createTools(contract: Contract, host: LintHost): LintTools {
  const sites = new SchemaSites(contract, host.schemaSource);
  let examples: ExampleStrings | undefined;
  return {
    ...host,
    sites,
    exampleStrings: (schema) => {
      examples ??= new ExampleStrings(contract, sites);
      return examples.at(schema);
    },
  };
}

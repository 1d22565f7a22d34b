import { _Code, type Code, type Name } from "ajv/dist/compile/codegen/code.js";
import type { ScopeValueSets } from "ajv/dist/compile/codegen/scope.js";
import AjvCore, { type Options } from "ajv/dist/core.js";
import draft2020 from "ajv/dist/vocabularies/draft2020.js";

/**
 * AJV with the keywords of draft 2020-12, and without what its own class for that draft always switches on: a contract
 * has no `$dynamicRef` any more, and bookkeeping for `unevaluatedProperties` is paid for by every delivery.
 */
export class ContractAjv extends AjvCore.default {
  constructor(options: Options) {
    super(options);
    // A function asks with the sets of names that it uses.
    this.scope.scopeRefs = (scope, values) => declarations(scope, values as ScopeValueSets);
  }

  override _addVocabularies(): void {
    super._addVocabularies();
    for (const vocabulary of draft2020.default) this.addVocabulary(vocabulary);
  }
}

/**
 * The declarations of what a function is compiled with. AJV puts each after a copy of all before it, so that a schema of some
 * thousand patterns took minutes.
 */
function declarations(scope: Name, values: ScopeValueSets): Code {
  const names = Object.values(values).flatMap((used) => [...(used ?? [])]);
  return new _Code(names.map((name) => `const ${name} = ${scope}${name.scopePath};`).join("\n"));
}

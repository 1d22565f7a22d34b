import AjvCore from "ajv/dist/core.js";
import draft2020 from "ajv/dist/vocabularies/draft2020.js";

/**
 * AJV with the keywords of draft 2020-12, and without what its own class for that draft always switches on: a contract
 * has no `$dynamicRef` any more, and bookkeeping for `unevaluatedProperties` is paid for by every delivery.
 */
export class ContractAjv extends AjvCore.default {
  override _addVocabularies(): void {
    super._addVocabularies();
    for (const vocabulary of draft2020.default) this.addVocabulary(vocabulary);
  }
}

import { diagnose } from "../diagnostics/index.ts";
import { type JsonRecord, own } from "../json/index.ts";
import type { Diagnostic, Json } from "../model/index.ts";
import { explainErrors } from "./explain-errors.ts";
import type { MapBack } from "./map-back.ts";
import { misplacement } from "./misplacement.ts";
import { reasonOf, report } from "./report.ts";
import { eachSpecificationObject } from "./specification-objects.ts";
import type { Violation } from "./violation.ts";
import { VOCABULARY, vocabularyValidator } from "./vocabulary-validator.ts";

/** An extension of ours in a document. */
interface Use {
  readonly extension: string;
  readonly holder: JsonRecord;
  readonly holderPointer: string;
}

/**
 * Checks Hookbook's own extensions, wherever they stand in a document but in examples and other data: whether each is what
 * `vocabulary.schema.json` says, and stands where it has a meaning.
 * @param document  any document of a description, the entry or another.
 * @returns `vocabulary-violation` for each thing to mend, at most 20 and then how many more there are.
 */
export async function checkVocabulary(document: Json, mapBack: MapBack): Promise<Diagnostic[]> {
  const uses = findUses(document);
  if (uses.length === 0) return [];
  const specification = "Hookbook's vocabulary";
  try {
    const { validate, resolve } = await vocabularyValidator();
    const violations = uses.flatMap(({ extension, holder, holderPointer }): readonly Violation[] => {
      const misplaced = misplacement(extension, holder, holderPointer);
      if (misplaced !== null) return [misplaced];
      const errors = validate({ [extension]: holder[extension] as Json });
      return explainErrors(errors, { titlesAreNouns: true, resolve }).map((violation) => ({
        ...violation,
        pointer: holderPointer + violation.pointer,
      }));
    });
    return report(violations, { code: "vocabulary-violation", specification, mapBack });
  } catch (error) {
    return [diagnose("specification-not-checked", { specification, reason: reasonOf(error) }, mapBack(""))];
  }
}

function findUses(document: Json): readonly Use[] {
  const uses: Use[] = [];
  eachSpecificationObject(document, (holder, holderPointer) => {
    for (const extension of VOCABULARY) {
      if (own(holder, extension) !== undefined) uses.push({ extension, holder, holderPointer });
    }
  });
  return uses;
}

import { diagnose } from "../diagnostics/index.ts";
import { isObject, own, splitReference } from "../json/index.ts";
import type { Diagnostic, DocumentFormat, DocumentSet, Json, Locate, SourceDocument } from "../model/index.ts";
import { findCycles, type HeldReference } from "./find-cycles.ts";
import { ReferenceFinder, type ReferenceSources } from "./reference-finder.ts";
import { suggestReference } from "./suggest.ts";

/** What reading hands over: every document that a reference names, and which reference names which. */
export interface ResolveInput extends ReferenceSources {
  readonly entry: SourceDocument;
  readonly format: DocumentFormat;
  readonly locate: Locate;
}

/** Suggestions that are worked out; after so many wrong references, the spelling is not what is wrong. */
const SUGGESTIONS_MAX = 50;

/**
 * Binds every reference of a description to its target. References stay in the documents; `resolve` of the result finds
 * a target when it is wanted.
 * @returns the set; its diagnostics are those of resolving: references that name nothing (`reference-not-found`, placed at
 *          the `$ref`), or only each other. What reading has reported, a file that is not there, is not said again.
 */
export function resolveDocuments(input: ResolveInput): DocumentSet {
  const { entry, format, documents, locate } = input;
  const finder = new ReferenceFinder(input);
  const resolve: DocumentSet["resolve"] = (ref, from) => {
    const outcome = finder.find(ref, from);
    return outcome.kind === "found" ? outcome.target : null;
  };

  const diagnostics: Diagnostic[] = [];
  const chained: HeldReference[] = [];
  let suggestions = 0;
  for (const [file, { references }] of input.found) {
    for (const { kind, ref, holder, pointer } of references) {
      const outcome = finder.find(ref, { file, pointer: holder });
      if (outcome.kind === "missing") {
        const suggestion =
          outcome.near !== undefined && suggestions++ < SUGGESTIONS_MAX
            ? suggestReference(splitReference(ref).address, outcome.near)
            : undefined;
        diagnostics.push(diagnose("reference-not-found", { ref, suggestion }, { file, pointer }));
      } else if (outcome.kind === "found") {
        if (outcome.escaped !== undefined) {
          diagnostics.push(diagnose("pointer-not-escaped", { ref, escaped: outcome.escaped }, { file, pointer }));
        }
        // Only a reference to a reference can be part of a circle; there are few.
        if (kind === "$ref" && holdsReference(outcome.target.value))
          chained.push({ ref, holder: { file, pointer: holder } });
      }
    }
  }
  for (const cycle of findCycles(chained, resolve)) {
    const first = cycle[0];
    if (first === undefined) continue;
    const at = { file: first.holder.file, pointer: `${first.holder.pointer}/$ref` };
    diagnostics.push(diagnose("reference-cycle", { refs: cycle.map(({ ref }) => ref) }, at));
  }
  return { entry, format, documents, resolve, locate, diagnostics };
}

function holdsReference(value: Json): boolean {
  return isObject(value) && typeof own(value, "$ref") === "string";
}

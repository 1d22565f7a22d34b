import { diagnose } from "../diagnostics/index.ts";
import type { Plans } from "../emit/index.ts";
import type { Contract, Diagnostic } from "../model/index.ts";
import type { Validator } from "../runtime/types.ts";
import { checkExamples } from "./check-examples.ts";

/**
 * Runs work that may not end by itself, such as a regular expression of a document.
 * @returns undefined where it was given up after so many milliseconds
 */
export type Within = <T>(milliseconds: number, work: () => T) => T | undefined;

/** A webhook's examples are checked in far less, unless a pattern backtracks. */
const MILLISECONDS_MAX = 2_000;
/** So many webhooks are given up; then those that are left are not tried. */
const GIVEN_UP_MAX = 2;

/** As `checkExamples`, but ending whatever the patterns of the document do: what was given up is `examples-not-checked`. */
export function checkExamplesWithin(
  contract: Contract,
  plans: Plans,
  validators: ReadonlyMap<string, Validator>,
  within: Within,
): readonly Diagnostic[] {
  let givenUp = 0;
  return contract.webhooks.flatMap((webhook) => {
    if (webhook.examples.length === 0) return [];
    const check = () => checkExamples({ ...contract, webhooks: [webhook] }, plans, validators).diagnostics;
    const found = givenUp < GIVEN_UP_MAX ? within(MILLISECONDS_MAX, check) : undefined;
    if (found === undefined) givenUp++;
    return found ?? [diagnose("examples-not-checked", { webhook: webhook.name }, webhook.source)];
  });
}

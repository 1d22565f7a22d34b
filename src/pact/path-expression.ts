/** One step into a value: a member, or each item of an array, or each member of a map. */
export type Step = string | number | typeof EACH_ITEM | typeof EACH_MEMBER;

export const EACH_ITEM: unique symbol = Symbol("[*]");
export const EACH_MEMBER: unique symbol = Symbol(".*");

/**
 * A place as Pact writes it: `$.a['b-c'][*].d`.
 * @returns null where it cannot be said: Pact has no way to quote an apostrophe, nor to name an empty key
 * @see https://github.com/pact-foundation/pact-specification/tree/version-3#matchers
 */
export function pathExpression(steps: readonly Step[]): string | null {
  let path = "$";
  for (const step of steps) {
    if (step === EACH_ITEM) path += "[*]";
    else if (step === EACH_MEMBER) path += ".*";
    else if (typeof step === "number") path += `[${step}]`;
    else if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(step)) path += `.${step}`;
    else if (step === "" || step.includes("'")) return null;
    else path += `['${step}']`;
  }
  return path;
}

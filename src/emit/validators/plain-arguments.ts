/** A string of JavaScript. */
const STRING = /"(?:[^"\\]|\\.)*"/g;
const PARAMETERS = /\{instancePath=("\d+"), parentData, parentDataProperty, rootData=data\}=\{\}/g;
/** A value that has the name of its property, as where a reference stands at the same place, is written once. */
const ARGUMENT = /\{instancePath(?::([^{}]*))?,parentData(?::[^{},]*)?,parentDataProperty(?::[^{},]*)?,rootData\}/g;
/** What no code may be left with, or a function would miss what another one means to hand it. */
const LEFT = /\b(?:parentData|parentDataProperty|rootData|dynamicAnchors)\b/;

/**
 * Hands validators the path of what they look at, and no object around it: AJV gives each call four values, of which ours read
 * one. The object is made for every reference that a payload goes through.
 * @param codes  of all validation functions that call each other
 * @returns the same as they were, where one of them reads something else.
 */
export function plainArguments(codes: readonly string[]): readonly string[] {
  const plain = codes.map(withPlainArguments);
  return plain.includes(null) ? codes : (plain as readonly string[]);
}

function withPlainArguments(code: string): string | null {
  // Text of the document stands in strings, and may look like code.
  const strings: string[] = [];
  const masked = code.replaceAll(STRING, (string) => `"${strings.push(string) - 1}"`);
  const plain = masked
    .replaceAll(PARAMETERS, "instancePath=$1")
    .replaceAll(ARGUMENT, (_, path?: string) => path ?? "instancePath");
  if (LEFT.test(plain)) return null;
  return plain.replaceAll(/"(\d+)"/g, (_, index: string) => strings[Number(index)] ?? "");
}

/** A step of a path expression; `"*"` of kind star is any. */
export type PathStep = { readonly key: string } | { readonly index: number } | "star" | "star-index";

/**
 * Reads a path expression of a matching rule: `$.a[0].b`, `$['a-b']`, `$.*`, `$.a[*].b`.
 * @returns null where it is none
 * @see https://github.com/pact-foundation/pact-specification/tree/version-2#matcher-path-expressions
 */
export function parsePactPath(path: string): readonly PathStep[] | null {
  if (!path.startsWith("$")) return null;
  const steps: PathStep[] = [];
  const step = /\.(?:(\*)|([^.[\]*'"\s][^.[\]]*))|\[(?:(\d+)|(\*)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (found === null) return null;
    const [, star, name, index, starIndex, single, double] = found;
    const quoted = single ?? double;
    if (star !== undefined) steps.push("star");
    else if (starIndex !== undefined) steps.push("star-index");
    else if (index !== undefined) steps.push({ index: Number(index) });
    else if (quoted === "*") steps.push("star");
    else if (quoted !== undefined) steps.push({ key: quoted.replace(/\\(.)/gs, "$1") });
    else if (name !== undefined) steps.push({ key: name });
  }
  return steps;
}

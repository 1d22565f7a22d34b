/** The words of a property's name in lower case: `endedAt`, `ended_at` and `ended-at` are the same. */
export function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 100)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

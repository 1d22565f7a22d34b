/**
 * The words of a name in lower case: `createdAt`, `created_at` and `Created-At` are `created`, `at`; `eventIDs` is `event`,
 * `ids`.
 */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(\p{Ll}|\p{Nd})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll}{2})/gu, "$1 $2")
    .split(/[^\p{L}\p{Nd}]+/u)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** The last word: what a thing is, after all that says which one. */
export function lastWordOf(name: string): string {
  return wordsOf(name).at(-1) ?? "";
}

/** What AJV calls its notes of members that were evaluated. */
const NOTE = /\b(?:props|items)\d+\b/g;

/**
 * Declares the notes that a function of AJV's speaks of and nowhere declares: it leaves out code that is never reached (after
 * `not: true`), and with it declarations that other code relies on, which then throws.
 * @param code  of one validation function
 */
export function declareNotes(code: string): string {
  const undeclared = [...new Set(code.match(NOTE))].filter(
    (name) => !new RegExp(`\\b(?:const|let|var) ${name}\\b`).test(code),
  );
  // Where AJV declares what every function has; within it, so that no call sees another's.
  return undeclared.length === 0
    ? code
    : code.replace("let vErrors = null;", `let vErrors = null;let ${undeclared.join(", ")};`);
}

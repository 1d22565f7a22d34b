/** A command line of this program, as a shell takes it. */
export function writtenCommand(words: readonly string[]): string {
  return ["hookbook", ...words].map(quoted).join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

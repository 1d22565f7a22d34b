/** Options by their long names; those without a value were not given, and those with several were given as often. */
export type WrittenOptions = Readonly<Record<string, string | true | readonly string[] | undefined>>;

/** A command line of this program, as a shell takes it. */
export function writtenCommand(words: readonly string[], options: WrittenOptions): string {
  const flags = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return value === true ? [`--${name}`] : [value].flat().flatMap((one) => [`--${name}`, one]);
  });
  return ["hookbook", ...words, ...flags].map(quoted).join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

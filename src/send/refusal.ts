/** Why something that was asked for cannot be done: a sentence, and what to do about it, without full stop. */
export class Refusal {
  readonly problem: string;
  readonly hint: string | undefined;

  constructor(problem: string, hint?: string) {
    this.problem = problem;
    this.hint = hint;
  }
}

/** A few names for a sentence. */
export function someOf(names: readonly string[], most = 12): string {
  return names.length > most ? `${names.slice(0, most).join(", ")}, …` : names.join(", ");
}
